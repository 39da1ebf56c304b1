/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-safety-people.h"

#include "mc-ask.h"
#include "mc-window-private.h"
#include <glib/gi18n.h>

/* Agents and helpers are guests of the office's machine. Nobody takes himself off it: the last one
 * would leave it shut. */
static gboolean
may_remove (const McStaff *staff, const char *login)
{
  return (staff->role == MC_ROLE_CLERK || staff->role == MC_ROLE_OFFICER ||
          staff->role == MC_ROLE_LEADER) &&
         !g_str_equal (staff->login, login);
}

/* Removal: from the question to what is said afterwards. */
typedef struct
{
  McWindow *window;
  McDoor *door;
  McDataKey *key;
  GtkWidget *row;
  char *login;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->window);
  g_object_unref (removal->row);
  mc_door_unref (removal->door);
  mc_data_key_unref (removal->key);
  g_free (removal->login);
  g_free (removal);
}

static void
remove_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Removal *removal = data;
  g_autoptr (GError) error = NULL;

  if (mc_door_remove (removal->door, removal->key, removal->login, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = g_task_get_task_data (G_TASK (result));
  GtkWidget *group = gtk_widget_get_ancestor (removal->row, ADW_TYPE_PREFERENCES_GROUP);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      mc_window_say_error (GTK_WIDGET (removal->window), error);
      return;
    }
  if (group != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), removal->row);
  mc_window_say (GTK_WIDGET (removal->window),
                 _ ("Taken off this machine. Whoever may have kept a copy of it is shut out by "
                    "changing the data key."));
}

static void
answered (AdwMessageDialog *dialog, const char *response, GtkWidget *row)
{
  McWindow *window = g_object_get_data (G_OBJECT (row), "mc-window");
  McContext *context = &window->room->context;
  g_autoptr (GTask) task = NULL;
  Removal *removal;

  if (!g_str_equal (response, "do") || context->staff == NULL)
    return;
  removal = g_new0 (Removal, 1);
  removal->window = g_object_ref (window);
  removal->door = mc_door_ref (window->door);
  removal->key = mc_data_key_ref (mc_store_key (context->reader));
  removal->row = g_object_ref (row);
  removal->login = g_strdup (g_object_get_data (G_OBJECT (row), "mc-login"));
  task = g_task_new (NULL, NULL, removed, NULL);
  g_task_set_source_tag (task, answered);
  g_task_set_task_data (task, removal, removal_free);
  g_task_run_in_thread (task, remove_in_thread);
}

static void
remove_clicked (GtkWidget *row)
{
  g_autofree char *heading =
      g_strdup_printf (_ ("Take %s off this machine?"),
                       (char *)g_object_get_data (G_OBJECT (row), "mc-name"));
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (gtk_widget_get_root (row)),
                  heading,
                  _ ("What was done stays under that name. An activation code of the province lets "
                     "the same person open this machine again."),
                  _ ("Take off"),
                  TRUE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), row, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
person_row (McWindow *window, const McVaultPerson *person)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s",
                       person->login,
                       person->kind == MC_SECRET_PIN ? _ ("opens it with a PIN")
                                                     : _ ("opens it with a passphrase"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), person->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data (G_OBJECT (row), "mc-window", window);
  g_object_set_data_full (G_OBJECT (row), "mc-login", g_strdup (person->login), g_free);
  g_object_set_data_full (G_OBJECT (row), "mc-name", g_strdup (person->name), g_free);
  if (may_remove (window->room->context.staff, person->login))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Take off…"));
      g_autofree char *name = g_strdup_printf (_ ("Take %s off"), person->name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name,
                                      -1);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked), row);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

void
mc_safety_people_fill (AdwPreferencesGroup *group, McWindow *window)
{
  g_autoptr (GPtrArray) people = mc_door_people (window->door);

  for (guint i = 0; i < people->len; i++)
    adw_preferences_group_add (group, person_row (window, people->pdata[i]));
}
