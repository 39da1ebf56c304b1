/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-seed-flow.h"

#include "mc-ask.h"
#include "mc-error.h"
#include "mc-moment.h"
#include "mc-seed-file.h"
#include "mc-window.h"
#include <glib/gi18n.h>

#define SUFFIX "motcua-seed"

/* Flow: from the question for a file to what is said afterwards. Other threads touch only the file,
 * the worker and the two numbers. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  McWorker *worker;
  McSyncer *syncer;
  GtkFileChooserNative *chooser; /* while it is open */
  char *path;
  McSeedFile *file;
  char *code;
  GtkWidget *entry; /* weak: of the code, while it is asked for */
  gint per_mille;   /* atomic */
  guint tick;
} Flow;

static Flow *
flow_new (GtkWidget *from, McContext *context, const char *path)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  flow->worker = g_object_ref (context->worker);
  flow->syncer = g_object_ref (context->syncer);
  flow->path = g_strdup (path);
  return flow;
}

static void
flow_free (Flow *flow)
{
  g_clear_handle_id (&flow->tick, g_source_remove);
  g_clear_weak_pointer (&flow->entry);
  g_clear_object (&flow->chooser);
  g_clear_pointer (&flow->file, mc_seed_file_close);
  g_object_unref (flow->worker);
  g_object_unref (flow->syncer);
  g_object_unref (flow->window);
  g_free (flow->path);
  g_free (flow->code);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static char *
refused_words (const char *why)
{
  if (g_str_equal (why, "office"))
    return g_strdup (_ ("This file is of another office. Nothing of it was taken; ask the province "
                        "for the file of this office."));
  if (g_str_equal (why, "public"))
    return g_strdup (_ ("On this machine nothing of residents stays that it did not receive "
                        "itself. Nothing of the file was taken."));
  if (g_str_equal (why, "contact"))
    return g_strdup (_ ("This machine has to reach the province once first. Nothing of the file "
                        "was taken; connect to the network, then choose it again."));
  return g_strdup (_ ("The province has restored its data since this file was written. What is "
                      "here is intact and goes on over the network; ask the province for a new "
                      "file."));
}

char *
mc_seed_flow_words (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != MC_ERROR)
    return mc_error_sentence (error);
  switch ((McError)error->code)
    {
    case MC_ERROR_FORMAT:
      return g_strdup (_ ("This is no file of the province, or it was not copied whole. Nothing "
                          "was changed; copy it again and try once more."));
    case MC_ERROR_SIGNATURE:
      return g_strdup (_ ("This file is of another province, or somebody has changed it. Nothing "
                          "of that was taken; ask the province for the file again."));
    case MC_ERROR_NEWER:
      return g_strdup (_ ("This file was written by a newer version of the program. Nothing was "
                          "changed; install the new version."));
    case MC_ERROR_SECRET:
      return g_strdup (_ ("The code does not belong to this file. Nothing was changed; choose the "
                          "file again and type the code slowly."));
    case MC_ERROR_DAMAGED:
      return g_strdup (_ ("The file was not copied whole. What could be read of it is here and "
                          "stays; copy the file again and choose it once more: it goes on from "
                          "there."));
    case MC_ERROR_REFUSED:
      return refused_words (error->message);
    default:
      return mc_error_sentence (error);
    }
}

static void
say_why (Flow *flow, const GError *error)
{
  g_autofree char *words = mc_seed_flow_words (error);

  g_message ("a file of the province was not taken: %s", error->message);
  mc_window_say (flow->window, words);
}

McSyncReport
mc_seed_flow_report (McContext *context)
{
  McSyncReport report = mc_syncer_report (context->syncer);

  if (context->seed_all == 0)
    return report;
  report.state = MC_SYNC_DONE;
  report.ops_waiting = 0;
  report.feed_done = context->seed_done;
  report.feed_head = context->seed_all;
  return report;
}

/* How far it is, told as a contact tells it. */
static gboolean
tell (gpointer data)
{
  Flow *flow = data;

  flow->context->seed_done = flow->context->seed_all * g_atomic_int_get (&flow->per_mille) / 1000;
  g_signal_emit_by_name (flow->syncer, "report");
  return G_SOURCE_CONTINUE;
}

