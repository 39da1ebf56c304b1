/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-save.h"

#include "mc-print-make.h"
#include "mc-print-preview.h"
#include "mc-printed.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkWidget *from; /* referenced */
  McContext *context;
  McWorker *worker; /* referenced: the room may close meanwhile */
  char *dossier;    /* or several; of a paper of no dossier its key */
  char *name;
  char *path;
  char *paper, *title; /* (nullable): of a paper of no dossier */
  McJobFlags flags;
  McPrintSay say;
  GtkFileChooserNative *chooser;
} Job;

static Job *
job_new (GtkWidget *from, McContext *context, const char *dossier, const char *name, McPrintSay say)
{
  Job *job = g_new0 (Job, 1);

  job->from = g_object_ref (from);
  job->context = context;
  job->worker = g_object_ref (context->worker);
  job->dossier = g_strdup (dossier);
  job->name = g_strdup (name);
  job->say = say;
  return job;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->chooser);
  g_object_unref (job->worker);
  g_object_unref (job->from);
  g_free (job->dossier);
  g_free (job->name);
  g_free (job->path);
  g_free (job->paper);
  g_free (job->title);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
say_how (Job *job, const GError *error)
{
  g_autofree char *file = g_filename_display_basename (job->path);
  g_autofree char *sentence =
      error != NULL ? mc_error_sentence (error) : g_strdup_printf (_ ("Saved as %s."), file);

  if (error != NULL)
    g_warning ("%s of %s: %s", job->name, job->dossier, error->message);
  job->say (job->from, sentence);
}

/* On the worker's thread, with a form of its own: text layout belongs to one thread. */
static gpointer
work_write (McDesk *desk, gpointer data, GError **error)
{
  Job *job = data;
  g_auto (GStrv) dossiers = g_strsplit (job->dossier, " ", -1);
  g_autoptr (McForm) form =
      mc_job_print (desk, (const char *const *)dossiers, job->name, job->flags, NULL, error);

  return GINT_TO_POINTER (form != NULL && mc_form_write_pdf (form, job->path, error));
}

/* What is no dossier's is written already. */
static gpointer
work_say (McDesk *desk, gpointer data, GError **error)
{
  Job *job = data;

  return GINT_TO_POINTER (mc_desk_print_other (desk, job->paper, job->title, FALSE, error));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  say_how (job, error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (McForm) form = mc_print_make_finish (result, &error);

  if (form == NULL)
    {
      say_how (job, error);
      return;
    }
  job->paper = mc_print_paper (job->dossier, job->name);
  job->title = mc_print_title (job->dossier, job->name, form);
  mc_worker_run (job->worker, work_say, job, NULL, NULL, NULL, on_written, g_steal_pointer (&job));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Job *job)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response != GTK_RESPONSE_ACCEPT || file == NULL || g_file_peek_path (file) == NULL)
    {
      job_free (job);
      return;
    }
  job->path = g_file_get_path (file);
  if (mc_print_is_long (job->name))
    job->say (job->from, _ ("Saving… Work goes on meanwhile."));
  if (mc_print_of_dossiers (job->name))
    mc_worker_run (job->worker, work_write, job, NULL, NULL, NULL, on_written, job);
  else
    mc_print_make (job->context, job->dossier, job->name, job->path, NULL, on_made, job);
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

/* A dossier's code, a procedure's, a register's period; of whom a slip guides, only that it does.
 */
static char *
file_name (McContext *context, const char *dossier, const char *name)
{
  g_autoptr (McDossier) found = NULL;

  if (g_str_equal (name, MC_PRINT_GUIDANCE))
    return g_strdup ("phieu-huong-dan.pdf");
  found = mc_store_dossier (context->reader, dossier, NULL);
  if (found != NULL)
    return g_strdup_printf ("%s.pdf", found->row->code);
  return g_strdup_printf ("%s.pdf", strchr (dossier, ' ') != NULL ? name : dossier);
}

void
mc_print_save_pdf (GtkWidget *from,
                   McContext *context,
                   const char *dossier,
                   const char *name,
                   McJobFlags flags,
                   McPrintSay say)
{
  g_autofree char *file = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL && say != NULL);

  file = file_name (context, dossier, name);
  job = job_new (from, context, dossier, name, say);
  job->flags = flags;
  ask_where (job, _ ("Save as PDF"), file);
}

void
mc_print_save_sheet (GtkWidget *from, McContext *context, const char *key, McPrintSay say)
{
  g_autofree char *file = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && key != NULL && say != NULL);

  file = g_strdup_printf ("%s" MC_PRINT_SHEET, key);
  job = job_new (from, context, key, MC_PRINT_REGISTER, say);
  ask_where (job, _ ("Save as a spreadsheet"), file);
}
