/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps the work safe, as far as the window has to do with it: what the chores found is told,
 * and the ways that lead to a backup and out of damage. */
#include "mc-window-private.h"

#include "mc-activate-page.h"
#include "mc-keep-words.h"
#include "mc-restore-page.h"
#include "mc-sign-in-page.h"
#include <glib/gi18n.h>

static gpointer
work_hinted (McDesk *desk, gpointer data, GError **error)
{
  return mc_backup_hinted (mc_desk_store (desk), error) ? desk : NULL;
}

/* Once, and not on the first day. */
static gboolean
hint (McWindow *window)
{
  McContext *context = &window->room->context;

  if (!mc_backup_hint_due (context->reader))
    return FALSE;
  mc_worker_run (context->worker, work_hinted, NULL, NULL, NULL, NULL, NULL, NULL);
  mc_window_offer (window,
                   _ ("No backup is made yet. A second folder or a stick is enough; from then on "
                      "it makes itself every day."),
                   _ ("Choose…"),
                   "win.safety");
  return TRUE;
}

/* A name for what is to be told now; %NULL: all is well. @ret_words: (transfer full) */
static char *
what_is_wrong (McWindow *window, char **ret_words)
{
  McStore *reader = window->room->context.reader;
  g_autofree char *trouble = NULL;
  g_autoptr (GPtrArray) files = NULL;
  const McScrubFile *file;

  if (mc_scrub_bad_page (reader) > 0)
    {
      *ret_words =
          g_strdup (_ ("A part of this machine's data is damaged. What was sent is safe at "
                       "the province; it can be made anew here, with what has not been "
                       "sent."));
      return g_strdup ("page");
    }
  files = mc_scrub_files (reader);
  file = files->len > 0 ? files->pdata[0] : NULL;
  if (file != NULL && file->at_ms >= window->since_ms)
    {
      g_autofree char *line = mc_keep_file (file);

      *ret_words =
          g_strdup_printf (_ ("A damaged scan was found on this machine and set aside. %s."), line);
      return g_strdup_printf ("file %s", file->sha256);
    }
  mc_backup_last (reader, &trouble);
  if (trouble != NULL)
    {
      *ret_words = mc_keep_trouble (trouble);
      return g_strdup_printf ("backup %s", trouble);
    }
  if (!mc_profile_rekey_begun (reader))
    return NULL;
  *ret_words = g_strdup (_ ("The change of the data key was cut off. Nothing is lost; begin it "
                            "again when there is time."));
  return g_strdup ("rekey");
}

void
mc_window_tell_keep (McWindow *window)
{
  g_autofree char *words = NULL;
  g_autofree char *what = what_is_wrong (window, &words);

  if (g_strcmp0 (what, window->told) == 0)
    return;
  g_free (window->told);
  window->told = g_strdup (what);
  if (what != NULL)
    mc_window_offer (window, words, _ ("Look…"), "win.safety");
}

void
mc_window_start_chores (McWindow *window)
{
  McRoom *room = window->room;

  room->chores = mc_chores_new (room->context.worker,
                                mc_door_profile (window->door),
                                mc_door_clock (window->door),
                                mc_store_key (room->context.reader));
  if (mc_backup_outdated (room->context.reader) && room->chores != NULL)
    mc_chores_back_up (room->chores);
}

void
mc_window_begin_telling (McWindow *window)
{
  if (window->news != NULL)
    {
      mc_window_say (GTK_WIDGET (window), window->news);
      window->news = NULL;
      return;
    }
  if (!hint (window))
    mc_window_tell_keep (window);
}

/* By the secret that opened the desk of the backup, or a code of the province: then it is made. */
static void
came_by_backup (McWindow *window, McArrival *arrival)
{
  mc_window_make (window, mc_making_new (MC_MAKING_RESTORE, window->backup, arrival));
}

static void show_backup (McWindow *window, McDoor *door);

static void
back_to_backup (McWindow *window)
{
  g_autoptr (McDoor) door = mc_door_ref (window->backup);

  show_backup (window, door);
}

static void
activate_backup (McWindow *window, const char *login)
{
  GtkWidget *page = mc_activate_page_new (window->backup, login);

  g_signal_connect_object (page, "entered", G_CALLBACK (came_by_backup), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (back_to_backup), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
}

static void
show_backup (McWindow *window, McDoor *door)
{
  GtkWidget *page;

  if (window->backup != door)
    {
      g_clear_pointer (&window->backup, mc_door_unref);
      window->backup = mc_door_ref (door);
    }
  page = mc_sign_in_page_new (door, NULL);
  mc_sign_in_page_restoring (MC_SIGN_IN_PAGE (page));
  g_signal_connect_object (page, "entered", G_CALLBACK (came_by_backup), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (page,
                           "activate",
                           G_CALLBACK (activate_backup),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (mc_window_gate), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
}

void
mc_window_show_restore (McWindow *window, const GError *error)
{
  GtkWidget *page = mc_restore_page_new (window->door);

  g_signal_connect_object (page, "chosen", G_CALLBACK (show_backup), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (mc_window_gate), window, G_CONNECT_SWAPPED);
  mc_window_show_gate (window, page);
  if (error != NULL)
    mc_window_say_error (GTK_WIDGET (window), error);
  else
    mc_restore_page_ask (MC_RESTORE_PAGE (page));
}

static void
restore (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (window->room->context.staff == NULL)
    mc_window_show_restore (window, NULL);
}

/* At the door with a key that opens, while the database does not. */
static void
rebuild (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (window->damaged != NULL)
    mc_window_make (window,
                    mc_making_new (MC_MAKING_REBUILD,
                                   window->door,
                                   g_steal_pointer (&window->damaged)));
  else
    mc_window_make_alone (window, MC_MAKING_REBUILD);
}

static void
safety (GtkWidget *widget, const char *name, GVariant *target)
{
  McWindow *window = MC_WINDOW (widget);

  if (window->room->context.staff != NULL)
    mc_preferences_present (window, TRUE);
}

void
mc_window_keep_clear (McWindow *window)
{
  g_clear_pointer (&window->backup, mc_door_unref);
  g_clear_pointer (&window->damaged, mc_arrival_free);
  g_clear_pointer (&window->making, mc_making_free);
  g_clear_pointer (&window->told, g_free);
}

void
mc_window_keep_class_init (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.safety", NULL, safety);
  gtk_widget_class_install_action (klass, "win.restore", NULL, restore);
  gtk_widget_class_install_action (klass, "win.rebuild", NULL, rebuild);
}
