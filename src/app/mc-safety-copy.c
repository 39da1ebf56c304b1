/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-safety-copy.h"

#include "mc-text.h"
#include "mc-window-private.h"
#include <glib/gi18n.h>

static gpointer
work_invite (McDesk *desk, gpointer code, GError **error)
{
  return mc_store_set_invitation (mc_desk_store (desk), code, error) ? code : NULL;
}

static void
invited (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (mc_worker_finish (MC_WORKER (source), result, &error) == NULL)
    mc_window_say_error (GTK_WIDGET (window), error);
  else if (window->room != NULL && window->room->context.syncer != NULL)
    mc_syncer_wake (window->room->context.syncer, TRUE);
}

static void
applied (GtkEditable *row, McWindow *window)
{
  g_autofree char *code = mc_text_clean (gtk_editable_get_text (row));

  if (*code == '\0' || window->room->context.staff == NULL)
    return;
  mc_worker_run (window->room->context.worker,
                 work_invite,
                 g_steal_pointer (&code),
                 g_free,
                 NULL,
                 NULL,
                 invited,
                 g_object_ref (window));
}

static const char *
refused_words (const char *why)
{
  if (g_str_equal (why, "code"))
    return _ ("The province does not know this code, or it was used already. Nothing is lost; ask "
              "the administrator for a new one.");
  if (g_str_has_prefix (why, "office"))
    return _ ("This code is another office's. Nothing is lost; ask for one of this office.");
  return _ ("The province did not take the machine in. Nothing is lost; tell its administrator.");
}

void
mc_safety_copy_show (GtkWidget *group, gboolean copied, const char *refused)
{
  gtk_widget_set_visible (group, copied);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      refused != NULL
          ? refused_words (refused)
          : _ ("It joins the office by itself at the first contact. Where the old machine is "
               "suspended, ask the administrator for a connection code and type it "
               "here."));
}

GtkWidget *
mc_safety_copy_new (McWindow *window)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   _ ("This machine was restored and is not taken in yet"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Connection code"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (applied), window, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  mc_safety_copy_show (group, FALSE, NULL);
  return group;
}
