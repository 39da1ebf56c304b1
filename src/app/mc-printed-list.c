/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-printed-list.h"

#include "mc-format.h"
#include "mc-papers.h"
#include "mc-print-window.h"
#include "mc-slip.h"
#include "mc-timeline.h"
#include <glib/gi18n.h>

/* Of what is no dossier's. */
#define OTHER_MAX 20

/* What a button shows. */
typedef struct
{
  McContext *context;
  char *dossier;
  char *name;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->dossier);
  g_free (target->name);
  g_free (target);
}

static void
see_clicked (GtkButton *button, const Target *target)
{
  mc_print_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))),
                           target->context,
                           target->dossier,
                           target->name);
}

/* A list of several dossiers cannot be made of one; nor what this program does not know. */
static char *
name_of (const McPrinted *printed)
{
  return g_str_has_prefix (printed->paper, MC_KIND_HANDOVER)
             ? NULL
             : g_strconcat (MC_JOB_PRINTED, printed->op, NULL);
}

static void
add_see (GtkWidget *row, McContext *context, const McDossier *dossier, const McPrinted *printed)
{
  char *name = name_of (printed);
  GtkWidget *button;
  g_autofree char *label = NULL;
  Target *target;

  if (name == NULL)
    return;
  target = g_new0 (Target, 1);
  target->context = context;
  target->dossier = g_strdup (dossier->row->id);
  target->name = name;
  button = gtk_button_new_with_label (_ ("See"));
  label = g_strdup_printf ("%s: %s", _ ("See"), printed->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "mc-target", target, target_free);
  g_signal_connect (button, "clicked", G_CALLBACK (see_clicked), target);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkWidget *
words (const char *text, gboolean small)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (small)
    {
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
    }
  return label;
}

static GtkWidget *
heading (void)
{
  GtkWidget *label = gtk_label_new (_ ("Printed papers"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

/* "printed by Trần Văn An, 21/11/2026 08:12". Returns: (transfer full) */
static char *
who_words (const McPrinted *printed)
{
  g_autoptr (GDateTime) time = mc_local (printed->at_ms);
  g_autofree char *when = mc_format_time (time);

  return g_strdup_printf (printed->on_paper ? _ ("printed by %s, %s") : _ ("saved by %s, %s"),
                          printed->by,
                          when);
}

static void
add_row (GtkBox *box, McContext *context, const McDossier *dossier, const McPrinted *printed)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title =
      printed->number != NULL
          ? g_strdup_printf (_ ("%s, number %s"), printed->title, printed->number)
          : g_strdup (printed->title);
  g_autofree char *who = who_words (printed);

  gtk_box_append (GTK_BOX (both), words (title, FALSE));
  gtk_box_append (GTK_BOX (both), words (who, TRUE));
  gtk_widget_set_hexpand (both, TRUE);
  gtk_box_append (GTK_BOX (row), both);
  add_see (row, context, dossier, printed);
  gtk_box_append (box, row);
}

void
mc_printed_list_fill (GtkBox *box, McContext *context, const McDossier *dossier)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (GTK_IS_BOX (box) && context != NULL && dossier != NULL);

  all = mc_dossier_printed (dossier);
  mc_box_clear (box);
  gtk_box_append (box, heading ());
  for (guint i = all->len; i-- > 0;)
    add_row (box, context, dossier, all->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (box), all->len > 0);
}

void
mc_printed_list_other (AdwPreferencesGroup *group, McContext *context)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group) && context != NULL);

  all = mc_store_printed (context->reader, OTHER_MAX);
  for (guint i = 0; i < all->len; i++)
    {
      const McPrinted *printed = all->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *who = who_words (printed);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), printed->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), who);
      adw_preferences_group_add (group, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), all->len > 0);
}
