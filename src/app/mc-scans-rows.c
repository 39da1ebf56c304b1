/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scans-rows.h"

#include "mc-act.h"
#include "mc-window-private.h"
#include <glib/gi18n.h>

/* Which member of the rule a switch sets. */
#define MEMBER "mc-scans-member"

static void
saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (mc_window_working (window) && !mc_act_finish (&window->room->context, result, &error))
    mc_window_say_error (GTK_WIDGET (window), error);
}

static void
on_switched (GtkSwitch *widget, GParamSpec *pspec, McWindow *window)
{
  McContext *context = &window->room->context;
  McScansRule rule = mc_store_scans_rule (context->reader);
  gsize member = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (widget), MEMBER));

  G_STRUCT_MEMBER (gboolean, &rule, member) = gtk_switch_get_active (widget);
  mc_act_scans_rule (context, &rule, saved, g_object_ref (window));
}

static GtkWidget *
row (McWindow *window, gsize member, const char *title, const char *subtitle)
{
  McScansRule rule = mc_store_scans_rule (window->room->context.reader);
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *widget = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle);
  gtk_switch_set_active (GTK_SWITCH (widget), G_STRUCT_MEMBER (gboolean, &rule, member));
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  g_object_set_data (G_OBJECT (widget), MEMBER, GSIZE_TO_POINTER (member));
  g_signal_connect_object (widget, "notify::active", G_CALLBACK (on_switched), window, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), widget);
  return line;
}

GtkWidget *
mc_scans_rows_new (McWindow *window)
{
  GtkWidget *group = adw_preferences_group_new ();

  g_return_val_if_fail (MC_IS_WINDOW (window), group);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Scanned files"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             row (window,
                                  G_STRUCT_OFFSET (McScansRule, after_hours),
                                  _ ("Only outside office hours"),
                                  _ ("On a slow line, so that pages and searches of the day "
                                     "need not share it; changes are always sent")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             row (window,
                                  G_STRUCT_OFFSET (McScansRule, not_metered),
                                  _ ("Not over a network paid by what it carries"),
                                  _ ("Such as a telephone's; this computer's network settings say "
                                     "which one is")));
  return group;
}
