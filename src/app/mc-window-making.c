/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a whole profile while nobody works in it: restored, given a new key, made anew.
 * It is shown with a bar, may be cut off at any moment, and whoever asked for it goes in after. */
#define G_LOG_DOMAIN "mc-window"

#include "mc-window-private.h"

#include "mc-error.h"
#include "mc-rebuild.h"
#include "mc-trouble-page.h"
#include <glib/gi18n.h>

#define LOOK_MS 100

/* Making: @door leads to a backup for a restore. */
struct _McMaking
{
  McMakingKind kind;
  McDoor *door;
  McArrival *arrival;
  McRebuilt rebuilt;
  gint per_mille; /* atomic */
  guint tick;
  GtkProgressBar *bar; /* weak */
};

static void
making_free (gpointer data)
{
  McMaking *making = data;

  g_clear_handle_id (&making->tick, g_source_remove);
  g_clear_weak_pointer (&making->bar);
  mc_arrival_free (making->arrival);
  mc_door_unref (making->door);
  g_free (making);
}

void
mc_making_free (McMaking *making)
{
  if (making != NULL)
    making_free (making);
}

static void
tell (double share, gpointer data)
{
  McMaking *making = data;

  g_atomic_int_set (&making->per_mille, (gint)(share * 1000));
}

static gboolean
rekey (McMaking *making, GError **error)
{
  McDataKey *next = mc_profile_rekey (mc_door_profile (making->door),
                                      making->arrival->key,
                                      NULL,
                                      tell,
                                      making,
                                      error);

  if (next == NULL)
    return FALSE;
  mc_data_key_unref (making->arrival->key);
  making->arrival->key = next;
  return TRUE;
}

static void
make_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  McMaking *making = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  switch (making->kind)
    {
    case MC_MAKING_RESTORE:
      ok = mc_door_restore (making->door, making->arrival, tell, making, &error);
      break;
    case MC_MAKING_REKEY:
      ok = rekey (making, &error);
      break;
    case MC_MAKING_REBUILD:
      ok = mc_profile_rebuild (mc_door_profile (making->door),
                               mc_door_clock (making->door),
                               making->arrival->key,
                               tell,
                               making,
                               &making->rebuilt,
                               &error);
      break;
    }
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* What is said once the window is open again. */
static const char *
news_of (const McMaking *making)
{
  switch (making->kind)
    {
    case MC_MAKING_RESTORE:
      return _ (
          "Restored. This machine joins the office as a new one by itself; what is newer than "
          "the backup comes from the province.");
    case MC_MAKING_REKEY:
      return _ ("The data key was changed. A new backup is being made; older ones still open with "
                "the secrets of before, so delete those that lie elsewhere.");
    case MC_MAKING_REBUILD:
      break;
    }
  return making->rebuilt.whole
             ? _ ("The damaged file was made anew. Nothing is missing.")
             : _ ("The damaged file was made anew from all that could be read. What is missing "
                  "comes from the province.");
}

static void
failed (McWindow *window, McMaking *making, const GError *error)
{
  g_message ("a profile was not made: %s", error->message);
  switch (making->kind)
    {
    case MC_MAKING_RESTORE:
      mc_window_show_restore (window, error);
      break;
    case MC_MAKING_REKEY:
      mc_window_show_sign_in (window, making->arrival->login);
      mc_window_say_error (GTK_WIDGET (window), error);
      break;
    case MC_MAKING_REBUILD:
      mc_window_show_gate (window, mc_trouble_page_new (error, "win.open-profile", NULL));
      break;
    }
}

static void
made (GObject *source, GAsyncResult *result, gpointer data)
{
  McWindow *window = MC_WINDOW (source);
  McMaking *making = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&making->tick, g_source_remove);
  if (window->door == NULL)
    return; /* closed meanwhile: the next opening goes on */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      failed (window, making, error);
      return;
    }
  window->news = news_of (making);
  mc_window_enter (window, g_steal_pointer (&making->arrival));
}

static gboolean
look (gpointer data)
{
  McMaking *making = data;

  if (making->bar != NULL)
    gtk_progress_bar_set_fraction (making->bar, g_atomic_int_get (&making->per_mille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static GtkWidget *
page_of (McMaking *making)
{
  static const struct
  {
    const char *title;
    const char *words;
  } pages[] = {
    [MC_MAKING_RESTORE] = { N_ ("Restoring from the backup"),
                            N_ ("Everything is copied and checked. Leave the stick in; if the "
                                "power fails, begin again.") },
    [MC_MAKING_REKEY] = { N_ ("Changing the data key"),
                          N_ ("Everything on this machine gets a new key. If the power fails "
                              "nothing is lost; it can be begun again after "
                              "signing in.") },
    [MC_MAKING_REBUILD] = { N_ ("Making the damaged file anew"),
                            N_ ("Everything that can be read is taken over, what has not been sent "
                                "first. The damaged file is kept.") },
  };
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *bar = gtk_progress_bar_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "emblem-synchronizing-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ (pages[making->kind].title));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ (pages[making->kind].words));
  gtk_widget_set_size_request (bar, 360, -1);
  gtk_widget_set_halign (bar, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (pages[making->kind].title),
                                  -1);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), bar);
  g_set_weak_pointer (&making->bar, GTK_PROGRESS_BAR (bar));
  return page;
}

void
mc_window_make (McWindow *window, McMaking *making)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, made, NULL);

  mc_window_show_gate (window, page_of (making));
  making->tick = g_timeout_add (LOOK_MS, look, making);
  g_task_set_source_tag (task, mc_window_make);
  g_task_set_task_data (task, making, making_free);
  g_task_run_in_thread (task, make_in_thread);
}

McMaking *
mc_making_new (McMakingKind kind, McDoor *door, McArrival *arrival)
{
  McMaking *making = g_new0 (McMaking, 1);

  making->kind = kind;
  making->door = mc_door_ref (door);
  making->arrival = arrival;
  return making;
}

/* Wanted: by whom, and what; asked from a dialog that has to be gone first. */
typedef struct
{
  McWindow *window;
  McMakingKind kind;
} Wanted;

static gboolean
make_alone (gpointer data)
{
  g_autofree Wanted *wanted = data;
  g_autoptr (McWindow) window = wanted->window;
  McContext *context = &window->room->context;
  McArrival *arrival;

  if (window->door == NULL || context->staff == NULL || mc_store_key (context->reader) == NULL)
    return G_SOURCE_REMOVE;
  arrival = g_new0 (McArrival, 1);
  arrival->login = g_strdup (context->staff->login);
  arrival->key = mc_data_key_ref (mc_store_key (context->reader));
  mc_window_lock (window);
  window->making = mc_making_new (wanted->kind, window->door, arrival);
  mc_window_show_gate (window, page_of (window->making));
  return G_SOURCE_REMOVE;
}

void
mc_window_make_alone (McWindow *window, McMakingKind kind)
{
  Wanted *wanted;

  g_return_if_fail (MC_IS_WINDOW (window));

  wanted = g_new0 (Wanted, 1);
  wanted->window = g_object_ref (window);
  wanted->kind = kind;
  g_idle_add (make_alone, wanted);
}
