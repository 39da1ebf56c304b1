/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the office's papers look: which set of forms, the head, and of each form its number, title,
 * notes and sheet. What is typed is said at once to every desk of the office; a file carries it to
 * another office. */
#include "mc-window-private.h"

#include "mc-error.h"
#include "mc-moment.h"
#include "mc-office-papers.h"
#include "mc-papers-machine.h"
#include "mc-papers.h"
#include "mc-printed-list.h"
#include <glib/gi18n.h>

typedef struct
{
  McWindow *window; /* referenced */
  GtkWidget *page;
  json_t *json;     /* as it is typed */
  json_t *shown;    /* as it stood, or was said last */
  json_t *said;     /* (nullable): as it is being said */
  json_t *bases;    /* what was seen behind it: see mc_papers_change() */
  gboolean keeping; /* something is being said */
  gboolean again;   /* and more was typed meanwhile */
  GPtrArray *forms; /* the rows of the chosen set */
  AdwPreferencesGroup *list, *apart;
  GPtrArray *sides; /* the rows of @apart */
  GtkFileChooserNative *chooser;
  gboolean may;
} Page;

/* Where a row keeps what is typed: "head", "unit" or "forms", "02", "title". */
typedef struct
{
  Page *page;
  const char *group;
  const char *kind; /* (nullable) */
  const char *member;
} Place;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_object (&page->chooser);
  g_ptr_array_unref (page->forms);
  g_ptr_array_unref (page->sides);
  json_decref (page->json);
  json_decref (page->shown);
  json_decref (page->said);
  json_decref (page->bases);
  g_object_unref (page->window);
  g_free (page);
}

static void
say (Page *page, const char *sentence)
{
  GtkRoot *root = gtk_widget_get_root (page->page);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (sentence));
}

/* What is said: {"shown", "json", "bases"}. */
static gpointer
work_keep (McDesk *desk, gpointer data, GError **error)
{
  json_t *bases = NULL;

  return mc_papers_change (desk,
                           json_object_get (data, "shown"),
                           json_object_get (data, "json"),
                           json_object_get (data, "bases"),
                           &bases,
                           error)
             ? bases
             : NULL;
}

static void keep (Page *page);
static void fill_apart (Page *page);
static void fill_forms (Page *page);

static void
say_error (Page *page, const GError *error)
{
  g_autofree char *sentence = mc_error_sentence (error);

  g_warning ("papers: %s", error->message);
  say (page, sentence);
}

/* What was typed while it was said is said next, on top of it. */
static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  Page *page = g_object_get_data (G_OBJECT (widget), "mc-page");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) bases = mc_worker_finish (MC_WORKER (source), result, &error);
  gboolean again = page->again;

  page->keeping = page->again = FALSE;
  if (error != NULL)
    {
      say_error (page, error);
      return;
    }
  json_decref (page->shown);
  page->shown = g_steal_pointer (&page->said);
  json_object_update (page->bases, bases);
  fill_apart (page);
  if (again)
    keep (page);
}

static void
free_json (gpointer json)
{
  json_decref (json);
}

static void
keep (Page *page)
{
  if (page->keeping)
    {
      page->again = TRUE;
      return;
    }
  page->keeping = TRUE;
  json_decref (page->said);
  page->said = json_deep_copy (page->json);
  mc_worker_run (
      page->window->room->context.worker,
      work_keep,
      json_pack ("{s:O,s:O,s:O}", "shown", page->shown, "json", page->said, "bases", page->bases),
      free_json,
      free_json,
      NULL,
      on_kept,
      g_object_ref (page->page));
}

/* The object that a place is in, made where there is none. Borrowed. */
static json_t *
object_in (json_t *json, const char *key)
{
  json_t *object = json_object_get (json, key);

  if (object == NULL)
    {
      object = json_object ();
      json_object_set_new (json, key, object);
    }
  return object;
}

static json_t *
object_of (const Place *place)
{
  json_t *group = object_in (place->page->json, place->group);

  return place->kind != NULL ? object_in (group, place->kind) : group;
}

static void
set_text (const Place *place, const char *text)
{
  if (*text)
    json_object_set_new (object_of (place), place->member, json_string (text));
  else
    json_object_del (object_of (place), place->member);
  keep (place->page);
}

static void
applied (AdwEntryRow *row, const Place *place)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  set_text (place, text);
}

static Place *
place_new (Page *page, const char *group, const char *kind, const char *member)
{
  Place *place = g_new (Place, 1);

  *place = (Place){ page, group, kind, member };
  return place;
}

