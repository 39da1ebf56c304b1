/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-change-secret.h"

#include "mc-ascii-field.h"
#include "mc-error.h"
#include "mc-secret-words.h"
#include "mc-window.h"
#include <glib/gi18n.h>
#include <string.h>

/* Dialog: three fields and a button. Owned by the window. */
typedef struct
{
  McDoor *door;
  char *login;
  GtkWidget *window, *before, *after, *again, *message, *change, *spinner;
  gboolean asking;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *dialog = data;

  mc_door_unref (dialog->door);
  g_free (dialog->login);
  g_free (dialog);
}

/* Change: what another thread does with the key file. */
typedef struct
{
  McDoor *door;
  char *login;
  char *before;
  char *after;
} Change;

static void
wipe (char *secret)
{
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
change_free (gpointer data)
{
  Change *change = data;

  mc_door_unref (change->door);
  g_free (change->login);
  wipe (change->before);
  wipe (change->after);
  g_free (change);
}

static void
change_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  if (mc_door_change (change->door, change->login, change->before, change->after, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
update (Dialog *dialog)
{
  gtk_widget_set_sensitive (dialog->change,
                            !dialog->asking && text_of (dialog->before)[0] != '\0' &&
                                text_of (dialog->after)[0] != '\0' &&
                                text_of (dialog->again)[0] != '\0');
  gtk_spinner_set_spinning (GTK_SPINNER (dialog->spinner), dialog->asking);
}

static void
say (Dialog *dialog, const char *text)
{
  gtk_label_set_text (GTK_LABEL (dialog->message), text);
  gtk_widget_set_visible (dialog->message, text[0] != '\0');
}

static void
say_failure (Dialog *dialog, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, MC_ERROR, MC_ERROR_SECRET))
    sentence = g_strdup (_ ("The present one does not match. Nothing was changed; type it again."));
  else
    sentence = mc_secret_refusal (error);
  say (dialog, sentence);
}

static void
changed (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *dialog = g_object_get_data (source, "mc-dialog");
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (source));
  g_autoptr (GError) error = NULL;

  dialog->asking = FALSE;
  update (dialog);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      say_failure (dialog, error);
      return;
    }
  if (parent != NULL)
    mc_window_say (GTK_WIDGET (parent), _ ("Changed. The new one opens this machine from now on."));
  gtk_window_destroy (GTK_WINDOW (source));
}

static void
change_clicked (Dialog *dialog)
{
  g_autoptr (GTask) task = NULL;
  Change *change;

  update (dialog);
  if (!gtk_widget_get_sensitive (dialog->change))
    return;
  if (!g_str_equal (text_of (dialog->after), text_of (dialog->again)))
    {
      say (dialog, _ ("The two are not the same. Type the second one again."));
      return;
    }
  change = g_new0 (Change, 1);
  change->door = mc_door_ref (dialog->door);
  change->login = g_strdup (dialog->login);
  change->before = g_strdup (text_of (dialog->before));
  change->after = g_strdup (text_of (dialog->after));
  dialog->asking = TRUE;
  say (dialog, "");
  update (dialog);
  task = g_task_new (dialog->window, NULL, changed, NULL);
  g_task_set_source_tag (task, change_clicked);
  g_task_set_task_data (task, change, change_free);
  g_task_run_in_thread (task, change_in_thread);
}

static GtkWidget *
secret_row (Dialog *dialog, GtkWidget *list, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  mc_ascii_field_make (row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), dialog);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (change_clicked), dialog);
  return row;
}

static GtkWidget *
wrapped (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
build (Dialog *dialog)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  dialog->before = secret_row (dialog, list, _ ("Present PIN or passphrase"));
  dialog->after = secret_row (dialog, list, _ ("New PIN or passphrase"));
  dialog->again = secret_row (dialog, list, _ ("The same again"));
  dialog->message = wrapped (NULL);
  gtk_widget_set_visible (dialog->message, FALSE);
  dialog->spinner = gtk_spinner_new ();
  dialog->change = gtk_button_new_with_label (_ ("Change"));
  gtk_widget_add_css_class (dialog->change, "pill");
  gtk_widget_add_css_class (dialog->change, "suggested-action");
  gtk_widget_set_halign (dialog->change, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (dialog->change, "clicked", G_CALLBACK (change_clicked), dialog);
  gtk_box_append (GTK_BOX (box),
                  wrapped (_ ("It holds for this machine only and at once, also without the "
                              "network.")));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), dialog->message);
  gtk_box_append (GTK_BOX (box), dialog->spinner);
  gtk_box_append (GTK_BOX (box), dialog->change);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

void
mc_change_secret_present (GtkWindow *window, McDoor *door, const char *login)
{
  Dialog *dialog;
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_if_fail (GTK_IS_WINDOW (window) && door != NULL && login != NULL);

  dialog = g_new0 (Dialog, 1);
  dialog->door = mc_door_ref (door);
  dialog->login = g_strdup (login);
  dialog->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (dialog->window), "mc-dialog", dialog, dialog_free);
  gtk_box_append (GTK_BOX (outer), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (outer), build (dialog));
  adw_window_set_content (ADW_WINDOW (dialog->window), outer);
  gtk_window_set_title (GTK_WINDOW (dialog->window), _ ("Change PIN or passphrase"));
  gtk_window_set_default_size (GTK_WINDOW (dialog->window), 440, -1);
  gtk_window_set_transient_for (GTK_WINDOW (dialog->window), window);
  gtk_window_set_modal (GTK_WINDOW (dialog->window), TRUE);
  update (dialog);
  gtk_window_present (GTK_WINDOW (dialog->window));
  gtk_widget_grab_focus (dialog->before);
}