static gpointer
work_page (McDesk *desk, gpointer data, GError **error)
{
  return mc_store_seed_take (mc_desk_store (desk), data, error) ? data : NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Flow *flow = data;
  GError *error = NULL;
  gint64 all = MAX (mc_seed_file_head (flow->file)->end.n, 1);
  McSyncAnswer *page;

  /* Two who read the feed at once would only be in each other's way. */
  mc_syncer_rest (flow->syncer, TRUE);
  if (mc_seed_file_unlock (flow->file, flow->code, &error))
    while (error == NULL && (page = mc_seed_file_next (flow->file, &error)) != NULL)
      {
        gint64 n = page->cursor.n;

        mc_worker_call (flow->worker, work_page, page, &error);
        mc_sync_answer_free (page);
        g_atomic_int_set (&flow->per_mille, (gint)(n * 1000 / all));
      }
  mc_syncer_rest (flow->syncer, FALSE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  flow->context->seed_all = 0;
  g_signal_emit_by_name (flow->syncer, "report");
  if (done)
    mc_window_say (flow->window,
                   _ ("What the file holds is here. What came since is fetched over the network."));
  else if (!g_error_matches (error, MC_ERROR, MC_ERROR_BUSY))
    say_why (flow, error);
}

static void
answered (AdwMessageDialog *dialog, const char *response, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GTask) task = NULL;

  if (!g_str_equal (response, "do") || flow->entry == NULL || flow->context->seed_all > 0)
    return;
  flow->code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (flow->entry)));
  flow->context->seed_all = MAX (mc_seed_file_head (flow->file)->end.n, 1);
  flow->context->seed_done = 0;
  flow->tick = g_timeout_add (500, tell, flow);
  tell (flow);
  task = g_task_new (NULL, NULL, read_done, flow);
  g_task_set_task_data (task, g_steal_pointer (&flow), NULL);
  g_task_run_in_thread (task, read_in_thread);
}

static void
code_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "do", *gtk_editable_get_text (entry) != '\0');
}

static GtkWidget *
code_form (Flow *flow, AdwMessageDialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *caption = gtk_label_new (_ ("Code of the file"));
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 40);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Code of the file"),
                                  -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (code_changed), dialog, 0);
  g_set_weak_pointer (&flow->entry, entry);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

static void
ask_code (Flow *flow)
{
  const McSeedHead *head = mc_seed_file_head (flow->file);
  g_autofree char *when = mc_moment_words (head->made_ms, mc_store_now (flow->context->reader));
  g_autofree char *heading = g_strdup_printf (_ ("Data of %s"), head->name);
  g_autofree char *body = g_strdup_printf (
      _ ("The province wrote this file at %s. Type the code that was told beside it. Work goes on "
         "meanwhile; changes are sent when the file has been read."),
      when);
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (flow->window), heading, body, _ ("Take the data"), FALSE);

  adw_message_dialog_set_extra_child (dialog, code_form (flow, dialog));
  adw_message_dialog_set_response_enabled (dialog, "do", FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (answered), flow);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (flow->entry);
}

static gpointer
work_desk (McDesk *desk, gpointer data, GError **error)
{
  return mc_store_seed_desk (mc_desk_store (desk), data, error) ? data : NULL;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Flow *flow = data;
  g_auto (McSeedDesk) desk = { 0 };
  GError *error = NULL;

  if (mc_worker_call (flow->worker, work_desk, &desk, &error) != NULL)
    flow->file = mc_seed_file_open (flow->path, &desk, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;

  /* Locked meanwhile: nobody is there to be asked. */
  if (flow->context->reader == NULL)
    return;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    ask_code (g_steal_pointer (&flow));
  else if (!g_error_matches (error, MC_ERROR, MC_ERROR_BUSY))
    say_why (flow, error);
}

void
mc_seed_flow_from (GtkWidget *from, McContext *context, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && path != NULL);

  Flow *flow = flow_new (from, context, path);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, opened, flow);

  g_task_set_task_data (task, flow, NULL);
  g_task_run_in_thread (task, open_in_thread);
}

static void
chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    mc_seed_flow_from (flow->window, flow->context, path);
}

void
mc_seed_flow (GtkWidget *from, McContext *context)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL);

  Flow *flow = flow_new (from, context, NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  flow->chooser = gtk_file_chooser_native_new (_ ("The province's file"),
                                               GTK_WINDOW (flow->window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _ ("Choose"),
                                               _ ("Not now"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (flow->chooser), TRUE);
  gtk_file_filter_set_name (filter, _ ("Files of the province"));
  gtk_file_filter_add_suffix (filter, SUFFIX);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (flow->chooser), filter);
  g_signal_connect (flow->chooser, "response", G_CALLBACK (chosen), flow);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (flow->chooser));
}
