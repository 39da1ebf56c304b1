/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-window-private.h"

#include "mc-catalogue.h"
#include "mc-change-secret.h"
#include "mc-dossier-page.h"
#include "mc-public-page.h"
#include "mc-reception-page.h"
#include "mc-sign-in-page.h"
#include <time.h>

#define IDLE_LOOK_S 5
#define MINUTE_US (60 * G_USEC_PER_SEC)
#define LOCK_AFTER_DEFAULT 10

/* One page that was open: a dossier, or a draft. */
typedef struct
{
  char *dossier;
  char *draft;
} McPlacePage;

static void
place_page_free (gpointer data)
{
  McPlacePage *page = data;

  g_free (page->dossier);
  g_free (page->draft);
  g_free (page);
}

static void
place_free (McPlace *place)
{
  if (place == NULL)
    return;
  g_free (place->login);
  g_ptr_array_unref (place->pages);
  g_free (place);
}

static void
remember_page (McPlace *place, GtkWidget *widget)
{
  McPlacePage *page = g_new0 (McPlacePage, 1);

  /* What was typed a moment ago gets its draft now. */
  if (MC_IS_PAGE (widget))
    mc_page_leave (MC_PAGE (widget));
  if (MC_IS_DOSSIER_PAGE (widget))
    page->dossier = g_strdup (mc_dossier_page_id (MC_DOSSIER_PAGE (widget)));
  else if (MC_IS_RECEPTION_PAGE (widget))
    page->draft = g_strdup (mc_reception_page_draft (MC_RECEPTION_PAGE (widget)));
  if (page->dossier != NULL || page->draft != NULL)
    g_ptr_array_add (place->pages, page);
  else
    place_page_free (page);
}

static void
remember_place (McWindow *window)
{
  McPlace *place = g_new0 (McPlace, 1);

  place->login = g_strdup (window->room->context.staff->login);
  place->queue = window->queue;
  place->pages = g_ptr_array_new_with_free_func (place_page_free);
  for (GList *item = window->pushed.head; item != NULL; item = item->next)
    remember_page (place, item->data);
  place_free (window->place);
  window->place = place;
}

void
mc_window_find_place (McWindow *window)
{
  g_autofree McPlace *place = g_steal_pointer (&window->place);
  g_autoptr (GPtrArray) pages = NULL;
  g_autofree char *login = NULL;

  if (place == NULL)
    return;
  pages = place->pages;
  login = place->login;
  if (!g_str_equal (login, window->room->context.staff->login))
    return;
  mc_window_show_queue (window, place->queue);
  for (guint i = 0; i < pages->len; i++)
    {
      const McPlacePage *page = pages->pdata[i];

      if (page->dossier != NULL)
        mc_window_open_dossier (window, page->dossier);
      else
        mc_window_open_draft (window, page->draft);
    }
}

/* Dialogs show what the window showed, and a clipboard what was copied out of it. */
static void
close_others (McWindow *window)
{
  g_autoptr (GList) all = gtk_window_list_toplevels ();

  for (GList *item = all; item != NULL; item = item->next)
    if (item->data != window && GTK_IS_WINDOW (item->data) && gtk_widget_get_visible (item->data))
      gtk_window_close (item->data);
}

static void
clear_clipboards (McWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkClipboard *boards[] = { gdk_display_get_clipboard (display),
                             gdk_display_get_primary_clipboard (display) };

  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    if (gdk_clipboard_is_local (boards[i]))
      gdk_clipboard_set_content (boards[i], NULL);
}

/* What is under way is ended first: the last letters typed are on their way to the disk. */
static void
close_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  McRoom *room = data;

  g_clear_pointer (&room->chores, mc_chores_free);
  mc_syncer_stop (room->context.syncer);
  mc_worker_stop (room->context.worker);
  g_task_return_boolean (task, TRUE);
}

static void
closed (GObject *source, GAsyncResult *result, gpointer data)
{
  McWindow *window = MC_WINDOW (source);
  McRoom *room = g_task_get_task_data (G_TASK (result));
  McArrival *enters = g_steal_pointer (&window->enters);

  /* Every answer of the thread that writes came before this one. */
  g_clear_pointer (&room->context.reader, mc_store_close);
  window->closing = FALSE;
  if (window->making != NULL && window->door != NULL)
    mc_window_make (window, g_steal_pointer (&window->making));
  else if (enters != NULL && window->door != NULL)
    mc_window_enter (window, enters);
  else
    mc_arrival_free (enters);
}

static void
close_room (McWindow *window)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, closed, NULL);

  window->closing = TRUE;
  g_task_set_source_tag (task, close_room);
  g_task_set_task_data (task, window->room, NULL);
  g_task_run_in_thread (task, close_in_thread);
}

