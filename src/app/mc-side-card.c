/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-side-card.h"

#include "mc-conflict-words.h"
#include "mc-moment.h"
#include <glib/gi18n.h>

static GtkWidget *
line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
mc_side_card_new (const McConflict *conflict, guint place, gint64 now_ms)
{
  g_return_val_if_fail (conflict != NULL && place < conflict->sides->len, NULL);

  McSide *side = g_ptr_array_index (conflict->sides, place);
  GtkWidget *card = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *value = mc_conflict_side_words (conflict, place);
  g_autofree char *at = mc_moment_words (side->at_ms, now_ms);
  g_autofree char *who = g_strdup_printf ("%s, %s", side->by, at);
  g_autofree char *where = side->stands
                               ? g_strdup_printf (_ ("%s · stands now"), mc_conflict_place (side))
                               : g_strdup (mc_conflict_place (side));
  g_autofree char *name = g_strdup_printf ("%s. %s. %s", value, who, where);

  gtk_box_append (GTK_BOX (box), line (where, "dim-label"));
  gtk_box_append (GTK_BOX (box), line (value, "title-2"));
  gtk_box_append (GTK_BOX (box), line (who, "mc-who"));
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "mc-side-card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return card;
}
