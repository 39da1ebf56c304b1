/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-out.h"

#include "mc-office-papers.h"
#include "mc-paper.h"
#include "mc-print-make.h"
#include "mc-print-preview.h"
#include "mc-printed.h"
#include <glib/gi18n.h>

typedef struct
{
  gatomicrefcount refs;
  GtkWidget *from; /* referenced */
  McContext *context;
  McWorker *worker; /* referenced: the room may close meanwhile */
  char *dossier;    /* or several; of a paper of no dossier its key */
  char *name;
  char *paper; /* (nullable): what is said to be printed of no dossier */
  char *title;
  char *mark; /* (nullable): for mc_desk_printed() */
  McJobFlags flags;
  McPrintSay say;
  McForm *form; /* as it is printed */
  gboolean asked, answered;
} Job;

static Job *
job_new (GtkWidget *from, McContext *context, const char *dossier, const char *name, McPrintSay say)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->refs);
  job->from = g_object_ref (from);
  job->context = context;
  job->worker = g_object_ref (context->worker);
  job->dossier = g_strdup (dossier);
  job->name = g_strdup (name);
  job->say = say;
  return job;
}

static void
job_unref (Job *job)
{
  if (!g_atomic_ref_count_dec (&job->refs))
    return;
  g_clear_pointer (&job->form, mc_form_free);
  g_object_unref (job->worker);
  g_object_unref (job->from);
  g_free (job->dossier);
  g_free (job->name);
  g_free (job->paper);
  g_free (job->title);
  g_free (job->mark);
  g_free (job);
}

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
say_error (Job *job, const GError *error)
{
  g_autofree char *sentence = mc_error_sentence (error);

  g_warning ("%s of %s: %s", job->name, job->dossier, error->message);
  job->say (job->from, sentence);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  if (job->form == NULL)
    return;
  mc_form_draw (job->form, gtk_print_context_get_cairo_context (context), (guint)page);
}

static gpointer
work_sure (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (mc_desk_printed (desk, data, error));
}

/* Whatever became of it, somebody was told. */
static void
make_sure (Job *job)
{
  if (job->mark != NULL)
    mc_worker_run (job->worker,
                   work_sure,
                   g_steal_pointer (&job->mark),
                   g_free,
                   NULL,
                   NULL,
                   NULL,
                   NULL);
}

static void
on_printed (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      g_warning ("printing: %s", error != NULL ? error->message : "unknown");
      job->say (
          job->from,
          _ ("The printer did not take it. The dossier is saved; look at the printer and print "
             "again, or save a PDF."));
    }
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    job->say (job->from, _ ("Sent to the printer."));
  make_sure (job);
  job_unref (job);
  g_object_unref (operation);
}

/* A4 and A5 by their names, which printers know; a label by its measures. */
static GtkPaperSize *
paper_of (double narrow, double wide)
{
  if (wide >= MC_PAPER_HEIGHT - 1)
    return gtk_paper_size_new (GTK_PAPER_NAME_A4);
  if (wide >= MC_PAPER_WIDTH - 1)
    return gtk_paper_size_new (GTK_PAPER_NAME_A5);
  return gtk_paper_size_new_custom ("motcua-label", "Label", narrow, wide, GTK_UNIT_POINTS);
}

static void
set_up_page (GtkPageSetup *setup, McForm *form, guint page)
{
  double width, height;
  GtkPaperSize *paper;

  mc_form_page_size (form, page, &width, &height);
  paper = paper_of (MIN (width, height), MAX (width, height));
  gtk_page_setup_set_paper_size_and_default_margins (setup, paper);
  gtk_paper_size_free (paper);
  gtk_page_setup_set_orientation (setup,
                                  width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                 : GTK_PAGE_ORIENTATION_PORTRAIT);
}

/* The sheets of many papers differ. */
static void
on_page_setup (GtkPrintOperation *operation,
               GtkPrintContext *context,
               int page,
               GtkPageSetup *setup,
               Job *job)
{
  if (job->form != NULL)
    set_up_page (setup, job->form, (guint)page);
}

