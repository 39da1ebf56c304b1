/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-typed.h"

#include "mc-id.h"
#include "mc-signal.h"

#define LATER_MS 400

struct _McTyped
{
  GObject parent_instance;
  McContext *context;
  char *draft; /* its id */
  json_t *all; /* {"dossier", "by", "groups": {…}} */
  guint source;
  gboolean kept; /* there is a row on the disk, or one on its way */
};

G_DEFINE_FINAL_TYPE (McTyped, mc_typed, G_TYPE_OBJECT)

static guint found_signal;

static json_t *
groups (McTyped *typed)
{
  return json_object_get (typed->all, "groups");
}

/* One write on its way to the thread that writes. */
typedef struct
{
  char *draft;
  json_t *all; /* NULL: the draft is dropped */
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->draft);
  json_decref (write->all);
  g_free (write);
}

static gpointer
work_write (McDesk *desk, gpointer data, GError **error)
{
  Write *write = data;
  g_autofree char *id = NULL;

  if (write->all == NULL)
    return GINT_TO_POINTER (mc_desk_draft_drop (desk, write->draft, error));
  id = mc_desk_draft_put (desk, write->draft, write->all, error);
  return GINT_TO_POINTER (id != NULL);
}

/* A draft that cannot be written is no reason to disturb who types: the save will say it. */
void
mc_typed_now (McTyped *typed)
{
  gboolean any;
  Write *write;

  g_return_if_fail (MC_IS_TYPED (typed));

  if (typed->source == 0)
    return;
  g_clear_handle_id (&typed->source, g_source_remove);
  any = json_object_size (groups (typed)) > 0;
  if (!any && !typed->kept)
    return;
  typed->kept = any;
  write = g_new0 (Write, 1);
  write->draft = g_strdup (typed->draft);
  write->all = any ? json_deep_copy (typed->all) : NULL;
  mc_worker_run (typed->context->worker, work_write, write, write_free, NULL, NULL, NULL, NULL);
}

static gboolean
on_due (gpointer data)
{
  McTyped *typed = data;

  mc_typed_now (typed);
  return G_SOURCE_REMOVE;
}

void
mc_typed_set (McTyped *typed, const char *group, json_t *value)
{
  json_t *before;

  g_return_if_fail (MC_IS_TYPED (typed) && group != NULL);

  before = json_object_get (groups (typed), group);
  if (value == NULL && before == NULL)
    return;
  if (value != NULL)
    json_object_set_new (groups (typed), group, value);
  else
    json_object_del (groups (typed), group);
  if (typed->source == 0)
    typed->source = g_timeout_add (LATER_MS, on_due, typed);
}

json_t *
mc_typed_kept (McTyped *typed, const char *group)
{
  g_return_val_if_fail (MC_IS_TYPED (typed), NULL);
  return json_object_get (groups (typed), group);
}

static gpointer
work_find (McDesk *desk, gpointer data, GError **error)
{
  const json_t *wanted = data;
  g_autoptr (json_t) drafts = mc_desk_drafts (desk, error);
  gsize i;
  json_t *draft;

  json_array_foreach (drafts, i, draft)
  {
    json_t *all = json_object_get (draft, "reception");

    if (g_strcmp0 (mc_json_string (all, "dossier"), mc_json_string (wanted, "dossier")) == 0 &&
        g_strcmp0 (mc_json_string (all, "by"), mc_json_string (wanted, "by")) == 0 &&
        json_is_object (json_object_get (all, "groups")))
      return json_incref (draft);
  }
  return NULL;
}

static void
found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McTyped) typed = data;
  g_autoptr (json_t) draft = mc_worker_finish (MC_WORKER (source), result, NULL);

  /* Who has typed meanwhile goes on with what is on the screen. */
  if (draft == NULL || json_object_size (groups (typed)) > 0)
    return;
  g_free (typed->draft);
  typed->draft = g_strdup (mc_json_string (draft, "id"));
  typed->kept = TRUE;
  json_object_set (typed->all,
                   "groups",
                   json_object_get (json_object_get (draft, "reception"), "groups"));
  g_signal_emit (typed, found_signal, 0);
}

static void
free_json (gpointer json)
{
  json_decref (json);
}

static void
mc_typed_finalize (GObject *object)
{
  McTyped *typed = MC_TYPED (object);

  mc_typed_now (typed);
  json_decref (typed->all);
  g_free (typed->draft);
  G_OBJECT_CLASS (mc_typed_parent_class)->finalize (object);
}

static void
mc_typed_class_init (McTypedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_typed_finalize;
  found_signal = mc_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
}

static void
mc_typed_init (McTyped *typed)
{
}

McTyped *
mc_typed_new (McContext *context, const char *dossier)
{
  McTyped *typed;

  g_return_val_if_fail (context != NULL && dossier != NULL, NULL);

  typed = g_object_new (MC_TYPE_TYPED, NULL);
  typed->context = context;
  typed->draft = mc_id_new (mc_store_now (context->reader));
  typed->all = json_pack ("{s:s,s:s,s:{}}",
                          "dossier",
                          dossier,
                          "by",
                          context->staff != NULL ? context->staff->id : "",
                          "groups");
  mc_worker_run (context->worker,
                 work_find,
                 json_incref (typed->all),
                 free_json,
                 free_json,
                 NULL,
                 found,
                 g_object_ref (typed));
  return typed;
}
