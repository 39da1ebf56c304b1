/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-own-form.h"

#include "mc-field-set.h"
#include <glib/gi18n.h>
#include <string.h>

#define SPACE 12

static const McChoice units[] = {
  { "working_days", N_ ("working days") }, { "days", N_ ("days") },      { "hours", N_ ("hours") },
  { "same_day", N_ ("within the day") },   { "", N_ ("no time known") }, { NULL, NULL },
};
static const McChoice own_units[] = {
  { "", N_ ("as the law has it") },
  { "working_days", N_ ("working days") },
  { "days", N_ ("days") },
  { "hours", N_ ("hours") },
  { "same_day", N_ ("within the day") },
  { NULL, NULL },
};
static const McChoice fees[] = {
  { "none", N_ ("No fee") },
  { "fixed", N_ ("A fixed amount") },
  { "per_page", N_ ("By the number of pages") },
  { "council", N_ ("Set by the provincial council") },
  { "unknown", N_ ("Not known yet") },
  { NULL, NULL },
};
static const McChoice forms[] = {
  { "paper", N_ ("handed in") },
  { "present", N_ ("shown and given back") },
  { "electronic", N_ ("filled in on the form") },
  { "", N_ ("not said") },
  { NULL, NULL },
};

static const McFieldDef head_fields[] = {
  { "code", N_ ("Code"), MC_FIELD_TEXT, NULL, 0, 0, 4 },
  { "from", N_ ("In force from (empty: at once)"), MC_FIELD_DAY, NULL, 4, 0, 8 },
  { "name", N_ ("Name"), MC_FIELD_TEXT, NULL, 0, 1, 12 },
  { "field", N_ ("Field"), MC_FIELD_TEXT, NULL, 0, 2, 12 },
  { "words", N_ ("How residents call it, with commas between"), MC_FIELD_TEXT, NULL, 0, 3, 12 },
  { NULL, NULL, 0, NULL, 0, 0, 0 },
};
static const McFieldDef case_fields[] = {
  { "name", N_ ("Case"), MC_FIELD_TEXT, NULL, 0, 0, 12 },
  { "count", N_ ("Time by law"), MC_FIELD_NUMBER, NULL, 0, 1, 2 },
  { "unit", N_ ("Counted in"), MC_FIELD_CHOICE, units, 2, 1, 4 },
  { "own_count", N_ ("This office promises"), MC_FIELD_NUMBER, NULL, 6, 1, 2 },
  { "own_unit", N_ ("Counted in"), MC_FIELD_CHOICE, own_units, 8, 1, 4 },
  { "source", N_ ("Decision that shortens it"), MC_FIELD_TEXT, NULL, 0, 2, 12 },
  { "direct", N_ ("At the counter"), MC_FIELD_CHECK, NULL, 0, 3, 4 },
  { "online", N_ ("Online"), MC_FIELD_CHECK, NULL, 4, 3, 4 },
  { "post", N_ ("By post"), MC_FIELD_CHECK, NULL, 8, 3, 4 },
  { "fee_kind", N_ ("Fee"), MC_FIELD_CHOICE, fees, 0, 4, 6 },
  { "fee", N_ ("Amount (đồng)"), MC_FIELD_NUMBER, NULL, 6, 4, 6 },
  { "fee_note",
    N_ ("Fee in words: who is exempt, what else is paid"),
    MC_FIELD_TEXT,
    NULL,
    0,
    5,
    12 },
  { "fee_source",
    N_ ("Decision that set the fee, where it is not the law's"),
    MC_FIELD_TEXT,
    NULL,
    0,
    6,
    12 },
  { NULL, NULL, 0, NULL, 0, 0, 0 },
};
static const McFieldDef part_fields[] = {
  { "name", N_ ("Paper"), MC_FIELD_TEXT, NULL, 0, 0, 12 },
  { "originals", N_ ("Originals"), MC_FIELD_NUMBER, NULL, 0, 1, 2 },
  { "copies", N_ ("Copies"), MC_FIELD_NUMBER, NULL, 2, 1, 2 },
  { "form", N_ ("How"), MC_FIELD_CHOICE, forms, 4, 1, 4 },
  { "required", N_ ("Everybody needs it"), MC_FIELD_CHECK, NULL, 8, 1, 4 },
  { NULL, NULL, 0, NULL, 0, 0, 0 },
};

