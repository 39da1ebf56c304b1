/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-waiting-row.h"

#include "mc-label.h"
#include "mc-waiting-words.h"
#include <glib/gi18n.h>

static void
add_line (GtkWidget *box, char *text, const char *style)
{
  if (text != NULL)
    gtk_box_append (GTK_BOX (box), mc_label_new (text, style));
  g_free (text);
}

static GtkWidget *
row_of (GtkWidget *box, const char *sentence)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_add_css_class (box, "mc-waiting-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence,
                                  -1);
  return row;
}

static GtkWidget *
row_button (const char *label, const char *sentence, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, sentence);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

GtkWidget *
mc_waiting_row_new (const McWaiting *waiting, McStore *store, gint64 now_ms)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gboolean refused = waiting->kind == MC_WAITING_REFUSED;
  g_autofree char *sentence = mc_waiting_sentence (waiting, now_ms);
  GtkWidget *row = row_of (box, sentence);

  gtk_box_append (GTK_BOX (box), mc_label_new (sentence, "numeric"));
  add_line (box, mc_waiting_detail (waiting, store), "dim-label");
  add_line (box, mc_waiting_reason (waiting), refused ? "warning" : "dim-label");
  add_line (box, mc_waiting_remedy (waiting), "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row),
                                  refused ? "win.correct" : "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row),
                                    "s",
                                    refused                    ? waiting->op
                                    : waiting->dossier != NULL ? waiting->dossier
                                                               : "");
  if (refused)
    {
      GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (buttons),
                      row_button (_ ("Look and correct…"),
                                  sentence,
                                  "win.correct",
                                  g_variant_new_string (waiting->op)));
      gtk_box_append (GTK_BOX (buttons),
                      row_button (_ ("Send again"),
                                  sentence,
                                  "waiting.resend",
                                  g_variant_new_string (waiting->op)));
      gtk_box_append (GTK_BOX (buttons),
                      row_button (_ ("Set aside…"),
                                  sentence,
                                  "waiting.set-aside",
                                  g_variant_new_string (waiting->op)));
      gtk_widget_set_margin_top (buttons, 6);
      gtk_box_append (GTK_BOX (box), buttons);
    }
  return row;
}

GtkWidget *
mc_notice_row_new (const McNotice *notice, gint64 now_ms)
{
  g_return_val_if_fail (notice != NULL, NULL);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *sentence = mc_notice_sentence (notice, now_ms);
  GtkWidget *row = row_of (box, sentence);
  GtkWidget *seen =
      row_button (_ ("Seen"), sentence, "waiting.seen", g_variant_new_int64 (notice->id));

  gtk_box_append (GTK_BOX (box), mc_label_new (sentence, "numeric"));
  add_line (box, mc_notice_change (notice), "warning");
  gtk_widget_set_halign (seen, GTK_ALIGN_START);
  gtk_widget_set_margin_top (seen, 6);
  gtk_box_append (GTK_BOX (box), seen);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-dossier");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row),
                                    "s",
                                    notice->dossier != NULL ? notice->dossier : "");
  return row;
}
