/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who opens this machine, its backup, what the scrub found, its data key: in the preferences. */
#include "mc-window-private.h"

#include "mc-ask.h"
#include "mc-folder.h"
#include "mc-keep-words.h"
#include "mc-moment.h"
#include "mc-safety-copy.h"
#include "mc-safety-people.h"
#include <glib/gi18n.h>

/* State: what the profile says, read by the thread that writes. */
typedef struct
{
  char *folder; /* (nullable) */
  char *trouble;
  gint64 backup_ms;
  gint64 scrub_ms;
  gint64 bad_page;
  gboolean outdated;
  gboolean rekey_begun;
  gboolean copied;
  char *refused; /* (nullable) */
  GPtrArray *files;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  g_free (state->folder);
  g_free (state->trouble);
  g_free (state->refused);
  g_clear_pointer (&state->files, g_ptr_array_unref);
  g_free (state);
}

/* Page: owned by its widget. */
typedef struct
{
  McWindow *window;
  GtkWidget *page;
  AdwPreferencesGroup *disk;
  GtkWidget *place, *last, *now, *spinner;
  GtkWidget *scrub, *key, *copy;
  GPtrArray *found; /* rows of damaged things, in @disk */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_object_unref (page->window);
  g_ptr_array_unref (page->found);
  g_free (page);
}

static gpointer
work_state (McDesk *desk, gpointer data, GError **error)
{
  McStore *store = mc_desk_store (desk);
  State *state = g_new0 (State, 1);

  state->folder = mc_backup_folder (store);
  state->backup_ms = mc_backup_last (store, &state->trouble);
  state->outdated = mc_backup_outdated (store);
  state->scrub_ms = mc_scrub_last (store);
  state->bad_page = mc_scrub_bad_page (store);
  state->files = mc_scrub_files (store);
  state->rekey_begun = mc_profile_rekey_begun (store);
  state->copied = mc_store_copied (store);
  state->refused = mc_store_invitation_refused (store);
  return state;
}

static void
set_subtitle (GtkWidget *row, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
}

static GtkWidget *
row_with (const char *title, const char *button, GCallback clicked, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (button != NULL)
    {
      GtkWidget *widget = gtk_button_new_with_label (button);

      gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (widget, "clicked", clicked, data);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
      g_object_set_data (G_OBJECT (row), "mc-button", widget);
    }
  return row;
}

static McChores *
chores_of (Page *page)
{
  return page->window->room->chores;
}

static void
show_backup (Page *page, const State *state, gint64 now_ms)
{
  gboolean making = chores_of (page) != NULL && mc_chores_backing_up (chores_of (page));
  g_autoptr (GString) last = g_string_new (NULL);
  g_autofree char *done = mc_keep_last (state->backup_ms, now_ms);

  set_subtitle (page->place,
                state->folder ? state->folder
                              : _ ("None chosen yet: a second folder or a stick, not this disk"));
  g_string_append (last, making ? _ ("Being made…") : done);
  if (!making && state->trouble != NULL)
    {
      g_autofree char *trouble = mc_keep_trouble (state->trouble);

      g_string_append_printf (last, "\n%s", trouble);
    }
  if (state->outdated)
    g_string_append_printf (last,
                            "\n%s",
                            _ ("It still opens with the key of before; the next one takes its "
                               "place."));
  set_subtitle (page->last, last->str);
  gtk_widget_set_sensitive (page->now, state->folder != NULL && !making);
  gtk_widget_set_visible (page->spinner, making);
  gtk_spinner_set_spinning (GTK_SPINNER (page->spinner), making);
}

static void
rebuild_clicked (Page *page)
{
  mc_window_make_alone (page->window, MC_MAKING_REBUILD);
}

static void
add_found (Page *page, GtkWidget *row)
{
  adw_preferences_group_add (page->disk, row);
  g_ptr_array_add (page->found, row);
}

static void
show_scrub (Page *page, const State *state, gint64 now_ms)
{
  g_autofree char *moment = state->scrub_ms > 0 ? mc_moment_words (state->scrub_ms, now_ms) : NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < page->found->len; i++)
    adw_preferences_group_remove (page->disk, page->found->pdata[i]);
  g_ptr_array_set_size (page->found, 0);
  if (moment == NULL)
    words = g_strdup (_ ("Under way, a little every few minutes"));
  else if (state->files->len == 0 && state->bad_page == 0)
    words = g_strdup_printf (_ ("%s, nothing damaged"), moment);
  else
    words = g_strdup_printf (_ ("%s, damage found"), moment);
  set_subtitle (page->scrub, words);
  if (state->bad_page > 0)
    {
      GtkWidget *row = row_with (_ ("A part of the data is damaged"),
                                 _ ("Make it anew"),
                                 G_CALLBACK (rebuild_clicked),
                                 page);

      set_subtitle (row, _ ("What has not been sent is taken over first"));
      add_found (page, row);
    }
  for (guint i = 0; i < state->files->len; i++)
    {
      const McScrubFile *file = state->files->pdata[i];
      g_autofree char *line = mc_keep_file (file);
      GtkWidget *row = row_with (file->name ? file->name : _ ("A scan"), NULL, NULL, NULL);

      set_subtitle (row, line);
      add_found (page, row);
    }
}

static void
show (Page *page, const State *state)
{
  gint64 now_ms = mc_clock_wall (mc_door_clock (page->window->door));

  mc_safety_copy_show (page->copy, state->copied, state->refused);
  show_backup (page, state, now_ms);
  show_scrub (page, state, now_ms);
  set_subtitle (page->key,
                state->rekey_begun
                    ? _ ("The last change was cut off. Nothing is lost; begin it again.")
                    : _ ("After somebody left who may have kept a copy. The window closes for it "
                         "and comes back."));
}