/* A row of a list: a case or a paper. */
typedef struct
{
  McFieldSet *set;
  GtkWidget *card, *title;
} Row;

typedef struct
{
  McOwnForm *form;
  const McFieldDef *defs;
  const char *title; /* msgid with the number in it */
  const char *remove;
  json_t *(*fresh) (void);
  GtkWidget *box;
  GPtrArray *rows; /* Row */
} List;

struct _McOwnForm
{
  GtkWidget *box;
  McFieldSet *head;
  List cases, parts;
  GFunc changed;
  gpointer data;
};

static void
on_set (gpointer set, gpointer data)
{
  McOwnForm *form = data;

  form->changed (form, form->data);
}

static void
name_rows (List *list)
{
  for (guint i = 0; i < list->rows->len; i++)
    {
      Row *row = list->rows->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *title = g_strconcat (_ (list->title), " ", number, NULL);

      gtk_label_set_label (GTK_LABEL (row->title), title);
    }
}

static Row *
row_of (List *list, GtkWidget *inside)
{
  for (guint i = 0; i < list->rows->len; i++)
    if (gtk_widget_is_ancestor (inside, ((Row *)list->rows->pdata[i])->card))
      return list->rows->pdata[i];
  return NULL;
}

/* What stands there now has the focus next. */
static void
remove_clicked (List *list, GtkWidget *button)
{
  Row *row = row_of (list, button);
  guint place;

  if (row == NULL || !g_ptr_array_find (list->rows, row, &place))
    return;
  gtk_box_remove (GTK_BOX (list->box), row->card);
  g_ptr_array_remove_index (list->rows, place);
  name_rows (list);
  if (list->rows->len > 0)
    mc_field_set_focus (((Row *)list->rows->pdata[MIN (place, list->rows->len - 1)])->set, "name");
  on_set (NULL, list->form);
}

static GtkWidget *
new_remove (List *list)
{
  GtkWidget *button = gtk_button_new_with_label (_ (list->remove));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked), list);
  return button;
}

static void
set_margins (GtkWidget *widget, int margin)
{
  gtk_widget_set_margin_top (widget, margin);
  gtk_widget_set_margin_bottom (widget, margin);
  gtk_widget_set_margin_start (widget, margin);
  gtk_widget_set_margin_end (widget, margin);
}

static Row *
add_row (List *list, const json_t *values)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE / 2);

  row->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  row->title = gtk_label_new (NULL);
  row->set = mc_field_set_new (list->defs, on_set, list->form);
  gtk_widget_add_css_class (row->card, "card");
  gtk_widget_add_css_class (row->title, "heading");
  gtk_label_set_xalign (GTK_LABEL (row->title), 0);
  gtk_box_append (GTK_BOX (box), row->title);
  gtk_box_append (GTK_BOX (box), mc_field_set_widget (row->set));
  /* Last: Tab passes all fields before it comes to removing them. */
  gtk_box_append (GTK_BOX (box), new_remove (list));
  set_margins (box, SPACE);
  gtk_box_append (GTK_BOX (row->card), box);
  gtk_box_append (GTK_BOX (list->box), row->card);
  g_ptr_array_add (list->rows, row);
  mc_field_set_put (row->set, values);
  name_rows (list);
  return row;
}

static void
add_clicked (List *list)
{
  g_autoptr (json_t) values = list->fresh ();
  Row *row = add_row (list, values);

  mc_field_set_focus (row->set, "name");
  on_set (NULL, list->form);
}

static void
section (McOwnForm *form, const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_set_margin_top (label, SPACE);
  gtk_box_append (GTK_BOX (form->box), label);
}

static void
build_list (McOwnForm *form, List *list, const char *add)
{
  GtkWidget *button = gtk_button_new_with_label (add);

  list->form = form;
  list->rows = g_ptr_array_new_with_free_func (g_free);
  list->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  gtk_box_append (GTK_BOX (form->box), list->box);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_clicked), list);
  gtk_box_append (GTK_BOX (form->box), button);
}

