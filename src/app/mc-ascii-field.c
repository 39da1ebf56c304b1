/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ascii-field.h"

static gboolean
key_pressed (GtkEventControllerKey *keys,
             guint keyval,
             guint code,
             GdkModifierType state,
             gpointer data)
{
  GtkEditable *entry = GTK_EDITABLE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys)));
  gboolean digits = GPOINTER_TO_INT (data);
  gunichar character = gdk_keyval_to_unicode (keyval);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || character < 0x20 ||
      character == 0x7f)
    return FALSE;
  if (character > 0x7e || (digits && !g_ascii_isdigit ((char)character)))
    {
      gtk_widget_error_bell (GTK_WIDGET (entry));
      return TRUE;
    }

  char text[2] = { (char)character, '\0' };
  gtk_editable_delete_selection (entry);
  int place = gtk_editable_get_position (entry);
  gtk_editable_insert_text (entry, text, 1, &place);
  gtk_editable_set_position (entry, place);
  return TRUE;
}

void
mc_ascii_field_make (GtkWidget *entry, gboolean digits)
{
  g_return_if_fail (GTK_IS_EDITABLE (entry));

  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed), GINT_TO_POINTER (digits));
  gtk_widget_add_controller (entry, keys);
}
