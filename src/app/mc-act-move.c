/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-act-move.h"

/* One step of some dossiers on its way to the thread that writes. */
typedef struct
{
  GStrv dossiers;
  char *step, *note, *assignee, *due, *again;
  gboolean by_calendar;
} Act;

static void
act_free (gpointer data)
{
  Act *act = data;

  g_strfreev (act->dossiers);
  g_free (act->step);
  g_free (act->note);
  g_free (act->assignee);
  g_free (act->due);
  g_free (act->again);
  g_free (act);
}

/* The answer is how many, one more so that none is no failure. */
static gpointer
answer (gboolean good, guint count)
{
  return good ? GUINT_TO_POINTER (count + 1) : NULL;
}

static gpointer
work_move (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;
  const McMove move = { .step = act->step,
                        .note = act->note,
                        .assignee = act->assignee,
                        .due = act->due,
                        .again = act->again };
  guint count = 1;
  gboolean good;

  if (g_strv_length (act->dossiers) == 1)
    good = mc_desk_move (desk, act->dossiers[0], &move, error);
  else
    good = mc_desk_move_all (desk, (const char *const *)act->dossiers, &move, &count, error);
  return answer (good, count);
}

void
mc_act_move (McContext *context,
             const char *const *dossiers,
             const McMove *move,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_return_if_fail (context != NULL && dossiers != NULL && move != NULL);

  Act *act = g_new0 (Act, 1);
  act->dossiers = g_strdupv ((char **)dossiers);
  act->step = g_strdup (move->step);
  act->note = g_strdup (move->note);
  act->assignee = g_strdup (move->assignee);
  act->due = g_strdup (move->due);
  act->again = g_strdup (move->again);
  mc_worker_run (context->worker, work_move, act, act_free, NULL, NULL, callback, user_data);
}

static gpointer
work_promise (McDesk *desk, gpointer data, GError **error)
{
  Act *act = data;
  guint count = 0;
  gboolean good = mc_desk_promise_anew (desk,
                                        (const char *const *)act->dossiers,
                                        act->by_calendar,
                                        act->note,
                                        &count,
                                        error);

  return answer (good, count);
}

void
mc_act_promise_anew (McContext *context,
                     const char *const *dossiers,
                     gboolean by_calendar,
                     const char *note,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (context != NULL && dossiers != NULL);

  Act *act = g_new0 (Act, 1);
  act->dossiers = g_strdupv ((char **)dossiers);
  act->by_calendar = by_calendar;
  act->note = g_strdup (note);
  mc_worker_run (context->worker, work_promise, act, act_free, NULL, NULL, callback, user_data);
}

gboolean
mc_act_move_finish (McContext *context, GAsyncResult *result, guint *ret_count, GError **error)
{
  g_return_val_if_fail (context != NULL && ret_count != NULL, FALSE);

  guint count = GPOINTER_TO_UINT (mc_worker_finish (context->worker, result, error));

  if (count == 0)
    return FALSE;
  *ret_count = count - 1;
  if (context->syncer != NULL)
    mc_syncer_wake (context->syncer, FALSE);
  return TRUE;
}