McOwnForm *
mc_own_form_new (GFunc changed, gpointer data)
{
  McOwnForm *form = g_new0 (McOwnForm, 1);

  form->changed = changed;
  form->data = data;
  form->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACE);
  form->head = mc_field_set_new (head_fields, on_set, form);
  form->cases = (List){ .defs = case_fields,
                        .title = N_ ("Case"),
                        .remove = N_ ("Remove this case"),
                        .fresh = mc_own_state_case };
  form->parts = (List){ .defs = part_fields,
                        .title = N_ ("Paper"),
                        .remove = N_ ("Remove this paper"),
                        .fresh = mc_own_state_part };
  gtk_box_append (GTK_BOX (form->box), mc_field_set_widget (form->head));
  section (form, _ ("Time, channels and fee"));
  build_list (form, &form->cases, _ ("Add a case"));
  section (form, _ ("Papers"));
  build_list (form, &form->parts, _ ("Add a paper"));
  return form;
}

void
mc_own_form_free (McOwnForm *form)
{
  g_ptr_array_unref (form->cases.rows);
  g_ptr_array_unref (form->parts.rows);
  g_free (form);
}

GtkWidget *
mc_own_form_widget (McOwnForm *form)
{
  return form->box;
}

static void
put_list (List *list, const json_t *values)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (list->box)) != NULL)
    gtk_box_remove (GTK_BOX (list->box), child);
  g_ptr_array_set_size (list->rows, 0);
  for (size_t i = 0; i < json_array_size (values); i++)
    add_row (list, json_array_get (values, i));
}

void
mc_own_form_put (McOwnForm *form, const json_t *state, gboolean known)
{
  mc_field_set_put (form->head, state);
  if (known)
    mc_field_set_lock (form->head, "code");
  put_list (&form->cases, json_object_get (state, "cases"));
  put_list (&form->parts, json_object_get (state, "parts"));
}

static json_t *
get_list (List *list)
{
  json_t *values = json_array ();

  for (guint i = 0; i < list->rows->len; i++)
    json_array_append_new (values, mc_field_set_get (((Row *)list->rows->pdata[i])->set));
  return values;
}

json_t *
mc_own_form_get (McOwnForm *form)
{
  json_t *state = mc_field_set_get (form->head);

  json_object_set_new (state, "cases", get_list (&form->cases));
  json_object_set_new (state, "parts", get_list (&form->parts));
  return state;
}

/* The fields that @path is in, and its own name among them. */
static McFieldSet *
find_set (McOwnForm *form, const char *path, const char **ret_key)
{
  g_auto (GStrv) steps = g_strsplit (path, ".", 3);
  List *list = g_str_equal (steps[0], "cases") ? &form->cases : &form->parts;
  guint64 place;

  *ret_key = path;
  if (g_strv_length (steps) != 3)
    return form->head;
  place = g_ascii_strtoull (steps[1], NULL, 10);
  *ret_key = strrchr (path, '.') + 1;
  return place < list->rows->len ? ((Row *)list->rows->pdata[place])->set : NULL;
}

static void
clear_list (List *list)
{
  for (guint i = 0; i < list->rows->len; i++)
    mc_field_set_hint (((Row *)list->rows->pdata[i])->set, NULL, NULL);
}

void
mc_own_form_say (McOwnForm *form, GPtrArray *problems)
{
  mc_field_set_hint (form->head, NULL, NULL);
  clear_list (&form->cases);
  clear_list (&form->parts);
  for (guint i = 0; i < problems->len; i++)
    {
      const McOwnProblem *problem = problems->pdata[i];
      const char *key;
      McFieldSet *set = find_set (form, problem->field, &key);

      if (set != NULL && !problem->missing)
        mc_field_set_hint (set, key, problem->words);
    }
}

void
mc_own_form_focus (McOwnForm *form, const char *field)
{
  const char *key = "name";
  McFieldSet *set = field != NULL ? find_set (form, field, &key) : form->head;

  if (set != NULL && mc_field_set_focus (set, key))
    return;
  mc_field_set_focus (form->head, "name");
}
