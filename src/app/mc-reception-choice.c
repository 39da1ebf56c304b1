/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reception-choice.h"
#include "mc-reception-field.h"
#include <glib/gi18n.h>

#define ID "mc-choice-id"

typedef struct
{
  GtkWidget *box;
  GFunc changed;
  gpointer data;
} Choice;

static void
on_toggled (GtkToggleButton *button, Choice *choice)
{
  if (gtk_toggle_button_get_active (button))
    choice->changed (choice->box, choice->data);
}

/* Enter goes on, as in every field of the form; Space and a click choose. Walking through the form
 * with Enter must not answer a question. */
static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint code,
        GdkModifierType state,
        GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || root == NULL)
    return GDK_EVENT_PROPAGATE;
  for (GtkWidget *b = gtk_widget_get_first_child (box); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    {
      GtkWidget *focus = gtk_root_get_focus (root);

      if (focus != NULL && gtk_widget_is_ancestor (focus, box))
        mc_reception_next (box);
    }
  return GDK_EVENT_STOP;
}

GtkWidget *
mc_reception_choice_new (const char *label, const McChoice *choices, GFunc changed, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Choice *choice = g_new (Choice, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkToggleButton *first = NULL;

  *choice = (Choice){ box, changed, data };
  g_object_set_data_full (G_OBJECT (box), "mc-choice", choice, g_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), box);
  gtk_widget_add_controller (box, keys);
  gtk_widget_add_css_class (box, "linked");
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (gsize i = 0; choices[i].id != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (choices[i].name));

      g_object_set_data (G_OBJECT (button), ID, (gpointer)choices[i].id);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), choice);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

const char *
mc_reception_choice_get (GtkWidget *choice)
{
  g_return_val_if_fail (GTK_IS_BOX (choice), NULL);

  for (GtkWidget *b = gtk_widget_get_first_child (choice); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (b)))
      return g_object_get_data (G_OBJECT (b), ID);
  return NULL;
}

void
mc_reception_choice_set (GtkWidget *choice, const char *id)
{
  g_return_if_fail (GTK_IS_BOX (choice));

  for (GtkWidget *b = gtk_widget_get_first_child (choice); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (b),
                                  g_strcmp0 (g_object_get_data (G_OBJECT (b), ID), id) == 0);
}

void
mc_reception_choice_offer (GtkWidget *choice, const char *id, gboolean offered)
{
  g_return_if_fail (GTK_IS_BOX (choice));

  for (GtkWidget *b = gtk_widget_get_first_child (choice); b != NULL;
       b = gtk_widget_get_next_sibling (b))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (b), ID), id) == 0)
      gtk_widget_set_sensitive (b, offered);
}
