/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-window"

#include "mc-window-private.h"

#include "mc-activate-page.h"
#include "mc-enrol-page.h"
#include "mc-error.h"
#include "mc-practice-screen.h"
#include "mc-rebuild.h"
#include "mc-scrub.h"
#include "mc-sign-in-page.h"
#include "mc-sync-words.h"
#include "mc-trouble-page.h"
#include "mc-unsure-flow.h"
#include <glib/gi18n.h>

/* A spinner sooner would only flicker. */
#define SPINNER_AFTER_MS 300

void
mc_window_show_gate (McWindow *window, GtkWidget *page)
{
  g_autoptr (McEnrolment) enrolment =
      window->door != NULL ? mc_door_enrolment (window->door) : NULL;

  window->sign_in = NULL;
  window->fetching = NULL;
  mc_practice_screen_mark (GTK_WINDOW (window), enrolment != NULL && enrolment->practice);
  adw_bin_set_child (window->gate, page);
  gtk_stack_set_visible_child_name (window->stages, "gate");
  gtk_widget_grab_focus (page);
}

static void
show_trouble (McWindow *window, const GError *error)
{
  g_message ("profile not opened: %s", error->message);
  mc_window_show_gate (window,
                       mc_trouble_page_new (error,
                                            "win.open-profile",
                                            window->damaged != NULL ? "win.rebuild" : NULL));
}

