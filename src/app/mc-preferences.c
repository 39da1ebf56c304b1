/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-scans-rows.h"
#include "mc-text-scale.h"
#include <glib/gi18n.h>

static void
scale_changed (GtkRange *range, McWindow *window)
{
  GSettings *settings = window->room->context.settings;
  double scale = gtk_range_get_value (range) / 100;

  mc_text_scale_apply (scale);
  if (settings != NULL)
    g_settings_set_double (settings, "text-scale", scale);
}

static GtkWidget *
scale_row (McWindow *window)
{
  static const int marks[] = { 100, 125, 150, 175, 200 };
  GSettings *settings = window->room->context.settings;
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL,
                                               MC_TEXT_SCALE_MIN * 100,
                                               MC_TEXT_SCALE_MAX * 100,
                                               5);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *text = g_strdup_printf ("%d %%", marks[i]);
      gtk_scale_add_mark (GTK_SCALE (scale), marks[i], GTK_POS_BOTTOM, text);
    }
  gtk_range_set_value (GTK_RANGE (scale),
                       settings != NULL ? g_settings_get_double (settings, "text-scale") * 100
                                        : mc_text_scale_total () * 100);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text size"),
                                  -1);
  g_signal_connect_object (scale, "value-changed", G_CALLBACK (scale_changed), window, 0);
  return scale;
}

static void
serial_applied (AdwEntryRow *row, McWindow *window)
{
  const char *device = gtk_editable_get_text (GTK_EDITABLE (row));
  GSettings *settings = window->room->context.settings;
  g_autoptr (GError) error = NULL;

  if (device[0] != '\0' && !mc_reader_open_serial (window->reader, device, &error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  if (settings != NULL)
    g_settings_set_string (settings, "serial-reader", device);
}

static GtkWidget *
serial_row (McWindow *window)
{
  GtkWidget *row = adw_entry_row_new ();
  GSettings *settings = window->room->context.settings;
  g_autofree char *device =
      settings != NULL ? g_settings_get_string (settings, "serial-reader") : g_strdup ("");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 _ ("Card reader on a serial line, such as /dev/ttyACM0"));
  gtk_editable_set_text (GTK_EDITABLE (row), device);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (serial_applied), window, 0);
  return row;
}

static void
minutes_changed (GtkSpinButton *spin, McWindow *window)
{
  GSettings *settings = window->room->context.settings;

  if (settings != NULL)
    g_settings_set_int (settings, "lock-after", gtk_spin_button_get_value_as_int (spin));
}

static GtkWidget *
lock_row (McWindow *window)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (1, 60, 1);
  GSettings *settings = window->room->context.settings;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Lock by itself after"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("minutes without a key or a click; Ctrl+L locks at once"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin),
                             settings != NULL ? g_settings_get_int (settings, "lock-after") : 10);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lock by itself after"),
                                  -1);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (minutes_changed), window, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

void
mc_preferences_present (McWindow *window, gboolean safety)
{
  g_return_if_fail (MC_IS_WINDOW (window));

  GtkWidget *preferences = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *text = adw_preferences_group_new ();
  GtkWidget *reader = adw_preferences_group_new ();
  GtkWidget *lock = adw_preferences_group_new ();
  GtkWidget *keeps = window->room->context.staff != NULL ? mc_safety_page_new (window) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (text), _ ("Text size"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (text), scale_row (window));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (reader), _ ("Card reader"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (reader), serial_row (window));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (lock), _ ("Locking"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (lock), lock_row (window));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (text));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (lock));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (reader));
  if (keeps != NULL)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                              ADW_PREFERENCES_GROUP (mc_scans_rows_new (window)));
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _ ("This machine"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "preferences-system-symbolic");
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), ADW_PREFERENCES_PAGE (page));
  if (keeps != NULL)
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), ADW_PREFERENCES_PAGE (keeps));
  if (keeps != NULL)
    adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences),
                                ADW_PREFERENCES_PAGE (mc_papers_page_new (window)));
  if (keeps != NULL && safety)
    adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (preferences),
                                             ADW_PREFERENCES_PAGE (keeps));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (preferences), FALSE);
  gtk_window_set_title (GTK_WINDOW (preferences), _ ("Preferences"));
  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (window));
  gtk_window_set_modal (GTK_WINDOW (preferences), TRUE);
  mc_window_hear (GTK_WINDOW (preferences));
  gtk_window_present (GTK_WINDOW (preferences));
}
