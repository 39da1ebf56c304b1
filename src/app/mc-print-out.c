/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-out.h"
#include "mc-office-papers.h"
#include "mc-paper.h"
#include "mc-print-preview.h"
#include "mc-register-key.h"
#include <glib/gi18n.h>
#include <string.h>

/* Between two looks at whether the pages are there. */
#define PAUSE_US 1000

typedef struct
{
  gatomicrefcount refs;
  GtkWidget *from; /* referenced */
  McContext *context;
  char *dossier; /* or several */
  char *name;
  char *path;
  McJobFlags flags;
  McPrintSay say;
  McWork work;
  McForm *form; /* as it is printed */
  gboolean asked, answered;
  GtkFileChooserNative *chooser;
} Job;

static Job *
job_new (GtkWidget *from, McContext *context, const char *dossier, const char *name, McPrintSay say)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->refs);
  job->from = g_object_ref (from);
  job->context = context;
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
  g_clear_object (&job->chooser);
  g_object_unref (job->from);
  g_free (job->dossier);
  g_free (job->name);
  g_free (job->path);
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

/* On the worker's thread. A paper of no dossier is made as it is. */
static McForm *
make_form (McDesk *desk, const Job *job, GError **error)
{
  g_auto (GStrv) dossiers = g_strsplit (job->dossier, " ", -1);

  if (!mc_print_of_dossiers (job->name))
    return mc_print_form_of (mc_desk_store (desk), job->dossier, job->name, job->flags, error);
  return mc_job_print (desk, (const char *const *)dossiers, job->name, job->flags, error);
}

static gpointer
work_print (McDesk *desk, gpointer data, GError **error)
{
  return make_form (desk, data, error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->form = mc_worker_finish (MC_WORKER (source), result, &error);
  job->answered = TRUE;
  if (error != NULL)
    say_error (job, error);
  job_unref (job);
}

/* Asked again and again until the pages are there, which is some milliseconds: only now has
 * somebody said that it is to be printed. */
static gboolean
on_paginate (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  if (!job->asked)
    {
      job->asked = TRUE;
      g_atomic_ref_count_inc (&job->refs);
      mc_worker_run (job->context->worker,
                     work_print,
                     job,
                     NULL,
                     (GDestroyNotify)mc_form_free,
                     NULL,
                     on_made,
                     job);
    }
  if (!job->answered)
    {
      g_usleep (PAUSE_US);
      return FALSE;
    }
  if (job->form == NULL)
    gtk_print_operation_cancel (operation);
  gtk_print_operation_set_n_pages (operation,
                                   job->form != NULL ? (int)mc_form_pages (job->form) : 1);
  return TRUE;
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

void
mc_print_out (GtkWidget *from,
              McContext *context,
              const char *dossier,
              const char *name,
              McJobFlags flags,
              McPrintSay say)
{
  g_autoptr (McForm) seen = NULL;
  g_autoptr (GError) error = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL && say != NULL);

  job = job_new (from, context, dossier, name, say);
  job->flags = flags | MC_JOB_ON_PAPER;
  seen = mc_print_form_of (context->reader, dossier, name, job->flags, &error);
  if (seen == NULL)
    {
      say_error (job, error);
      job_unref (job);
      return;
    }
  start (job, seen);
}

void
mc_print_out_form (GtkWidget *from, McContext *context, McForm *form, McPrintSay say)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && form != NULL && say != NULL);

  job = job_new (from, context, NULL, NULL, say);
  job->form = form;
  job->asked = job->answered = TRUE;
  start (job, form);
}

static gpointer
work_sheet (McDesk *desk, gpointer data, GError **error)
{
  Job *job = data;

  return GINT_TO_POINTER (mc_register_save (mc_desk_store (desk), job->dossier, job->path, error));
}

/* On the worker's thread, with a form of its own: text layout belongs to one thread. */
static gpointer
work_write (McDesk *desk, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (McForm) form = make_form (desk, job, error);

  return GINT_TO_POINTER (form != NULL && mc_form_write_pdf (form, job->path, error));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  if (error != NULL)
    say_error (job, error);
  else
    {
      g_autofree char *file = g_filename_display_basename (job->path);
      g_autofree char *sentence = g_strdup_printf (_ ("Saved as %s."), file);

      job->say (job->from, sentence);
    }
  job_unref (job);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Job *job)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response != GTK_RESPONSE_ACCEPT || file == NULL || g_file_peek_path (file) == NULL)
    {
      job_unref (job);
      return;
    }
  job->path = g_file_get_path (file);
  mc_worker_run (job->context->worker, job->work, job, NULL, NULL, NULL, on_written, job);
}

/* @job is this one's from now on. */
static void
ask_where (Job *job, const char *heading, const char *file)
{
  /* A field of work may have a slash in its name. */
  g_autofree char *name = g_strdelimit (g_strdup (file), "/", '-');

  job->chooser = gtk_file_chooser_native_new (heading,
                                              window_of (job->from),
                                              GTK_FILE_CHOOSER_ACTION_SAVE,
                                              _ ("Save"),
                                              _ ("Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (job->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (job->chooser), TRUE);
  g_signal_connect (job->chooser, "response", G_CALLBACK (on_chosen), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (job->chooser));
}

void
mc_print_save_pdf (GtkWidget *from,
                   McContext *context,
                   const char *dossier,
                   const char *name,
                   McJobFlags flags,
                   McPrintSay say)
{
  g_autoptr (McDossier) found = NULL;
  g_autofree char *file = NULL;
  const char *otherwise = strchr (dossier, ' ') != NULL ? name : dossier;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL && say != NULL);

  found = mc_store_dossier (context->reader, dossier, NULL);
  file = g_strdup_printf ("%s.pdf", found != NULL ? found->row->code : otherwise);
  job = job_new (from, context, dossier, name, say);
  job->flags = flags;
  job->work = work_write;
  ask_where (job, _ ("Save as PDF"), file);
}

void
mc_print_save_sheet (GtkWidget *from, McContext *context, const char *key, McPrintSay say)
{
  g_autofree char *file = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && key != NULL && say != NULL);

  file = g_strdup_printf ("%s.xlsx", key);
  job = job_new (from, context, key, MC_PRINT_REGISTER, say);
  job->work = work_sheet;
  ask_where (job, _ ("Save as a spreadsheet"), file);
}
