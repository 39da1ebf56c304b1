/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-restore-page.h"

#include "mc-context.h"
#include "mc-focus.h"
#include "mc-folder.h"
#include "mc-keep-words.h"
#include "mc-signal.h"
#include <glib/gi18n.h>

struct _McRestorePage
{
  GtkWidget parent_instance;
  McDoor *door;
  guint asked; /* which look is the last one: an answer to an earlier one is dropped */

  GtkWidget *content;
  GtkListBox *found;
  GtkLabel *message;
  GtkSpinner *spinner;
  GtkButton *ask;
};

G_DEFINE_FINAL_TYPE (McRestorePage, mc_restore_page, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Found: one backup, and whether it is whole. */
typedef struct
{
  McBackup *backup;
  gboolean whole;
  guint missing;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  mc_backup_free (found->backup);
  g_free (found);
}

/* Look: what another thread reads. */
typedef struct
{
  char *folder;
  guint number;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->folder);
  g_free (look);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Look *look = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = mc_backup_find (look->folder, &error);
  GPtrArray *all;

  if (backups == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  all = g_ptr_array_new_with_free_func (found_free);
  for (guint i = 0; i < backups->len; i++)
    {
      Found *found = g_new0 (Found, 1);

      found->backup = mc_backup_copy (backups->pdata[i]);
      found->whole = mc_backup_whole (found->backup, &found->missing, NULL);
      g_ptr_array_add (all, found);
    }
  g_task_return_pointer (task, all, (GDestroyNotify)g_ptr_array_unref);
}

static void
say (McRestorePage *page, const char *text)
{
  gtk_label_set_text (page->message, text);
  gtk_widget_set_visible (GTK_WIDGET (page->message), text[0] != '\0');
}

static void
set_looking (McRestorePage *page, gboolean looking)
{
  gtk_spinner_set_spinning (page->spinner, looking);
  gtk_widget_set_visible (GTK_WIDGET (page->spinner), looking);
  gtk_widget_set_sensitive (GTK_WIDGET (page->ask), !looking);
}

static GtkWidget *
row_of (McRestorePage *page, const Found *found)
{
  const McBackup *backup = found->backup;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title =
      g_strdup_printf ("%s · %s",
                       backup->office ? backup->office : _ ("Office not said"),
                       backup->machine ? backup->machine : _ ("machine not said"));
  g_autofree char *subtitle = mc_keep_found (backup,
                                             found->whole,
                                             found->missing,
                                             mc_clock_wall (mc_door_clock (page->door)));
  g_autofree char *both = g_strdup_printf ("%s, %s", title, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), found->whole);
  gtk_widget_set_sensitive (row, found->whole);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, both, -1);
  g_object_set_data_full (G_OBJECT (row),
                          "mc-backup",
                          mc_backup_copy (backup),
                          (GDestroyNotify)mc_backup_free);
  return row;
}

static void
clear_list (McRestorePage *page)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (page->found, 0)) != NULL)
    gtk_list_box_remove (page->found, GTK_WIDGET (row));
}

static void
show_found (McRestorePage *page, GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    gtk_list_box_append (page->found, row_of (page, all->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (page->found), all->len > 0);
  if (all->len > 0)
    {
      /* What is next is to take one of them. */
      gtk_widget_remove_css_class (GTK_WIDGET (page->ask), "suggested-action");
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (page->found, 0)));
    }
  else
    say (page,
         _ ("No backup of this program is in this folder. Nothing was changed; choose the folder "
            "that the backup was made to."));
}

static void
looked (GObject *source, GAsyncResult *result, gpointer data)
{
  McRestorePage *page = MC_RESTORE_PAGE (source);
  const Look *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) all = g_task_propagate_pointer (G_TASK (result), NULL);

  if (page->content == NULL || look->number != page->asked)
    return;
  set_looking (page, FALSE);
  if (all != NULL)
    show_found (page, all);
  else
    say (page, _ ("This folder cannot be read. Put the stick in again, then choose it once more."));
}

void
mc_restore_page_look (McRestorePage *page, const char *folder)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  g_return_if_fail (MC_IS_RESTORE_PAGE (page) && folder != NULL);

  look = g_new0 (Look, 1);
  look->folder = g_strdup (folder);
  look->number = ++page->asked;
  clear_list (page);
  say (page, "");
  set_looking (page, TRUE);
  task = g_task_new (page, NULL, looked, NULL);
  g_task_set_source_tag (task, mc_restore_page_look);
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, look_in_thread);
}

static void
folder_chosen (const char *folder, gpointer data)
{
  g_autoptr (McRestorePage) page = data;

  if (folder != NULL && page->content != NULL)
    mc_restore_page_look (page, folder);
}

void
mc_restore_page_ask (McRestorePage *page)
{
  g_return_if_fail (MC_IS_RESTORE_PAGE (page));

  mc_folder_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                 _ ("Folder with the backup"),
                 folder_chosen,
                 g_object_ref (page));
}

static void
row_activated (McRestorePage *page, GtkListBoxRow *row)
{
  g_autoptr (McDoor) door =
      mc_door_new_backup (page->door, g_object_get_data (G_OBJECT (row), "mc-backup"));

  g_signal_emit (page, signals[CHOSEN], 0, door);
}

static void
back_clicked (McRestorePage *page)
{
  g_signal_emit (page, signals[BACK], 0);
}

static gboolean
mc_restore_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MC_RESTORE_PAGE (widget)->ask));
}

static void
mc_restore_page_dispose (GObject *object)
{
  McRestorePage *page = MC_RESTORE_PAGE (object);

  g_clear_pointer (&page->door, mc_door_unref);
  gtk_widget_dispose_template (GTK_WIDGET (page), MC_TYPE_RESTORE_PAGE);
  G_OBJECT_CLASS (mc_restore_page_parent_class)->dispose (object);
}

static void
mc_restore_page_class_init (McRestorePageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_restore_page_dispose;
  mc_focus_class_start (widget, mc_restore_page_grab_focus);
  signals[CHOSEN] = mc_signal_new ("chosen", type, G_TYPE_POINTER);
  signals[BACK] = mc_signal_new ("back", type, G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (widget, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget, "/vn/motcua/MotCua/mc-restore-page.ui");
  gtk_widget_class_bind_template_child (widget, McRestorePage, content);
  gtk_widget_class_bind_template_child (widget, McRestorePage, found);
  gtk_widget_class_bind_template_child (widget, McRestorePage, message);
  gtk_widget_class_bind_template_child (widget, McRestorePage, spinner);
  gtk_widget_class_bind_template_child (widget, McRestorePage, ask);
  gtk_widget_class_bind_template_callback (widget, row_activated);
  gtk_widget_class_bind_template_callback (widget, back_clicked);
  gtk_widget_class_bind_template_callback (widget, mc_restore_page_ask);
}

static void
mc_restore_page_init (McRestorePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mc_restore_page_new (McDoor *door)
{
  McRestorePage *page;

  g_return_val_if_fail (door != NULL, NULL);

  page = g_object_new (MC_TYPE_RESTORE_PAGE, NULL);
  page->door = mc_door_ref (door);
  return GTK_WIDGET (page);
}
