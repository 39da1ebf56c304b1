/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scan-flow.h"

#include "mc-act.h"
#include "mc-viewer.h"
#include "mc-window.h"
#include <glib/gi18n.h>

/* Flow: one scan on its way from the key to the disk. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  char *dossier;
  char *part;
  GtkFileChooserNative *chooser;
} Flow;

static void
flow_free (Flow *flow)
{
  g_clear_object (&flow->chooser);
  g_object_unref (flow->window);
  g_free (flow->dossier);
  g_free (flow->part);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static void
attached (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;

  if (mc_act_finish (flow->context, result, &error))
    {
      mc_window_say (flow->window, _ ("Scan saved on this machine, sent when there is a network."));
      return;
    }
  g_autofree char *sentence = mc_document_sentence (error);
  if (sentence != NULL)
    mc_window_say (flow->window, sentence);
  else
    mc_window_say_error (flow->window, error);
}

static void
chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  Flow *flow = data;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    mc_act_attach (flow->context, flow->dossier, flow->part, path, attached, flow);
  else
    flow_free (flow);
}

void
mc_scan_flow (GtkWidget *from, McContext *context, const char *dossier, const char *part)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && dossier != NULL && part != NULL);

  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (from));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Flow *flow = g_new0 (Flow, 1);

  flow->window = g_object_ref (window);
  flow->context = context;
  flow->dossier = g_strdup (dossier);
  flow->part = g_strdup (part);
  flow->chooser = gtk_file_chooser_native_new (_ ("Choose the scanned PDF"),
                                               GTK_WINDOW (window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _ ("Add the scan"),
                                               _ ("Not now"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (flow->chooser), TRUE);
  gtk_file_filter_set_name (filter, _ ("Scanned PDF"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_suffix (filter, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (flow->chooser), filter);
  g_signal_connect (flow->chooser, "response", G_CALLBACK (chosen), flow);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (flow->chooser));
}