void
mc_window_lock (McWindow *window)
{
  g_autofree char *login = NULL;

  g_return_if_fail (MC_IS_WINDOW (window));

  if (window->room->context.staff == NULL)
    return;
  login = g_strdup (window->room->context.staff->login);
  close_others (window);
  if (mc_window_working (window))
    {
      mc_window_commit_input (GTK_WINDOW (window));
      remember_place (window);
      mc_window_end_work (window);
    }
  mc_public_sweep (&window->room->context, 0, NULL, NULL);
  mc_window_withdraw_undo (window);
  clear_clipboards (window);
  g_free (window->author);
  window->author = g_strdup (window->room->context.staff->id);
  close_room (window);
  mc_window_new_room (window);
  mc_window_renew_undo (window);
  mc_window_show_sign_in (window, login);
}

void
mc_window_wait_closed (McWindow *window)
{
  while (window->closing)
    g_main_context_iteration (NULL, TRUE);
}

gint64
mc_window_awake_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void
mc_window_look_idle (McWindow *window, gint64 now_us)
{
  GSettings *settings = window->room->context.settings;
  int minutes = settings != NULL ? g_settings_get_int (settings, "lock-after") : LOCK_AFTER_DEFAULT;

  if (now_us - window->touched_us >= minutes * MINUTE_US)
    mc_window_lock (window);
}

static gboolean
idle_look (gpointer data)
{
  mc_window_look_idle (MC_WINDOW (data), mc_window_awake_us ());
  return G_SOURCE_CONTINUE;
}

static gboolean
touched (GtkEventControllerLegacy *controller, GdkEvent *event, McWindow *window)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_MOTION_NOTIFY:
    case GDK_BUTTON_PRESS:
    case GDK_KEY_PRESS:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      window->touched_us = mc_window_awake_us ();
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Typing into a dialog is being there too. */
static void
watch (McWindow *window, GtkWidget *toplevel)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (touched), window, 0);
  gtk_widget_add_controller (toplevel, controller);
}

static void
windows_changed (GListModel *windows, guint position, guint removed, guint added, McWindow *window)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (windows, i);

      watch (window, toplevel);
    }
}

static void
room_free (gpointer data)
{
  McRoom *room = data;

  mc_chores_free (room->chores);
  g_clear_object (&room->context.syncer);
  g_clear_object (&room->context.worker);
  g_clear_pointer (&room->context.reader, mc_store_close);
  g_clear_pointer (&room->context.staff, mc_staff_free);
  g_clear_pointer (&room->context.catalogue, mc_catalogue_unref);
  g_clear_object (&room->context.settings);
  g_free (room);
}

void
mc_window_new_room (McWindow *window)
{
  GObject *application = G_OBJECT (gtk_window_get_application (GTK_WINDOW (window)));
  GPtrArray *rooms = g_object_get_data (application, "mc-rooms");
  GSettings *settings = window->room != NULL ? window->room->context.settings : NULL;

  if (rooms == NULL)
    {
      rooms = g_ptr_array_new_with_free_func (room_free);
      g_object_set_data_full (application, "mc-rooms", rooms, (GDestroyNotify)g_ptr_array_unref);
    }
  window->room = g_new0 (McRoom, 1);
  if (settings != NULL)
    window->room->context.settings = g_object_ref (settings);
  g_ptr_array_add (rooms, window->room);
}

static void
lock (GtkWidget *widget, const char *name, GVariant *target)
{
  mc_window_lock (MC_WINDOW (widget));
}

/* As locking, but nobody is chosen: who comes finds the list. */
static void
change_person (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  mc_window_lock (window);
  if (window->room->context.staff == NULL && window->sign_in != NULL)
    mc_sign_in_page_choose_other (MC_SIGN_IN_PAGE (window->sign_in));
}

static void
change_secret (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (window->room->context.staff != NULL)
    mc_change_secret_present (GTK_WINDOW (window),
                              window->door,
                              window->room->context.staff->login);
}

void
mc_window_lock_init (McWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect_object (windows, "items-changed", G_CALLBACK (windows_changed), window, 0);
  watch (window, GTK_WIDGET (window));
  window->touched_us = mc_window_awake_us ();
  window->idle_tick = g_timeout_add_seconds (IDLE_LOOK_S, idle_look, window);
}

void
mc_window_lock_clear (McWindow *window)
{
  g_clear_handle_id (&window->idle_tick, g_source_remove);
  g_clear_pointer (&window->place, place_free);
  g_clear_pointer (&window->enters, mc_arrival_free);
  g_clear_pointer (&window->author, g_free);
  g_clear_pointer (&window->door, mc_door_unref);
}

void
mc_window_lock_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.lock", NULL, lock);
  gtk_widget_class_install_action (klass, "win.change-person", NULL, change_person);
  gtk_widget_class_install_action (klass, "win.change-secret", NULL, change_secret);
}