/* Reading: the page may be gone when the answer comes. */
static void
state_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  State *state = mc_worker_finish (MC_WORKER (source), result, NULL);
  Page *page = g_object_get_data (G_OBJECT (widget), "mc-page");

  if (state != NULL && gtk_widget_get_root (widget) != NULL && page->window->door != NULL)
    show (page, state);
  g_clear_pointer (&state, state_free);
}

static void
refresh (Page *page)
{
  McContext *context = &page->window->room->context;

  if (context->staff != NULL)
    mc_worker_run (context->worker,
                   work_state,
                   NULL,
                   NULL,
                   state_free,
                   NULL,
                   state_read,
                   g_object_ref (page->page));
}

/* The page is what outlives a signal: its data is looked up. */
static void
changed (GtkWidget *widget)
{
  refresh (g_object_get_data (G_OBJECT (widget), "mc-page"));
}

static gpointer
work_set_folder (McDesk *desk, gpointer folder, GError **error)
{
  return mc_backup_set_folder (mc_desk_store (desk), folder, error) ? desk : NULL;
}

static void
folder_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  Page *page = g_object_get_data (G_OBJECT (widget), "mc-page");
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (widget) == NULL)
    return;
  if (mc_worker_finish (MC_WORKER (source), result, &error) == NULL)
    mc_window_say_error (GTK_WIDGET (page->window), error);
  else if (chores_of (page) != NULL)
    mc_chores_back_up (chores_of (page));
  refresh (page);
}

static void
folder_chosen (const char *folder, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  Page *page = g_object_get_data (G_OBJECT (widget), "mc-page");
  McContext *context = &page->window->room->context;

  if (folder != NULL && gtk_widget_get_root (widget) != NULL && context->staff != NULL)
    mc_worker_run (context->worker,
                   work_set_folder,
                   g_strdup (folder),
                   g_free,
                   NULL,
                   NULL,
                   folder_set,
                   g_object_ref (widget));
}

static void
place_clicked (Page *page)
{
  mc_folder_ask (GTK_WINDOW (gtk_widget_get_root (page->page)),
                 _ ("Folder for the backup"),
                 folder_chosen,
                 g_object_ref (page->page));
}

static void
now_clicked (Page *page)
{
  if (chores_of (page) != NULL)
    mc_chores_back_up (chores_of (page));
  refresh (page);
}

static void
rekey_answered (AdwMessageDialog *dialog, const char *response, GtkWidget *widget)
{
  Page *page = g_object_get_data (G_OBJECT (widget), "mc-page");

  if (g_str_equal (response, "do"))
    mc_window_make_alone (page->window, MC_MAKING_REKEY);
}

static void
rekey_clicked (Page *page)
{
  AdwMessageDialog *dialog =
      mc_ask_new (GTK_WINDOW (gtk_widget_get_root (page->page)),
                  _ ("Change the data key?"),
                  _ ("Nobody's PIN or passphrase changes. Backups made until now still open with "
                     "the secrets of before: the one in the chosen folder is replaced at once, "
                     "others have to be deleted by hand."),
                  _ ("Change the data key"),
                  FALSE);

  g_signal_connect_object (dialog, "response", G_CALLBACK (rekey_answered), page->page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static AdwPreferencesGroup *
add_group (Page *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

static void
build_backup (Page *page)
{
  AdwPreferencesGroup *group = add_group (page, _ ("Daily backup"));

  page->place = row_with (_ ("Where it goes"), _ ("Choose…"), G_CALLBACK (place_clicked), page);
  page->last = row_with (_ ("Last backup"), _ ("Back up now"), G_CALLBACK (now_clicked), page);
  page->now = g_object_get_data (G_OBJECT (page->last), "mc-button");
  page->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (page->spinner, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (page->last), page->spinner);
  adw_preferences_group_add (group, page->place);
  adw_preferences_group_add (group, page->last);
}

static void
build (Page *page)
{
  AdwPreferencesGroup *people;
  AdwPreferencesGroup *key;

  page->copy = mc_safety_copy_new (page->window);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page), ADW_PREFERENCES_GROUP (page->copy));
  people = add_group (page, _ ("Who opens this machine"));
  mc_safety_people_fill (people, page->window);
  build_backup (page);
  page->disk = add_group (page, _ ("Disk"));
  page->scrub = row_with (_ ("Looked through for damage"), NULL, NULL, NULL);
  adw_preferences_group_add (page->disk, page->scrub);
  key = add_group (page, _ ("Data key"));
  page->key = row_with (_ ("Change the data key"), _ ("Change…"), G_CALLBACK (rekey_clicked), page);
  adw_preferences_group_add (key, page->key);
}

GtkWidget *
mc_safety_page_new (McWindow *window)
{
  Page *page = g_new0 (Page, 1);

  page->window = g_object_ref (window);
  page->found = g_ptr_array_new ();
  page->page = adw_preferences_page_new ();
  g_object_set_data_full (G_OBJECT (page->page), "mc-page", page, page_free);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page->page), _ ("Data safety"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page->page), "security-high-symbolic");
  build (page);
  g_signal_connect_object (window->room->context.worker,
                           "changed",
                           G_CALLBACK (changed),
                           page->page,
                           G_CONNECT_SWAPPED);
  refresh (page);
  return page->page;
}