static void
show_activate (McWindow *window, const char *login)
{
  GtkWidget *page = mc_activate_page_new (window->door, login);

  g_signal_connect_object (page,
                           "entered",
                           G_CALLBACK (mc_window_enter),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (mc_window_gate), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
}

/* Who was let in with a secret of before that this machine cannot rely on. */
static void
show_choose (McWindow *window, McArrival *arrival)
{
  show_activate (window, arrival->login);
  mc_activate_page_choose (MC_ACTIVATE_PAGE (adw_bin_get_child (window->gate)), arrival, FALSE);
}

void
mc_window_show_sign_in (McWindow *window, const char *login)
{
  GtkWidget *page = mc_sign_in_page_new (window->door, login);

  g_signal_connect_object (page,
                           "entered",
                           G_CALLBACK (mc_window_enter),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "activate", G_CALLBACK (show_activate), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
  window->sign_in = page;
}

static void
enrolled (McWindow *window)
{
  show_activate (window, NULL);
}

static void
restore_chosen (McWindow *window)
{
  mc_window_show_restore (window, NULL);
}

static void
show_enrol (McWindow *window)
{
  GtkWidget *page = mc_enrol_page_new (window->door);

  g_signal_connect_object (page, "enrolled", G_CALLBACK (enrolled), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restore", G_CALLBACK (restore_chosen), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
}

/* Looked: what lies in the folder, and whether anybody opens it yet. */
typedef struct
{
  McProfileState state;
  gboolean enrolled;
  gboolean people;
} Looked;

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  McDoor *door = data;
  Looked *looked = g_new0 (Looked, 1);
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  if (!mc_door_look (door, &looked->state, &error))
    {
      g_free (looked);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  enrolment = mc_door_enrolment (door);
  people = mc_door_people (door);
  looked->enrolled = enrolment != NULL;
  looked->people = people->len > 0;
  g_task_return_pointer (task, looked, g_free);
}

static void
show_way_in (McWindow *window, const Looked *looked)
{
  if (looked->people)
    mc_window_show_sign_in (window, NULL);
  else if (looked->state == MC_PROFILE_NONE || !looked->enrolled)
    show_enrol (window);
  else
    show_activate (window, NULL);
}

static void
have_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  McWindow *window = MC_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree Looked *looked = g_task_propagate_pointer (G_TASK (result), &error);

  if (window->door == NULL)
    return; /* closed meanwhile */
  if (looked == NULL)
    show_trouble (window, error);
  else
    show_way_in (window, looked);
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

void
mc_window_gate (McWindow *window)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MC_IS_WINDOW (window));

  task = g_task_new (window, NULL, have_looked, NULL);
  gtk_stack_set_visible_child_name (window->stages, "opening");
  g_timeout_add (SPINNER_AFTER_MS, still_opening, g_object_ref (window));
  g_task_set_source_tag (task, mc_window_gate);
  g_task_set_task_data (task, mc_door_ref (window->door), (GDestroyNotify)mc_door_unref);
  g_task_run_in_thread (task, look_in_thread);
}

static void
open_profile (GtkWidget *widget, const char *name, GVariant *target)
{
  mc_window_gate (MC_WINDOW (widget));
}

/* Opening: from somebody at the door to everything that works needs. */
typedef struct
{
  McDoor *door;
  McArrival *entry;
  McContext context;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  if (opening->context.worker != NULL)
    mc_worker_stop (opening->context.worker);
  g_clear_object (&opening->context.worker);
  g_clear_pointer (&opening->context.reader, mc_store_close);
  g_clear_pointer (&opening->context.staff, mc_staff_free);
  mc_arrival_free (opening->entry);
  mc_door_unref (opening->door);
  g_free (opening);
}

static gpointer
work_enter (McDesk *desk, gpointer data, GError **error)
{
  const McArrival *entry = data;

  return mc_desk_enter (desk, entry->login, entry->staff, error)
             ? mc_staff_copy (mc_desk_staff (desk))
             : NULL;
}

/* Whatever was missed in a damaged page may have been said by another name. */
static void
name_damage (Opening *opening, GError **error)
{
  McDataKey *key = opening->entry->key;
  gint64 page = 0;

  if (key != NULL && !g_error_matches (*error, MC_ERROR, MC_ERROR_BUSY))
    page = mc_profile_bad_page (mc_door_profile (opening->door), key);
  if (page == 0)
    return;
  g_clear_error (error);
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "page %" G_GINT64_FORMAT " is damaged", page);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Opening *opening = data;
  McContext *context = &opening->context;
  const char *profile = mc_door_profile (opening->door);
  const McClock *clock = mc_door_clock (opening->door);
  g_autoptr (McEnrolment) enrolment = NULL;
  g_autoptr (GError) error = NULL;

  context->worker = mc_worker_new (profile, clock, opening->entry->key, &error);
  if (context->worker != NULL)
    context->reader = mc_store_open_reader (profile, clock, opening->entry->key, &error);
  if (context->reader != NULL)
    context->staff = mc_worker_call (context->worker, work_enter, opening->entry, &error);
  if (context->staff == NULL)
    {
      name_damage (opening, &error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  enrolment = mc_store_enrolment (context->reader);
  mc_door_entered (opening->door, opening->entry, enrolment);
  g_task_return_boolean (task, TRUE);
}

static void
start_work (McWindow *window)
{
  window->sign_in = NULL;
  window->fetching = NULL;
  adw_bin_set_child (window->gate, NULL);
  mc_window_renew_undo (window);
  mc_window_start_work (window);
  mc_window_find_place (window);
  mc_window_begin_telling (window);
  mc_unsure_flow (GTK_WIDGET (window), &window->room->context);
}

/* A desk that has just been taken in has nothing yet: no procedure to receive under, no people. */
static void
show_fetching (McWindow *window)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *words = gtk_label_new (NULL);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "system-users-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Fetching this office from the province"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("The people and procedures of the office are on their way. This is needed once; from then "
         "on, work goes on without the network too."));
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), words);
  mc_window_show_gate (window, page);
  window->fetching = words;
}

static gboolean
office_here (McWindow *window)
{
  g_autoptr (GPtrArray) staff = mc_store_staff_all (window->room->context.reader, NULL);
  g_autoptr (GPtrArray) procedures = mc_store_procedures (window->room->context.reader, NULL);

  return staff != NULL && staff->len > 0 && procedures != NULL && procedures->len > 0;
}

/* What is not here is not on its way: it lies in a page that cannot be read. */
static void
show_damage (McWindow *window)
{
  g_autoptr (GError) error = g_error_new_literal (MC_ERROR, MC_ERROR_DAMAGED, "the office");

  mc_window_show_gate (window, mc_trouble_page_new (error, "win.open-profile", "win.rebuild"));
}

