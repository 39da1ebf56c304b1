/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of printing is this machine's own: the printer that it goes to, the numbers that it gives.
 */
#include "mc-papers-machine.h"

#include "mc-office-papers.h"
#include "mc-print-out.h"
#include "mc-words.h"
#include <glib/gi18n.h>

static gpointer
work_direct (McDesk *desk, gpointer data, GError **error)
{
  return GINT_TO_POINTER (
      mc_store_set_direct (mc_desk_store (desk), GPOINTER_TO_INT (data) != 0, error));
}

static void
on_direct (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  GtkRoot *root = gtk_widget_get_root (row);
  g_autoptr (GError) error = NULL;

  (void)mc_worker_finish (MC_WORKER (source), result, &error);
  if (error != NULL && ADW_IS_PREFERENCES_WINDOW (root))
    {
      g_autofree char *sentence = mc_error_sentence (error);

      g_warning ("print at once: %s", error->message);
      adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (sentence));
    }
}

static gboolean
direct_set (GtkSwitch *widget, gboolean on, McContext *context)
{
  mc_worker_run (context->worker,
                 work_direct,
                 GINT_TO_POINTER (on),
                 NULL,
                 NULL,
                 NULL,
                 on_direct,
                 g_object_ref (widget));
  return FALSE;
}

GtkWidget *
mc_papers_direct_row (McContext *context)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *widget = gtk_switch_new ();
  gboolean can = mc_print_can_be_direct ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Print at once"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row),
      can ? _ ("on this machine's default printer, without asking which")
          : _ ("not possible here: from a Flatpak every print goes through the system's dialog"));
  gtk_switch_set_active (GTK_SWITCH (widget), can && mc_store_direct (context->reader));
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (widget, can);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Print at once"),
                                  -1);
  g_signal_connect (widget, "state-set", G_CALLBACK (direct_set), context);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  return row;
}

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_preferences_group_add (group, row);
}

void
mc_papers_numbers_fill (AdwPreferencesGroup *group, McStore *store)
{
  g_autofree char *slot = mc_store_fact (store, "slot");
  g_autofree char *own = g_strdup_printf (
      _ ("This machine, also without a line: %s, which no other machine of the province has, then "
         "its count of the year."),
      slot != NULL ? slot : "····");

  add_row (group, _ ("Number of a form"), own);
  add_row (group,
           _ ("Number in the register"),
           _ ("The province, once the dossier was sent. A receipt printed before leaves it to the "
              "pen."));
  add_row (group,
           _ ("Series and number in the receipt book"),
           _ ("The pre-printed book: typed where the fee is taken."));
}
