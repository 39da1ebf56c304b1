/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing typed is lost: half a second after a key, and at once when the page is left, the form is
 * on the disk. One write at a time; what is typed during it follows it. The draft's id is made
 * here, so that a save that comes during the first write already knows which draft it ends.
 */
#include "mc-id.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

#define LATER_MS 400

typedef struct
{
  char *id;
  json_t *reception;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->id);
  json_decref (draft->reception);
  g_free (draft);
}

static gpointer
work_put (McDesk *desk, gpointer data, GError **error)
{
  Draft *draft = data;

  return mc_desk_draft_put (desk, draft->id, draft->reception, error);
}

static gpointer
work_drop (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_desk_draft_drop (desk, data, error));
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mc_worker_finish (MC_WORKER (source), result, &error);

  self->draft.writing = FALSE;
  if (self->stack == NULL)
    return;
  if (error != NULL)
    {
      g_autofree char *sentence = mc_error_sentence (error);

      mc_reception_fail (self, sentence);
      return;
    }
  if (self->draft.dirty)
    mc_reception_draft_later (self);
}

void
mc_reception_draft_now (McReceptionPage *self)
{
  Draft *draft;

  g_clear_handle_id (&self->draft.source, g_source_remove);
  if (!self->draft.dirty || self->saving)
    return;
  self->draft.dirty = FALSE;
  if (mc_reception_blank (self))
    {
      /* Typed and taken back: an empty draft in the list would help nobody. */
      if (self->draft.id != NULL)
        mc_worker_run (self->context->worker,
                       work_drop,
                       g_steal_pointer (&self->draft.id),
                       g_free,
                       NULL,
                       NULL,
                       NULL,
                       NULL);
      return;
    }
  if (self->draft.id == NULL)
    self->draft.id = mc_id_new (mc_store_now (self->context->reader));
  draft = g_new (Draft, 1);
  draft->id = g_strdup (self->draft.id);
  draft->reception = mc_reception_get (self);
  self->draft.writing = TRUE;
  mc_worker_run (self->context->worker,
                 work_put,
                 draft,
                 draft_free,
                 g_free,
                 NULL,
                 on_put,
                 g_object_ref (self));
}

static gboolean
on_due (gpointer data)
{
  McReceptionPage *self = data;

  self->draft.source = 0;
  mc_reception_draft_now (self);
  return G_SOURCE_REMOVE;
}

void
mc_reception_draft_later (McReceptionPage *self)
{
  self->draft.dirty = TRUE;
  if (self->draft.source == 0 && !self->draft.writing)
    self->draft.source = g_timeout_add (LATER_MS, on_due, self);
}

void
mc_reception_draft_forget (McReceptionPage *self)
{
  g_clear_handle_id (&self->draft.source, g_source_remove);
  g_clear_pointer (&self->draft.id, g_free);
  self->draft.dirty = FALSE;
}

static gpointer
work_read (McDesk *desk, gpointer data, GError **error)
{
  return mc_desk_draft (desk, data, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McReceptionPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) reception = mc_worker_finish (MC_WORKER (source), result, &error);

  if (self->stack == NULL)
    return;
  if (reception == NULL)
    {
      g_autofree char *sentence = mc_error_sentence (error);

      mc_reception_fail (self, sentence);
      g_clear_pointer (&self->draft.id, g_free);
      return;
    }
  mc_reception_put (self, reception);
}

static void
free_json (gpointer json)
{
  json_decref (json);
}

void
mc_reception_draft_load (McReceptionPage *self, const char *id)
{
  self->draft.id = g_strdup (id);
  mc_worker_run (self->context->worker,
                 work_read,
                 g_strdup (id),
                 g_free,
                 free_json,
                 NULL,
                 on_read,
                 g_object_ref (self));
}
