/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-act.h"

/* One act on its way to the thread that writes: which members are used, the work knows. */
typedef struct
{
  char *dossier;
  char *word; /* group, step, method, part or op */
  char *text; /* note or path */
  gint64 amount;
  GStrv words; /* offices or ops */
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
  g_strfreev (act->words);
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

  return done (mc_desk_take_fee_for (desk, act->dossier, act->amount, act->word, act->text, error));
}

void
mc_act_fee (McContext *context,
            const char *dossier,
            gint64 amount,
            const char *method,
            const char *receipt,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && method != NULL);

  Act *act = act_new (dossier, method, receipt);
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

/* Each two of them: an answer given of one pair would leave the others open. */
static gboolean
answer_all (McDesk *desk, const McSettlement *one, GError **error)
{
  for (guint i = 0; one->dossiers[i] != NULL; i++)
    for (guint j = i + 1; one->dossiers[j] != NULL; j++)
      {
        const char *first = one->dossiers[i];
        const char *other = one->dossiers[j];

        if (!mc_desk_answer_twin (desk, first, other, one->answer, error))
          return FALSE;
      }
  return TRUE;
}

static gpointer
work_settle (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (McKept));

  for (guint i = 0; i < act->settlements->len; i++)
    {
      McSettlement *one = g_ptr_array_index (act->settlements, i);
      McKept choice = { one->conflict, one->value, (const char *const *)one->seen };

      if (one->answer == NULL)
        g_array_append_val (choices, choice);
      else if (!answer_all (desk, one, error))
        return NULL;
    }
  if (choices->len == 0)
    return done (TRUE);
  return done (
      mc_desk_settle_all (desk, (const McKept *)(void *)choices->data, choices->len, error));
}

static gpointer
work_transfer (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (
      mc_desk_transfer (desk, act->dossier, (const char *const *)act->words, act->text, error));
}

void
mc_act_transfer (McContext *context,
                 const char *dossier,
                 const char *const *offices,
                 const char *why,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_return_if_fail (context != NULL && dossier != NULL && offices != NULL);

  Act *act = act_new (dossier, NULL, why);
  act->words = g_strdupv ((GStrv)offices);
  run (context, work_transfer, act, callback, user_data);
}

/* A reception takes along what was refused for want of it. */
static gboolean
still_refused (McDesk *desk, const char *op)
{
  g_autoptr (GPtrArray) refused = mc_store_refused (mc_desk_store (desk), NULL);

  for (guint i = 0; refused != NULL && i < refused->len; i++)
    if (g_str_equal (((McWaiting *)refused->pdata[i])->op, op))
      return TRUE;
  return FALSE;
}

static gpointer
work_resend (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  for (guint i = 0; act->words[i] != NULL; i++)
    if (still_refused (desk, act->words[i]) &&
        !mc_desk_resend (desk, act->words[i], act->value, error))
      return NULL;
  return done (TRUE);
}

void
mc_act_resend (McContext *context,
               const char *const *ops,
               json_t *body,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_return_if_fail (context != NULL && ops != NULL);

  Act *act = act_new (NULL, NULL, NULL);
  act->words = g_strdupv ((GStrv)ops);
  act->value = body != NULL ? json_deep_copy (body) : NULL;
  run (context, work_resend, act, callback, user_data);
}

static gpointer
work_reopen (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return mc_desk_reopen (desk, act->word, error);
}

void
mc_act_reopen (McContext *context, const char *op, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (context != NULL && op != NULL);

  mc_worker_run (context->worker,
                 work_reopen,
                 act_new (NULL, op, NULL),
                 act_free,
                 g_free,
                 NULL,
                 callback,
                 user_data);
}

static gpointer
work_set_aside (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_desk_set_aside (desk, act->word, error));
}

void
mc_act_set_aside (McContext *context,
                  const char *op,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_return_if_fail (context != NULL && op != NULL);
  run (context, work_set_aside, act_new (NULL, op, NULL), callback, user_data);
}

static gpointer
work_seen (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;

  return done (mc_store_notice_seen (mc_desk_store (desk), act->amount, error));
}

void
mc_act_notice_seen (McContext *context,
                    gint64 notice,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (context != NULL);

  Act *act = act_new (NULL, NULL, NULL);
  act->amount = notice;
  run (context, work_seen, act, callback, user_data);
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
