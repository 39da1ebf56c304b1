/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-side-card.h"
#include "mc-label.h"

GtkWidget *
mc_side_card_new (const McWayOut *way)
{
  g_return_val_if_fail (way != NULL, NULL);

  GtkWidget *card = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *name = g_strdup_printf ("%s. %s. %s",
                                           way->title,
                                           way->who != NULL ? way->who : "",
                                           way->place != NULL ? way->place : "");

  if (way->place != NULL)
    gtk_box_append (GTK_BOX (box), mc_label_new (way->place, "dim-label"));
  gtk_box_append (GTK_BOX (box), mc_label_new (way->title, "title-2"));
  if (way->who != NULL)
    gtk_box_append (GTK_BOX (box), mc_label_new (way->who, "mc-who"));
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "mc-side-card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return card;
}
