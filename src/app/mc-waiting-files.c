/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-files.h"

#include "mc-carry.h"
#include "mc-error.h"
#include "mc-window.h"
#include <glib/gi18n.h>

#define SUFFIX "motcua"

/* Flow: from the question for a file to what is said afterwards. */
typedef struct
{
  GtkWidget *window; /* outlives the page it was asked from */
  McContext *context;
  GtkFileChooserNative *chooser; /* while it is open */
  char *path;
} Flow;

static Flow *
flow_new (GtkWidget *from, McContext *context)
{
  Flow *flow = g_new0 (Flow, 1);

  flow->window = g_object_ref (GTK_WIDGET (gtk_widget_get_root (from)));
  flow->context = context;
  return flow;
}

static void
flow_free (Flow *flow)
{
  g_clear_object (&flow->chooser);
  g_object_unref (flow->window);
  g_free (flow->path);
  g_free (flow);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flow, flow_free)

static gpointer
work_export (McDesk *desk, gpointer path, GError **error)
{
  g_autofree guint *count = g_new0 (guint, 1);

  if (!mc_store_export_waiting (mc_desk_store (desk), path, count, error))
    return NULL;
  return g_steal_pointer (&count);
}

static void
exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *count = mc_worker_finish (MC_WORKER (source), result, &error);

  if (count == NULL)
    {
      mc_window_say (flow->window,
                     _ ("The file could not be written. Everything is still saved on this machine; "
                        "choose another place."));
      return;
    }
  g_autofree char *name = g_path_get_basename (flow->path);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u change written to %s. Take the file to a machine with a network and choose "
                "“Take in a file from another machine…” there. Scans stay on this machine.",
                "%u changes written to %s. Take the file to a machine with a network and choose "
                "“Take in a file from another machine…” there. Scans stay on this machine.",
                *count),
      *count,
      name);
  mc_window_say (flow->window, text);
}

void
mc_waiting_export_to (GtkWidget *from, McContext *context, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && path != NULL);

  Flow *flow = flow_new (from, context);
  flow->path = g_strdup (path);
  mc_worker_run (context->worker,
                 work_export,
                 g_strdup (path),
                 g_free,
                 g_free,
                 NULL,
                 exported,
                 flow);
}

static gpointer
work_take_in (McDesk *desk, gpointer path, GError **error)
{
  g_autofree McCarried *carried = g_new0 (McCarried, 1);

  if (!mc_store_carry_file (mc_desk_store (desk), path, carried, error))
    return NULL;
  return g_steal_pointer (&carried);
}

static char *
carried_words (const McCarried *carried)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u change taken in; it is sent when there is a network.",
                                    "%u changes taken in; they are sent when there is a network.",
                                    carried->taken),
                          carried->taken);
  if (carried->known > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%u was here already.",
                                        "%u were here already.",
                                        carried->known),
                              carried->known);
    }
  if (carried->bad > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("%u could not be used and was left out.",
                                        "%u could not be used and were left out.",
                                        carried->bad),
                              carried->bad);
    }
  return g_strdup (text->str);
}

static void
taken_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autoptr (GError) error = NULL;
  g_autofree McCarried *carried = mc_worker_finish (MC_WORKER (source), result, &error);

  if (carried != NULL)
    {
      g_autofree char *text = carried_words (carried);

      mc_window_say (flow->window, text);
      if (flow->context->syncer != NULL)
        mc_syncer_wake (flow->context->syncer, FALSE);
      return;
    }
  if (g_error_matches (error, MC_ERROR, MC_ERROR_FORMAT) || error->domain == G_FILE_ERROR)
    mc_window_say (flow->window,
                   _ ("This is no file exported on another machine, or it was not copied whole. "
                      "Nothing was changed; copy it again and try once more."));
  else
    mc_window_say_error (flow->window, error);
}

void
mc_waiting_take_in_from (GtkWidget *from, McContext *context, const char *path)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL && path != NULL);

  mc_worker_run (context->worker,
                 work_take_in,
                 g_strdup (path),
                 g_free,
                 g_free,
                 NULL,
                 taken_in,
                 flow_new (from, context));
}

static char *
chosen_path (GtkNativeDialog *chooser, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
export_chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autofree char *path = chosen_path (chooser, response);

  if (path != NULL)
    mc_waiting_export_to (flow->window, flow->context, path);
}

static void
take_in_chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  g_autoptr (Flow) flow = data;
  g_autofree char *path = chosen_path (chooser, response);

  if (path != NULL)
    mc_waiting_take_in_from (flow->window, flow->context, path);
}

static void
ask (Flow *flow, const char *title, GtkFileChooserAction action, const char *accept, GCallback done)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  flow->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (flow->window), action, accept, _ ("Not now"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (flow->chooser), TRUE);
  gtk_file_filter_set_name (filter, _ ("Changes that wait to be sent"));
  gtk_file_filter_add_suffix (filter, SUFFIX);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (flow->chooser), filter);
  g_signal_connect (flow->chooser, "response", done, flow);
}

void
mc_waiting_export (GtkWidget *from, McContext *context)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL);

  Flow *flow = flow_new (from, context);
  g_autoptr (GDateTime) now = mc_local (mc_store_now (context->reader));
  /* TRANSLATORS: the beginning of a file name, with no spaces and no diacritics */
  g_autofree char *day = g_date_time_format (now, "%Y%m%d-%H%M");
  g_autofree char *name = g_strdup_printf ("%s-%s." SUFFIX, _ ("waiting"), day);

  ask (flow,
       _ ("Where to write what waits"),
       GTK_FILE_CHOOSER_ACTION_SAVE,
       _ ("Export"),
       G_CALLBACK (export_chosen));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (flow->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (flow->chooser));
}

void
mc_waiting_take_in (GtkWidget *from, McContext *context)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && context != NULL);

  Flow *flow = flow_new (from, context);

  ask (flow,
       _ ("The file from the other machine"),
       GTK_FILE_CHOOSER_ACTION_OPEN,
       _ ("Take it in"),
       G_CALLBACK (take_in_chosen));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (flow->chooser));
}
