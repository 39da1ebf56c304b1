/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scans-card.h"

#include "mc-act.h"
#include "mc-scans-words.h"
#include "mc-window.h"
#include <glib/gi18n.h>

struct _McScansCard
{
  GtkWidget parent_instance;
  McContext *context;
  GtkWidget *box;
  GtkWidget *waiting;
  GtkWidget *bar;
  GtkWidget *moving;
  GtkWidget *held;
  GtkWidget *pause;
};

G_DEFINE_FINAL_TYPE (McScansCard, mc_scans_card, GTK_TYPE_WIDGET)

static void
paused (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McScansCard) card = data;
  g_autoptr (GError) error = NULL;

  if (!mc_act_finish (card->context, result, &error))
    mc_window_say_error (GTK_WIDGET (card), error);
  else
    mc_scans_card_show (card, card->context);
}

static void
on_pause (McScansCard *card)
{
  McScansRule rule = mc_store_scans_rule (card->context->reader);

  rule.paused = !rule.paused;
  mc_act_scans_rule (card->context, &rule, paused, g_object_ref (card));
}

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL);
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
}

void
mc_scans_card_show (McScansCard *card, McContext *context)
{
  g_return_if_fail (MC_IS_SCANS_CARD (card) && context != NULL);

  McSyncReport report = mc_syncer_report (context->syncer);
  McScansRule rule = mc_store_scans_rule (context->reader);
  g_autofree char *waiting = mc_scans_waiting_words (&report);
  g_autofree char *moving = mc_scans_moving_words (&report);

  card->context = context;
  gtk_widget_set_visible (GTK_WIDGET (card),
                          report.blobs_waiting > 0 || report.blobs_coming > 0 || rule.paused);
  show_label (card->waiting, waiting);
  show_label (card->moving, moving);
  show_label (card->held, mc_scans_held_words (report.scans_held));
  gtk_widget_set_visible (card->bar, moving != NULL);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (card->bar), mc_scans_part (&report));
  gtk_button_set_label (GTK_BUTTON (card->pause),
                        rule.paused ? _ ("Go on with scanned files") : _ ("Pause scanned files"));
}

static GtkWidget *
add_label (McScansCard *card, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (card->box), label);
  return label;
}

static void
mc_scans_card_dispose (GObject *object)
{
  g_clear_pointer (&MC_SCANS_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_scans_card_parent_class)->dispose (object);
}

static void
mc_scans_card_class_init (McScansCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_scans_card_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_scans_card_init (McScansCard *card)
{
  card->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (card->box, GTK_WIDGET (card));
  gtk_widget_add_css_class (card->box, "card");
  gtk_widget_add_css_class (card->box, "mc-told");
  card->waiting = add_label (card, NULL);
  card->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (card->bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much of the file is over"),
                                  -1);
  gtk_box_append (GTK_BOX (card->box), card->bar);
  card->moving = add_label (card, "numeric");
  card->held = add_label (card, "dim-label");
  card->pause = gtk_button_new ();
  gtk_widget_set_halign (card->pause, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (card->box), card->pause);
  g_signal_connect_swapped (card->pause, "clicked", G_CALLBACK (on_pause), card);
}
