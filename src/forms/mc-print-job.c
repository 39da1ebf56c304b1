/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-job.h"

#include "mc-look-back.h"
#include "mc-paper.h"
#include "mc-papers.h"
#include "mc-slip.h"
#include <string.h>

/* One paper of the job. */
typedef struct
{
  McDossier *dossier; /* (nullable): of a list: the job's */
  char *name;
  McSlipPrinting *printing; /* (nullable): what is no document of the dossier */
  McIssue *issue;           /* (nullable) */
  McPrinted *then;          /* (nullable): as it was printed then */
} Paper;

typedef struct
{
  McStore *store;
  GPtrArray *dossiers; /* McDossier */
  GPtrArray *papers;   /* Paper */
  McJobFlags flags;
} Job;

static void
paper_free (gpointer data)
{
  Paper *paper = data;

  g_free (paper->name);
  mc_slip_printing_free (paper->printing);
  mc_issue_free (paper->issue);
  mc_printed_free (paper->then);
  g_free (paper);
}

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->papers, g_ptr_array_unref);
  g_clear_pointer (&job->dossiers, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
read_dossiers (Job *job, const char *const *ids, GError **error)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      McDossier *dossier = mc_store_dossier (job->store, ids[i], error);

      if (dossier == NULL)
        return FALSE;
      g_ptr_array_add (job->dossiers, dossier);
    }
  return TRUE;
}

static char *
newest (McStore *store, const McDossier *dossier)
{
  g_autoptr (GPtrArray) slips = mc_slip_list (store, dossier);

  return g_strdup (((McSlip *)slips->pdata[0])->name);
}

/* Dossiers that stand on one receipt have it printed once. */
static gboolean
is_there (const Job *job, const Paper *paper)
{
  for (guint i = 0; i < job->papers->len; i++)
    {
      const Paper *other = job->papers->pdata[i];

      if (paper->printing != NULL && other->printing != NULL &&
          g_str_equal (paper->printing->paper, other->printing->paper) &&
          g_str_equal (paper->printing->dossiers[0], other->printing->dossiers[0]))
        return TRUE;
    }
  return FALSE;
}

/* What a receipt is called since a step gave another one is only where it is found by. */
static char *
plain_name (const char *paper)
{
  return g_strdup (g_str_has_prefix (paper, MC_SLIP_RECEIPT "@") ? MC_SLIP_RECEIPT : paper);
}

/* A paper as it was printed by the op that @name ends in; not found: as the form "02@" is not. */
static void
add_then (Job *job, Paper *paper, const char *name)
{
  paper->then = mc_dossier_printed_by (paper->dossier, name + strlen (MC_JOB_PRINTED));
  paper->name = paper->then != NULL ? plain_name (paper->then->paper) : g_strdup (name);
  paper->printing = mc_slip_printing (job->store,
                                      paper->dossier,
                                      paper->name,
                                      (job->flags & MC_JOB_ON_PAPER) != 0);
  if (paper->printing == NULL || paper->then == NULL)
    return;
  g_free (paper->printing->paper);
  paper->printing->paper = g_strdup (paper->then->paper);
}

static void
add_paper (Job *job, McDossier *dossier, const char *name)
{
  gboolean on_paper = (job->flags & MC_JOB_ON_PAPER) != 0;
  Paper *paper = g_new0 (Paper, 1);

  paper->dossier = dossier;
  if (dossier == NULL)
    {
      paper->name = g_strdup (name);
      paper->printing = mc_handover_printing (job->store, job->dossiers, on_paper);
    }
  else if (g_str_has_prefix (name, MC_JOB_PRINTED))
    add_then (job, paper, name);
  else
    {
      paper->name =
          g_str_equal (name, MC_JOB_NEWEST) ? newest (job->store, dossier) : g_strdup (name);
      paper->printing = mc_slip_printing (job->store, dossier, paper->name, on_paper);
    }
  if (is_there (job, paper))
    paper_free (paper);
  else
    g_ptr_array_add (job->papers, paper);
}

static gboolean
open_job (Job *job,
          McStore *store,
          const char *const *ids,
          const char *name,
          McJobFlags flags,
          GError **error)
{
  job->store = store;
  job->flags = flags;
  job->dossiers = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_dossier_free);
  job->papers = g_ptr_array_new_with_free_func (paper_free);
  if (!read_dossiers (job, ids, error))
    return FALSE;
  if (g_str_equal (name, MC_KIND_HANDOVER))
    add_paper (job, NULL, name);
  else
    for (guint i = 0; i < job->dossiers->len; i++)
      add_paper (job, job->dossiers->pdata[i], name);
  return TRUE;
}

/* As it was on the screen of whoever printed it. */
static McForm *
form_then (const Job *job, const Paper *paper, GError **error)
{
  const McPrinted *then = paper->then;
  g_autoptr (McDossier) dossier = NULL;
  McForm *form;

  mc_store_look_back (job->store, then->seen, then->at_ms, then->numbered);
  dossier = mc_store_dossier (job->store, paper->dossier->row->id, error);
  form = dossier != NULL ? mc_form_issue (job->store, dossier, paper->name, paper->issue, error)
                         : NULL;
  mc_store_look_now (job->store);
  return form;
}

