/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-step-back.h"

#include "mc-desk.h"
#include <glib/gi18n.h>

void
mc_step_back_free (McStepBack *back)
{
  if (back == NULL)
    return;
  g_free (back->dossier);
  g_free (back->step);
  g_free (back->assignee);
  g_free (back->note);
  g_free (back);
}

GPtrArray *
mc_step_backs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)mc_step_back_free);
}

/* Whose it was, it is again; what nobody had in hand goes back to nobody. */
static const char *
way_back (const McStep *step, const McRow *before)
{
  if (g_str_equal (step->id, MC_STEP_ASSIGN) && before->assignee != NULL)
    return MC_STEP_ASSIGN;
  return step->undo;
}

McStepBack *
mc_step_back (McContext *context, const McRow *before, const char *step)
{
  g_return_val_if_fail (context != NULL && before != NULL, NULL);

  const McWorkflow *workflow = mc_row_workflow (before);
  const McStep *taken = mc_workflow_step (workflow, step);
  const char *back = taken != NULL ? way_back (taken, before) : NULL;
  const McStep *found = back != NULL ? mc_workflow_step (workflow, back) : NULL;
  McStepBack *made;

  if (found == NULL || context->staff == NULL ||
      !mc_workflow_may (workflow, context->staff->role, back))
    return NULL;
  if ((found->needs & MC_NEED_ASSIGNEE) != 0 && before->assignee == NULL)
    return NULL;
  made = g_new0 (McStepBack, 1);
  made->dossier = g_strdup (before->id);
  made->step = g_strdup (back);
  if ((found->needs & MC_NEED_ASSIGNEE) != 0)
    made->assignee = g_strdup (before->assignee);
  if ((found->needs & MC_NEED_NOTE) != 0)
    made->note = g_strdup (_ ("Taken back"));
  return made;
}

static gpointer
work_back (McDesk *desk, gpointer data, GError **error)
{
  GPtrArray *backs = data;

  for (guint i = 0; i < backs->len; i++)
    {
      const McStepBack *back = backs->pdata[i];
      const McMove move = { .step = back->step, .note = back->note, .assignee = back->assignee };

      if (!mc_desk_move (desk, back->dossier, &move, error))
        return NULL;
    }
  return GINT_TO_POINTER (TRUE);
}

void
mc_step_back_act (McContext *context,
                  GPtrArray *backs,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_return_if_fail (context != NULL && backs != NULL);
  mc_worker_run (context->worker,
                 work_back,
                 backs,
                 (GDestroyNotify)g_ptr_array_unref,
                 NULL,
                 NULL,
                 callback,
                 user_data);
}