/* @usual: (nullable): what stands there where nothing is typed */
static GtkWidget *
entry_row (Page *page,
           const char *group,
           const char *kind,
           const char *member,
           const char *title,
           const char *usual)
{
  Place *place = place_new (page, group, kind, member);
  GtkWidget *row = adw_entry_row_new ();
  const char *text = mc_json_string (object_of (place), member);
  g_autofree char *both =
      usual != NULL ? g_strdup_printf ("%s (%s)", title, usual) : g_strdup (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), both);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_editable (GTK_EDITABLE (row), page->may);
  g_object_set_data_full (G_OBJECT (row), "mc-place", place, g_free);
  g_signal_connect (row, "apply", G_CALLBACK (applied), place);
  return row;
}

static const char *const shapes[] = { "a4", "a5", "two" };

static void
shape_chosen (AdwComboRow *row, GParamSpec *property, const Place *place)
{
  guint chosen = adw_combo_row_get_selected (row);

  if (chosen < G_N_ELEMENTS (shapes))
    set_text (place, shapes[chosen]);
}

static GtkWidget *
combo_row (Page *page, const char *title, const char *const *choices, guint chosen)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), chosen);
  gtk_widget_set_sensitive (row, page->may);
  return row;
}

static GtkWidget *
shape_row (Page *page, const char *kind)
{
  const char *const choices[] = { _ ("A4"),
                                  _ ("A5"),
                                  _ ("Two copies on one sheet: to keep, and to give away"),
                                  NULL };
  Place *place = place_new (page, "forms", kind, "sheet");
  const char *shape = mc_json_string (object_of (place), "sheet");
  guint chosen = 0;
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_strcmp0 (shapes[i], shape) == 0)
      chosen = i;
  row = combo_row (page, _ ("Sheet"), choices, chosen);
  g_object_set_data_full (G_OBJECT (row), "mc-place", place, g_free);
  g_signal_connect (row, "notify::selected", G_CALLBACK (shape_chosen), place);
  return row;
}

static gboolean
lies (const char *kind)
{
  return g_str_equal (kind, MC_KIND_REGISTER) || g_str_equal (kind, MC_KIND_HANDOVER);
}

static GtkWidget *
form_row (Page *page, const char *set, const char *kind)
{
  const char *form = mc_papers_usual (set, kind, "form");
  const char *title = mc_papers_usual (set, kind, "title");
  const char *number = mc_papers_usual (set, kind, "number");
  GtkWidget *row = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (row);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (expander, form != NULL ? form : _ ("A paper of the office's own"));
  adw_expander_row_add_row (
      expander,
      entry_row (page, "forms", kind, "form", _ ("Form number above the head"), form));
  adw_expander_row_add_row (expander, entry_row (page, "forms", kind, "title", _ ("Title"), NULL));
  if (number != NULL)
    adw_expander_row_add_row (expander,
                              entry_row (page, "forms", kind, "number", _ ("Number line"), number));
  adw_expander_row_add_row (
      expander,
      entry_row (page, "forms", kind, "notes", _ ("Notes at the foot"), NULL));
  if (!lies (kind))
    adw_expander_row_add_row (expander, shape_row (page, kind));
  return row;
}

static void
fill_forms (Page *page)
{
  const char *set = mc_json_string (page->json, "set");
  const char *const *kinds = mc_papers_kinds (set);

  for (guint i = 0; i < page->forms->len; i++)
    adw_preferences_group_remove (page->list, page->forms->pdata[i]);
  g_ptr_array_set_size (page->forms, 0);
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      GtkWidget *row = form_row (page, set, kinds[i]);

      g_ptr_array_add (page->forms, row);
      adw_preferences_group_add (page->list, row);
    }
}

static void
set_chosen (AdwComboRow *row, GParamSpec *property, Page *page)
{
  const char *const *titles;
  const char *const *ids = mc_papers_sets (&titles);

  json_object_set_new (page->json, "set", json_string (ids[adw_combo_row_get_selected (row)]));
  keep (page);
  fill_forms (page);
}

static GtkWidget *
set_row (Page *page)
{
  const char *const *titles;
  const char *const *ids = mc_papers_sets (&titles);
  guint chosen = 0;
  GtkWidget *row;

  for (guint i = 0; ids[i] != NULL; i++)
    if (g_str_equal (ids[i], mc_json_string (page->json, "set")))
      chosen = i;
  row = combo_row (page, _ ("Set of forms"), titles, chosen);
  g_signal_connect (row, "notify::selected", G_CALLBACK (set_chosen), page);
  return row;
}

