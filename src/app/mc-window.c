/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-window"

#include "mc-window-private.h"

#include "mc-catalogue.h"
#include "mc-enrol-page.h"
#include "mc-sign-in-page.h"
#include "mc-text-scale.h"
#include "mc-trouble-page.h"
#include <glib/gi18n.h>

/* Below this many pixels, counted at plain text size, the rows are two lines and the sidebar folds.
 */
#define NARROW_BELOW 1100
/* A spinner sooner would only flicker. */
#define SPINNER_AFTER_MS 300

G_DEFINE_FINAL_TYPE (McWindow, mc_window, ADW_TYPE_APPLICATION_WINDOW)

static void choose_stage (McWindow *window);

static void
room_free (gpointer data)
{
  McRoom *room = data;

  g_clear_object (&room->context.syncer);
  g_clear_object (&room->context.worker);
  g_clear_pointer (&room->context.reader, mc_store_close);
  g_clear_pointer (&room->context.staff, mc_staff_free);
  g_clear_pointer (&room->context.catalogue, mc_catalogue_unref);
  g_clear_object (&room->context.settings);
  g_ptr_array_unref (room->former);
  g_free (room);
}

static void
show_gate (McWindow *window, GtkWidget *page)
{
  window->sign_in = NULL;
  adw_bin_set_child (window->gate, page);
  gtk_stack_set_visible_child_name (window->stages, "gate");
}

static void
show_trouble (McWindow *window, const GError *error)
{
  g_message ("profile not opened: %s", error->message);
  show_gate (window, mc_trouble_page_new (error, "win.open-profile"));
}

static void
signed_in (McWindow *window, McStaff *staff)
{
  window->room->context.staff = staff;
  mc_window_renew_undo (window);
  window->sign_in = NULL;
  adw_bin_set_child (window->gate, NULL);
  mc_window_start_work (window);
}

static void
show_sign_in (McWindow *window)
{
  GtkWidget *page = mc_sign_in_page_new (&window->room->context);

  g_signal_connect_object (page, "signed-in", G_CALLBACK (signed_in), window, G_CONNECT_SWAPPED);
  show_gate (window, page);
  window->sign_in = page;
}

static void
enrolled (McWindow *window)
{
  mc_syncer_wake (window->room->context.syncer, TRUE);
  show_sign_in (window);
}

static void
choose_stage (McWindow *window)
{
  McContext *context = &window->room->context;
  McEnrolment *enrolment = mc_store_enrolment (context->reader);

  if (enrolment != NULL)
    show_sign_in (window);
  else
    {
      GtkWidget *page = mc_enrol_page_new (context);
      g_signal_connect_object (page, "enrolled", G_CALLBACK (enrolled), window, G_CONNECT_SWAPPED);
      show_gate (window, page);
    }
  g_clear_pointer (&enrolment, mc_enrolment_free);
}

static void
changed (McWindow *window)
{
  if (window->sign_in != NULL)
    mc_sign_in_page_refresh (MC_SIGN_IN_PAGE (window->sign_in));
  else if (mc_window_working (window))
    mc_window_refresh (window);
}

static void
reported (McWindow *window)
{
  if (window->sign_in != NULL)
    mc_sign_in_page_refresh (MC_SIGN_IN_PAGE (window->sign_in));
  else if (mc_window_working (window))
    mc_window_show_sync (window);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  McWorker *worker = mc_worker_new (data, mc_clock_system (), NULL, &error);

  if (worker != NULL)
    g_task_return_pointer (task, worker, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer data)
{
  McWindow *window = MC_WINDOW (source);
  McContext *context = &window->room->context;
  g_autoptr (GError) error = NULL;

  context->worker = g_task_propagate_pointer (G_TASK (result), &error);
  if (context->worker != NULL)
    context->reader = mc_store_open_reader (window->profile, mc_clock_system (), NULL, &error);
  if (context->reader == NULL)
    {
      if (context->worker != NULL)
        mc_worker_stop (context->worker);
      g_clear_object (&context->worker);
      show_trouble (window, error);
      return;
    }
  context->syncer = mc_syncer_new (context->worker);
  g_signal_connect_object (context->worker,
                           "changed",
                           G_CALLBACK (changed),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->syncer,
                           "report",
                           G_CALLBACK (reported),
                           window,
                           G_CONNECT_SWAPPED);
  mc_syncer_start (context->syncer);
  choose_stage (window);
}

static gboolean
still_opening (gpointer data)
{
  g_autoptr (McWindow) window = data;

  gtk_spinner_set_spinning (window->spinner,
                            g_strcmp0 (gtk_stack_get_visible_child_name (window->stages),
                                       "opening") == 0);
  return G_SOURCE_REMOVE;
}

static void
open_profile (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  g_autoptr (GTask) task = g_task_new (window, NULL, opened, NULL);

  gtk_stack_set_visible_child_name (window->stages, "opening");
  g_timeout_add (SPINNER_AFTER_MS, still_opening, g_object_ref (window));
  g_task_set_source_tag (task, open_profile);
  g_task_set_task_data (task, g_strdup (window->profile), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

static gpointer
work_sign_out (McDesk *desk, gpointer data, GError **error)
{
  mc_desk_sign_out (desk);
  return GINT_TO_POINTER (TRUE);
}

static void
sign_out (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);
  McContext *context = &window->room->context;

  if (context->staff == NULL)
    return;
  mc_window_end_work (window);
  mc_window_withdraw_undo (window);
  mc_worker_run (context->worker, work_sign_out, NULL, NULL, NULL, NULL, NULL, NULL);
  g_ptr_array_add (window->room->former, g_steal_pointer (&context->staff));
  mc_window_renew_undo (window);
  show_sign_in (window);
}

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
  /* What was asked of the thread that writes is finished before the window goes. */
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

  g_clear_handle_id (&window->minute, g_source_remove);
  g_clear_handle_id (&window->search_wait, g_source_remove);
  g_clear_handle_id (&window->narrow_idle, g_source_remove);
  g_queue_clear (&window->pushed);
  g_clear_weak_pointer (&window->toast);
  g_clear_pointer (&window->profile, g_free);
  g_clear_pointer (&window->undo_by, g_free);
  g_clear_pointer (&window->undo_dossier, g_free);
  g_clear_pointer (&window->undo_group, g_free);
  g_clear_pointer (&window->undo_value, json_decref);
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
  gtk_widget_class_install_action (widget, "win.open-profile", NULL, open_profile);
  gtk_widget_class_install_action (widget, "win.sign-out", NULL, sign_out);
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
mc_window_new (GtkApplication *application, const char *profile)
{
  g_return_val_if_fail (profile != NULL, NULL);

  McWindow *window = g_object_new (MC_TYPE_WINDOW, "application", application, NULL);
  window->profile = g_strdup (profile);
  window->room = g_new0 (McRoom, 1);
  window->room->former = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_staff_free);
  window->room->context.settings = installed_settings ();
  g_object_set_data_full (G_OBJECT (application), "mc-room", window->room, room_free);
  apply_settings (window);
  open_profile (GTK_WIDGET (window), NULL, NULL);
  return GTK_WIDGET (window);
}