static void
look_at_fetching (McWindow *window)
{
  McContext *context = &window->room->context;
  McSyncReport report = mc_syncer_report (context->syncer);
  g_autofree char *words =
      mc_sync_words (&report, mc_clock_wall (mc_door_clock (window->door)), NULL);

  if (mc_scrub_bad_page (context->reader) > 0)
    show_damage (window);
  else if (office_here (window))
    start_work (window);
  else
    gtk_label_set_text (GTK_LABEL (window->fetching), words);
}

static void
changed (McWindow *window, McWorker *worker)
{
  if (worker != window->room->context.worker)
    return; /* of a room that is closing */
  if (window->fetching != NULL)
    look_at_fetching (window);
  else if (mc_window_working (window))
    {
      mc_window_refresh (window);
      mc_window_tell_keep (window);
    }
}

static void
reported (McWindow *window, McSyncer *syncer)
{
  if (syncer != window->room->context.syncer)
    return;
  if (window->fetching != NULL)
    look_at_fetching (window);
  else if (mc_window_working (window))
    mc_window_show_sync (window);
}

/* The cable is back, or it is another line. */
static void
network_changed (McWindow *window, gboolean available, GNetworkMonitor *monitor)
{
  McSyncer *syncer = window->room->context.syncer;

  if (syncer == NULL)
    return;
  mc_syncer_set_metered (syncer, g_network_monitor_get_network_metered (monitor));
  mc_syncer_wake (syncer, available);
}

static void
watch_network (McWindow *window)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  mc_syncer_set_metered (window->room->context.syncer,
                         g_network_monitor_get_network_metered (monitor));
  if (window->watches_network)
    return;
  window->watches_network = TRUE;
  g_signal_connect_object (monitor,
                           "network-changed",
                           G_CALLBACK (network_changed),
                           window,
                           G_CONNECT_SWAPPED);
}

/* Everything that was opened is the room's from now on. */
static void
move_in (McWindow *window, McContext *from)
{
  McContext *context = &window->room->context;

  context->worker = g_steal_pointer (&from->worker);
  context->reader = g_steal_pointer (&from->reader);
  context->staff = g_steal_pointer (&from->staff);
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
  watch_network (window);
  mc_syncer_start (context->syncer);
  mc_window_start_chores (window);
}

static void
not_entered (McWindow *window, McArrival **entry, const GError *error)
{
  g_clear_pointer (&window->damaged, mc_arrival_free);
  /* Who has the key can have the database made anew. */
  if (g_error_matches (error, MC_ERROR, MC_ERROR_DAMAGED) && *entry != NULL &&
      (*entry)->key != NULL)
    window->damaged = g_steal_pointer (entry);
  if (window->sign_in != NULL && window->damaged == NULL)
    mc_sign_in_page_fail (MC_SIGN_IN_PAGE (window->sign_in), error);
  else
    show_trouble (window, error);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer data)
{
  McWindow *window = MC_WINDOW (source);
  Opening *opening = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (window->door == NULL)
    return; /* closed meanwhile: the task's data is shut down with it */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      not_entered (window, &opening->entry, error);
      return;
    }
  move_in (window, &opening->context);
  if (office_here (window))
    start_work (window);
  else
    {
      show_fetching (window);
      look_at_fetching (window);
    }
}

void
mc_window_enter (McWindow *window, McArrival *entry)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (MC_IS_WINDOW (window) && entry != NULL);

  /* Who was here before may still have a change on its way to the disk. */
  if (window->closing)
    {
      mc_arrival_free (window->enters);
      window->enters = entry;
      return;
    }
  if (entry->must_choose)
    {
      show_choose (window, entry);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->door = mc_door_ref (window->door);
  opening->entry = entry;
  task = g_task_new (window, NULL, opened, NULL);
  g_task_set_source_tag (task, mc_window_enter);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

void
mc_window_gate_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.open-profile", NULL, open_profile);
}