static void
write_file (Page *page, const char *path)
{
  g_autofree char *text = mc_json_text (page->json);
  g_autoptr (GError) error = NULL;

  if (g_file_set_contents (path, text, -1, &error))
    say (page, _ ("Saved. Another office can open this file."));
  else
    {
      g_warning ("papers: %s", error->message);
      say (page, _ ("The file could not be written. Choose another place."));
    }
}

/* A form of the file that is none is named by its block, as the one who wrote it knows it. */
static void
read_file (Page *page, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (json_t) json = NULL;
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_get_contents (path, &text, NULL, &error))
    json = mc_json_parse (text, -1, &error);
  /* A file of one declaration is added to what there is. */
  if (json != NULL && json_object_get (json, "fields") != NULL)
    {
      json_t *whole = mc_papers_with_declaration (page->json, json);

      json_decref (json);
      json = whole;
    }
  if (json != NULL)
    papers = mc_papers_parse (json, &error);
  if (papers == NULL)
    {
      g_autofree char *sentence =
          g_strdup_printf (_ ("The file was not taken over, and nothing was changed: %s"),
                           error->message);

      say (page, sentence);
      return;
    }
  json_decref (page->json);
  page->json = mc_papers_json (papers);
  keep (page);
  fill_forms (page);
  say (page, _ ("Taken over. Papers look so from now on."));
}

static void
file_chosen (GtkNativeDialog *dialog, int response, Page *page)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gboolean saving =
      gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (response != GTK_RESPONSE_ACCEPT || path == NULL)
    return;
  if (saving)
    write_file (page, path);
  else
    read_file (page, path);
}

static void
ask_file (Page *page, GtkFileChooserAction action, const char *title, const char *accept)
{
  g_clear_object (&page->chooser);
  page->chooser = gtk_file_chooser_native_new (title,
                                               GTK_WINDOW (gtk_widget_get_root (page->page)),
                                               action,
                                               accept,
                                               _ ("Cancel"));
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (page->chooser), "bieu-mau.json");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (page->chooser), TRUE);
  g_signal_connect (page->chooser, "response", G_CALLBACK (file_chosen), page);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (page->chooser));
}

static void
save_clicked (Page *page)
{
  ask_file (page, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save the office's papers"), _ ("Save"));
}

static void
open_clicked (Page *page)
{
  ask_file (page, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open the office's papers"), _ ("Open"));
}

static GtkWidget *
file_row (Page *page)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *save = gtk_button_new_with_label (_ ("Save…"));
  GtkWidget *open = gtk_button_new_with_label (_ ("Open…"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("As a file"));
  adw_action_row_set_subtitle (
      ADW_ACTION_ROW (row),
      _ ("for another office; a layout or a declaration of one's own comes from a file, too"));
  gtk_widget_set_valign (save, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (open, page->may);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (save_clicked), page);
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_clicked), page);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), save);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), open);
  return row;
}

static AdwPreferencesGroup *
add_group (Page *page, const char *title, const char *words)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), words);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page->page), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* What a group is called: a paper by its title. */
static char *
group_title (Page *page, const char *group)
{
  const char *name = group + strlen (MC_GROUP_PAPERS_PREFIX);
  const char *title = mc_papers_usual (mc_json_string (page->json, "set"), name, "title");

  if (title != NULL)
    return g_strdup (title);
  if (g_str_equal (name, "set"))
    return g_strdup (_ ("Set of forms"));
  return g_str_equal (name, "head") ? g_strdup (_ ("Head of the papers")) : g_strdup (name);
}

/* Its texts, one after the other; of a layout or a declaration what it is called. */
static char *
value_words (const json_t *value)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const char *title = mc_json_string (value, "heading");
  const char *key;
  json_t *text;

  if (json_is_string (value))
    return g_strdup (json_string_value (value));
  if (title != NULL)
    return g_strdup (title);
  json_object_foreach ((json_t *)value, key, text) if (json_is_string (text))
      g_ptr_array_add (texts, (gpointer)json_string_value (text));
  g_ptr_array_add (texts, NULL);
  return texts->len > 1 ? g_strjoinv ("; ", (char **)texts->pdata) : g_strdup (_ ("as usual"));
}

