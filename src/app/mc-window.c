/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-window"

#include "mc-window-private.h"

#include "mc-text-scale.h"
#include <glib/gi18n.h>

/* Below this many pixels, counted at plain text size, the rows are two lines and the sidebar folds.
 */
#define NARROW_BELOW 1100

G_DEFINE_FINAL_TYPE (McWindow, mc_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
narrow_changed (gpointer data)
{
  McWindow *window = data;

  window->narrow_idle = 0;
  mc_window_set_narrow (window, !window->narrow);
  return G_SOURCE_REMOVE;
}

static void
mc_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  McWindow *window = MC_WINDOW (widget);
  gboolean narrow = width / mc_text_scale_total () < NARROW_BELOW;

  GTK_WIDGET_CLASS (mc_window_parent_class)->size_allocate (widget, width, height, baseline);
  /* Widgets must not come and go while they are being placed. */
  if (narrow != window->narrow && window->narrow_idle == 0)
    window->narrow_idle = g_idle_add (narrow_changed, window);
  else if (narrow == window->narrow)
    g_clear_handle_id (&window->narrow_idle, g_source_remove);
}

static gboolean
mc_window_close_request (GtkWindow *gtk_window)
{
  McWindow *window = MC_WINDOW (gtk_window);
  McContext *context = &window->room->context;

  if (mc_window_working (window))
    {
      mc_window_commit_input (gtk_window);
      mc_window_end_work (window);
    }
  if (context->settings != NULL)
    {
      int width, height;
      gtk_window_get_default_size (gtk_window, &width, &height);
      g_settings_set_boolean (context->settings,
                              "window-maximized",
                              gtk_window_is_maximized (gtk_window));
      g_settings_set_int (context->settings, "window-width", MAX (width, 360));
      g_settings_set_int (context->settings, "window-height", MAX (height, 294));
    }
  /* A backup that is on its way to a slow stick may take a moment to be given up. */
  gtk_widget_set_visible (GTK_WIDGET (gtk_window), FALSE);
  /* What was asked of the thread that writes is finished before the program goes. */
  mc_window_wait_closed (window);
  g_clear_pointer (&window->room->chores, mc_chores_free);
  if (context->syncer != NULL)
    mc_syncer_stop (context->syncer);
  if (context->worker != NULL)
    mc_worker_stop (context->worker);
  return GTK_WINDOW_CLASS (mc_window_parent_class)->close_request (gtk_window);
}

static void
mc_window_dispose (GObject *object)
{
  McWindow *window = MC_WINDOW (object);

  mc_window_keep_clear (window);
  mc_window_lock_clear (window);
  g_clear_handle_id (&window->minute, g_source_remove);
  g_clear_handle_id (&window->search_wait, g_source_remove);
  g_clear_handle_id (&window->narrow_idle, g_source_remove);
  g_queue_clear (&window->pushed);
  g_clear_weak_pointer (&window->toast);
  g_clear_pointer (&window->undo_by, g_free);
  g_clear_pointer (&window->undo_dossier, g_free);
  g_clear_pointer (&window->undo_group, g_free);
  g_clear_pointer (&window->undo_value, json_decref);
  g_clear_pointer (&window->undo_steps, g_ptr_array_unref);
  G_OBJECT_CLASS (mc_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, McWindow, toasts);
  gtk_widget_class_bind_template_child (widget, McWindow, stages);
  gtk_widget_class_bind_template_child (widget, McWindow, gate);
  gtk_widget_class_bind_template_child (widget, McWindow, spinner);
  gtk_widget_class_bind_template_child (widget, McWindow, fold);
  gtk_widget_class_bind_template_child (widget, McWindow, receive);
  gtk_widget_class_bind_template_child (widget, McWindow, back);
  gtk_widget_class_bind_template_child (widget, McWindow, office);
  gtk_widget_class_bind_template_child (widget, McWindow, search);
  gtk_widget_class_bind_template_child (widget, McWindow, sync);
  gtk_widget_class_bind_template_child (widget, McWindow, sync_label);
  gtk_widget_class_bind_template_child (widget, McWindow, user);
  gtk_widget_class_bind_template_child (widget, McWindow, flap);
  gtk_widget_class_bind_template_child (widget, McWindow, pages);
  gtk_widget_class_bind_template_child (widget, McWindow, foot);
  gtk_widget_class_bind_template_child (widget, McWindow, foot_label);
}

static void
mc_window_class_init (McWindowClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_window_dispose;
  widget->size_allocate = mc_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = mc_window_close_request;
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-window.ui");
  bind_children (widget);
  mc_window_gate_class_init (widget);
  mc_window_lock_class_init (widget);
  mc_window_keep_class_init (widget);
  mc_window_say_class_init (widget);
  mc_window_open_class_init (widget);
  mc_window_keys_class_init (widget);
}

static void
mc_window_init (McWindow *window)
{
  g_queue_init (&window->pushed);
  gtk_widget_init_template (GTK_WIDGET (window));
  mc_window_keys_init (window);
  mc_window_reader_init (window);
  mc_window_lock_init (window);
}

static GSettings *
installed_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, MC_APP_ID, TRUE) : NULL;

  return schema != NULL ? g_settings_new (MC_APP_ID) : NULL;
}

static void
apply_settings (McWindow *window)
{
  GSettings *settings = window->room->context.settings;
  g_autofree char *serial = NULL;
  g_autoptr (GError) error = NULL;

  if (settings == NULL)
    return;
  mc_text_scale_apply (g_settings_get_double (settings, "text-scale"));
  gtk_window_set_default_size (GTK_WINDOW (window),
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (window));
  serial = g_settings_get_string (settings, "serial-reader");
  if (serial[0] != '\0' && !mc_reader_open_serial (window->reader, serial, &error))
    mc_window_say (GTK_WIDGET (window),
                   _ ("The card reader on the serial line does not answer. Cards can be typed; "
                      "check its cable."));
}

GtkWidget *
mc_window_new (GtkApplication *application, McDoor *door)
{
  g_return_val_if_fail (door != NULL, NULL);

  McWindow *window = g_object_new (MC_TYPE_WINDOW, "application", application, NULL);
  window->door = mc_door_ref (door);
  window->since_ms = mc_clock_wall (mc_door_clock (door));
  mc_window_new_room (window);
  window->room->context.settings = installed_settings ();
  apply_settings (window);
  mc_window_gate (window);
  return GTK_WIDGET (window);
}