static McForm *
form_of (const Job *job, const Paper *paper, GError **error)
{
  if (paper->issue != NULL)
    paper->issue->electronic = (job->flags & MC_JOB_ELECTRONIC) != 0;
  if (paper->then != NULL)
    return form_then (job, paper, error);
  return paper->dossier == NULL
             ? mc_form_handover (job->store, job->dossiers, paper->issue)
             : mc_form_issue (job->store, paper->dossier, paper->name, paper->issue, error);
}

static McForm *
form_of_all (const Job *job, GError **error)
{
  g_autoptr (GPtrArray) forms = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_form_free);
  gboolean whole = TRUE;

  mc_paper_share (TRUE);
  for (guint i = 0; i < job->papers->len && whole; i++)
    {
      McForm *form = form_of (job, job->papers->pdata[i], error);

      whole = form != NULL;
      if (whole)
        g_ptr_array_add (forms, form);
    }
  mc_paper_share (FALSE);
  if (!whole)
    return NULL;
  if (forms->len == 1)
    return g_ptr_array_steal_index (forms, 0);
  return mc_form_bundle (mc_form_title (forms->pdata[0]), forms);
}

/* What is looked at of a paper as it was bears what it bore: it was a copy where it had been on
 * paper before that. */
static McIssue *
issue_then (const Paper *paper)
{
  g_autoptr (GPtrArray) all = mc_dossier_printed (paper->dossier);
  McIssue *issue = mc_issue_new (paper->then->number, FALSE);

  for (guint i = 0; i < all->len; i++)
    {
      const McPrinted *one = all->pdata[i];

      if (g_str_equal (one->op, paper->then->op))
        break;
      issue->again =
          issue->again || (one->on_paper && g_str_equal (one->paper, paper->then->paper));
    }
  return issue;
}

/* The number that the paper will get when those before it have theirs. */
static void
look_ahead (const Job *job, guint place)
{
  Paper *paper = job->papers->pdata[place];
  McPrinting printing;
  guint ahead = 0;

  if (paper->then != NULL)
    {
      paper->issue = issue_then (paper);
      return;
    }
  if (paper->printing == NULL)
    return;
  printing = mc_slip_printing_peek (paper->printing);
  for (guint i = 0; i < place; i++)
    {
      const Paper *before = job->papers->pdata[i];

      ahead += before->issue != NULL && before->issue->fresh &&
               g_strcmp0 (before->printing->kind, printing.kind) == 0;
    }
  paper->issue = mc_store_issue (job->store, &printing, ahead);
}

McForm *
mc_job_preview (McStore *store,
                const char *const *dossiers,
                const char *name,
                McJobFlags flags,
                GError **error)
{
  g_auto (Job) job = { 0 };

  g_return_val_if_fail (store != NULL && dossiers != NULL && name != NULL, NULL);

  if (!open_job (&job, store, dossiers, name, flags, error))
    return NULL;
  for (guint i = 0; i < job.papers->len; i++)
    look_ahead (&job, i);
  return form_of_all (&job, error);
}

static gboolean
say_printed (McDesk *desk, const Job *job, char **ret_mark, GError **error)
{
  g_autofree McPrinting *all = g_new0 (McPrinting, job->papers->len + 1);
  g_autoptr (GPtrArray) issues = NULL;
  guint count = 0;

  for (guint i = 0; i < job->papers->len; i++)
    {
      const Paper *paper = job->papers->pdata[i];

      if (paper->printing != NULL)
        all[count++] = mc_slip_printing_peek (paper->printing);
    }
  if (count == 0)
    return TRUE;
  issues = mc_desk_print (desk, all, count, error);
  if (issues == NULL)
    return FALSE;
  for (guint i = job->papers->len; i-- > 0;)
    {
      Paper *paper = job->papers->pdata[i];

      if (paper->printing != NULL)
        paper->issue = g_ptr_array_steal_index (issues, --count);
    }
  for (guint i = 0; ret_mark != NULL && *ret_mark == NULL && i < job->papers->len; i++)
    {
      const Paper *paper = job->papers->pdata[i];

      *ret_mark = paper->issue != NULL ? g_strdup (paper->issue->op) : NULL;
    }
  return TRUE;
}

McForm *
mc_job_print (McDesk *desk,
              const char *const *dossiers,
              const char *name,
              McJobFlags flags,
              char **ret_mark,
              GError **error)
{
  g_auto (Job) job = { 0 };
  g_autoptr (McForm) looked_at = NULL;

  g_return_val_if_fail (desk != NULL && dossiers != NULL && name != NULL, NULL);

  if (ret_mark != NULL)
    *ret_mark = NULL;
  /* Nothing is said to be printed that cannot be made. */
  looked_at = mc_job_preview (mc_desk_store (desk), dossiers, name, flags, error);
  if (looked_at == NULL || !open_job (&job, mc_desk_store (desk), dossiers, name, flags, error) ||
      !say_printed (desk, &job, ret_mark, error))
    return NULL;
  return form_of_all (&job, error);
}