static void
side_chosen (GtkButton *button, const McPapersSide *side)
{
  Page *page = g_object_get_data (G_OBJECT (button), "mc-page");
  g_autoptr (json_t) fresh = mc_store_papers_bases (page->window->room->context.reader);

  mc_papers_put (page->json, side->group, side->value);
  /* Both sides were seen; the one that stands is said once more, to end the other. */
  json_object_set (page->bases, side->group, json_object_get (fresh, side->group));
  mc_papers_put (page->shown, side->group, json_null ());
  keep (page);
  fill_forms (page);
}

static GtkWidget *
side_row (Page *page, GPtrArray *sides, guint place)
{
  const McPapersSide *side = sides->pdata[place];
  McStore *store = page->window->room->context.reader;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Keep this"));
  g_autofree char *title = group_title (page, side->group);
  g_autofree char *words = value_words (side->value);
  g_autofree char *when = mc_moment_words (side->at_ms, mc_store_now (store));
  g_autofree char *both = g_strdup_printf ("%s, %s: %s", side->by, when, words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, page->may);
  g_object_set_data (G_OBJECT (button), "mc-page", page);
  g_object_set_data_full (G_OBJECT (button),
                          "mc-sides",
                          g_ptr_array_ref (sides),
                          (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (side_chosen), (gpointer)side);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_apart (Page *page)
{
  g_autoptr (GPtrArray) sides = mc_store_papers_sides (page->window->room->context.reader);

  for (guint i = 0; i < page->sides->len; i++)
    adw_preferences_group_remove (page->apart, page->sides->pdata[i]);
  g_ptr_array_set_size (page->sides, 0);
  for (guint i = 0; i < sides->len; i++)
    {
      GtkWidget *row = side_row (page, sides, i);

      g_ptr_array_add (page->sides, row);
      adw_preferences_group_add (page->apart, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (page->apart), sides->len > 0);
}

static void
build (Page *page)
{
  const struct
  {
    const char *member, *title;
  } head[] = {
    { "superior", _ ("Superior body, in capitals") },  { "unit", _ ("Office, in capitals") },
    { "symbol", _ ("Its symbol in the number line") }, { "office", _ ("Office in a sentence") },
    { "place", _ ("Place before the date") },
  };
  AdwPreferencesGroup *first;
  AdwPreferencesGroup *second;

  page->apart = add_group (page,
                           _ ("Two people changed the same paper"),
                           _ ("The one that stands comes first. Keep one of them."));
  fill_apart (page);
  first =
      add_group (page,
                 _ ("Papers of the office"),
                 page->may ? _ ("This holds at every machine of the office.")
                           : _ ("Only who leads the office, or looks after it, changes these."));
  second = add_group (page, _ ("Head of the papers"), _ ("Empty: made of the office's name."));
  adw_preferences_group_add (first, set_row (page));
  adw_preferences_group_add (first, mc_papers_direct_row (&page->window->room->context));
  adw_preferences_group_add (first, file_row (page));
  for (guint i = 0; i < G_N_ELEMENTS (head); i++)
    adw_preferences_group_add (second,
                               entry_row (page, "head", NULL, head[i].member, head[i].title, NULL));
  page->list = add_group (page, _ ("Forms"), _ ("Empty: as the law has it."));
  fill_forms (page);
  mc_papers_numbers_fill (add_group (page,
                                     _ ("Numbers"),
                                     _ ("Who allots what is printed as a number.")),
                          page->window->room->context.reader);
  mc_printed_list_other (add_group (page,
                                    _ ("Printed lately"),
                                    _ ("What belongs to no dossier: registers, leaflets, "
                                       "declarations, slips of what to bring.")),
                         &page->window->room->context);
}

GtkWidget *
mc_papers_page_new (McWindow *window)
{
  Page *page = g_new0 (Page, 1);
  g_autoptr (McPapers) papers = mc_papers_of (window->room->context.reader);

  page->window = g_object_ref (window);
  page->json = mc_papers_json (papers);
  page->shown = mc_papers_json (papers);
  page->bases = mc_store_papers_bases (window->room->context.reader);
  page->forms = g_ptr_array_new ();
  page->sides = g_ptr_array_new ();
  page->may = mc_papers_may_change (window->room->context.staff->role);
  page->page = adw_preferences_page_new ();
  g_object_set_data_full (G_OBJECT (page->page), "mc-page", page, page_free);
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page->page), _ ("Forms"));
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page->page), "papers");
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page->page),
                                      "x-office-document-symbolic");
  build (page);
  return page->page;
}
