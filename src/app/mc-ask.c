/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ask.h"

#include "mc-context.h"
#include <glib/gi18n.h>

static gboolean
key_pressed (GtkEventControllerKey *keys,
             guint keyval,
             guint code,
             GdkModifierType state,
             gpointer data)
{
  g_autoptr (AdwMessageDialog) dialog = g_object_ref (
      ADW_MESSAGE_DIALOG (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys))));

  if ((state & GDK_CONTROL_MASK) == 0 || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return FALSE;
  mc_window_commit_input (GTK_WINDOW (dialog));
  if (adw_message_dialog_get_response_enabled (dialog, "do"))
    {
      adw_message_dialog_response (dialog, "do");
      /* Closing would answer a second time, with "cancel". */
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  return TRUE;
}

AdwMessageDialog *
mc_ask_new (GtkWindow *parent,
            const char *heading,
            const char *body,
            const char *act,
            gboolean destructive)
{
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  GtkEventController *keys = gtk_event_controller_key_new ();

  adw_message_dialog_add_responses (dialog, "cancel", _ ("Not now"), "do", act, NULL);
  adw_message_dialog_set_response_appearance (dialog,
                                              "do",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                          : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  return dialog;
}

GtkWidget *
mc_ask_row (const char *text, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "mc-office");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

GtkWidget *
mc_ask_list (GtkListBox *list, const char *name, int height)
{
  GtkWidget *frame = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (GTK_WIDGET (list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 0));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), GTK_WIDGET (list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (frame), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (frame), height);
  return frame;
}
