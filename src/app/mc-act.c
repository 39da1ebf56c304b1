/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-act.h"

/* One act on its way to the thread that writes: which members are used, the work knows. */
typedef struct
{
  char *dossier;
  char *word; /* group, step, method or part */
  char *text; /* note or path */
  gint64 amount;
  json_t *value;
  json_t *seen;
  json_t *base;
  GPtrArray *settlements;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_free (act->dossier);
  g_free (act->word);
  g_free (act->text);
  json_decref (act->value);
  json_decref (act->seen);
  json_decref (act->base);
  g_clear_pointer (&act->settlements, g_ptr_array_unref);
  g_free (act);
}

static Act *
act_new (const char *dossier, const char *word, const char *text)
{
  Act *act = g_new0 (Act, 1);

  act->dossier = g_strdup (dossier);
  act->word = g_strdup (word);
  act->text = g_strdup (text);
  return act;
}

static void
run (McContext *context, McWork work, Act *act, GAsyncReadyCallback callback, gpointer user_data)
{
  mc_worker_run (context->worker, work, act, act_free, NULL, NULL, callback, user_data);
}

static gpointer
done (gboolean good)
{
  return GINT_TO_POINTER (good);
}

/* Whether what was on the screen is what stands now. */
static gboolean
still_stands (McDesk *desk, const Act *act)
{
  g_autoptr (McDossier) dossier = mc_store_dossier (mc_desk_store (desk), act->dossier, NULL);
  g_autoptr (json_t) stands = dossier != NULL ? mc_record_json (dossier->record, act->word) : NULL;

  return stands != NULL && act->seen != NULL && json_equal (stands, act->seen);
}

static gpointer
work_set (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  if (act->base != NULL && !still_stands (desk, act))
    return done (mc_desk_set_seen (desk, act->dossier, act->word, act->value, act->base, error));
  return done (mc_desk_set (desk, act->dossier, act->word, act->value, error));
}

void
mc_act_set (McContext *context,
            const char *dossier,
            const char *group,
            json_t *value,
            json_t *seen,
            json_t *base,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && group != NULL && value != NULL);

  Act *act = act_new (dossier, group, NULL);
  act->value = json_deep_copy (value);
  act->seen = seen != NULL ? json_deep_copy (seen) : NULL;
  act->base = base != NULL ? json_deep_copy (base) : NULL;
  run (context, work_set, act, callback, user_data);
}

static gpointer
work_step (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_desk_step (desk, act->dossier, act->word, act->text, error));
}

void
mc_act_step (McContext *context,
             const char *dossier,
             const char *step,
             const char *note,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && step != NULL);
  run (context, work_step, act_new (dossier, step, note), callback, user_data);
}

static gpointer
work_fee (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_desk_take_fee (desk, act->dossier, act->amount, act->word, error));
}

void
mc_act_fee (McContext *context,
            const char *dossier,
            gint64 amount,
            const char *method,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && method != NULL);

  Act *act = act_new (dossier, method, NULL);
  act->amount = amount;
  run (context, work_fee, act, callback, user_data);
}

static gpointer
work_note (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_desk_note (desk, act->dossier, act->text, error));
}

void
mc_act_note (McContext *context,
             const char *dossier,
             const char *text,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && text != NULL);
  run (context, work_note, act_new (dossier, NULL, text), callback, user_data);
}

static gpointer
work_attach (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;
  g_autoptr (json_t) document = mc_desk_import (desk, act->text, error);

  if (document == NULL)
    return NULL;
  return done (mc_desk_attach (desk, act->dossier, act->word, document, error));
}

void
mc_act_attach (McContext *context,
               const char *dossier,
               const char *part,
               const char *path,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && part != NULL && path != NULL);
  run (context, work_attach, act_new (dossier, part, path), callback, user_data);
}

static gpointer
work_drop_draft (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_desk_draft_drop (desk, act->dossier, error));
}

void
mc_act_drop_draft (McContext *context,
                   const char *draft,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (context != NULL && draft != NULL);
  run (context, work_drop_draft, act_new (draft, NULL, NULL), callback, user_data);
}

static gpointer
work_settle (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  for (guint i = 0; i < act->settlements->len; i++)
    {
      McSettlement *one = g_ptr_array_index (act->settlements, i);

      if (!mc_desk_settle (desk, one->conflict, one->value, (const char *const *)one->seen, error))
        return NULL;
    }
  return done (TRUE);
}

void
mc_act_settle (McContext *context,
               GPtrArray *settlements,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_return_if_fail (context != NULL && settlements != NULL);

  Act *act = act_new (NULL, NULL, NULL);
  act->settlements = settlements;
  run (context, work_settle, act, callback, user_data);
}

gboolean
mc_act_finish (McContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (context != NULL, FALSE);

  gboolean good = GPOINTER_TO_INT (mc_worker_finish (context->worker, result, error)) != 0;
  if (good && context->syncer != NULL)
    mc_syncer_wake (context->syncer, FALSE);
  return good;
}