/* On the worker's thread. What is no dossier's is made already. */
static gpointer
work_print (McDesk *desk, gpointer data, GError **error)
{
  Job *job = data;
  g_auto (GStrv) dossiers = NULL;

  if (job->paper != NULL)
    return GINT_TO_POINTER (mc_desk_print_other (desk, job->paper, job->title, TRUE, error));
  dossiers = g_strsplit (job->dossier, " ", -1);
  job->form =
      mc_job_print (desk, (const char *const *)dossiers, job->name, job->flags, &job->mark, error);
  return GINT_TO_POINTER (job->form != NULL);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  job->answered = TRUE;
  if (error != NULL)
    {
      g_clear_pointer (&job->form, mc_form_free);
      say_error (job, error);
    }
  job_unref (job);
}

static void
ask (Job *job)
{
  job->asked = TRUE;
  g_atomic_ref_count_inc (&job->refs);
  mc_worker_run (job->worker, work_print, job, NULL, NULL, NULL, on_made, job);
}

/* Only now has somebody said that it is to be printed. It is asked again and again until the pages
 * are there; in between the window does whatever else there is to do, and where there is nothing,
 * it sleeps. */
static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  gboolean answered;

  g_atomic_ref_count_inc (&job->refs);
  if (!job->asked)
    ask (job);
  else if (!job->answered)
    g_main_context_iteration (NULL, TRUE);
  answered = job->answered;
  if (answered && job->form == NULL)
    gtk_print_operation_cancel (operation);
  if (answered)
    gtk_print_operation_set_n_pages (operation,
                                     job->form != NULL ? (int)mc_form_pages (job->form) : 1);
  job_unref (job);
  return answered;
}

gboolean
mc_print_can_be_direct (void)
{
  return g_getenv ("FLATPAK_ID") == NULL && !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static GtkPrintOperationAction
action_of (McStore *store)
{
  return mc_store_direct (store) && mc_print_can_be_direct ()
             ? GTK_PRINT_OPERATION_ACTION_PRINT
             : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG;
}

/* @seen: the preview: its first sheet is what the dialog proposes */
static void
start (Job *job, McForm *seen)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  set_up_page (setup, seen, 0);
  gtk_print_operation_set_job_name (operation, mc_form_title (seen));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  /* The window goes on while the dialog is open and the printer is spoken to. */
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "paginate", G_CALLBACK (on_paginate), job);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (on_page_setup), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), job);
  g_signal_connect (operation, "done", G_CALLBACK (on_printed), job);
  gtk_print_operation_run (operation,
                           action_of (job->context->reader),
                           window_of (job->from),
                           NULL);
}

/* A paper of no dossier is printed as it was seen. @form: (transfer full) */
static void
start_other (Job *job, McForm *form)
{
  job->form = form;
  start (job, form);
}

void
mc_print_out (GtkWidget *from,
              McContext *context,
              const char *dossier,
              const char *name,
              McForm *seen,
              McJobFlags flags,
              McPrintSay say)
{
  g_autoptr (McForm) form = NULL;
  g_autoptr (GError) error = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL && say != NULL);

  job = job_new (from, context, dossier, name, say);
  job->flags = flags | MC_JOB_ON_PAPER;
  form = seen != NULL ? mc_form_ref (seen)
                      : mc_print_form_of (context->reader, dossier, name, job->flags, &error);
  if (form == NULL)
    {
      say_error (job, error);
      job_unref (job);
      return;
    }
  if (mc_print_of_dossiers (name))
    {
      start (job, form);
      return;
    }
  job->paper = mc_print_paper (dossier, name);
  job->title = mc_print_title (dossier, name, form);
  start_other (job, g_steal_pointer (&form));
}

void
mc_print_out_form (GtkWidget *from,
                   McContext *context,
                   McForm *form,
                   const char *paper,
                   McPrintSay say)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && form != NULL && say != NULL);

  job = job_new (from, context, NULL, NULL, say);
  job->paper = g_strdup (paper);
  job->title = g_strdup (mc_form_title (form));
  start_other (job, form);
}
