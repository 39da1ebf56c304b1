/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-declaration-fields.h"

#include "mc-ascii-field.h"
#include "mc-format.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include <glib/gi18n.h>
#include <string.h>

#define FIELDS "mc-declaration-fields"
/* Two short blanks of one line stand beside each other. */
#define BESIDE_MAX 3

/* One blank on the screen. */
typedef struct
{
  char *name;
  const McBlank *blank;
  GtkWidget *widget;
} Field;

typedef struct
{
  McDeclaration *declaration;
  const json_t *values; /* only while it is built */
  GtkWidget *box;
  GPtrArray *all; /* Field */
  GFunc changed;
  gpointer data;
} Fields;

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  g_free (field);
}

static void
fields_free (gpointer data)
{
  Fields *fields = data;

  g_ptr_array_unref (fields->all);
  mc_declaration_unref (fields->declaration);
  g_free (fields);
}

static void
typed (Fields *fields)
{
  fields->changed (fields->box, fields->data);
}

static void
watched (gpointer entry, gpointer data)
{
  typed (data);
}

static GtkWidget *
make_entry (Fields *fields, const McBlank *blank, const char *value)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *shown =
      blank->kind == MC_BLANK_DATE && value != NULL ? mc_format_dob (value) : g_strdup (value);

  if (blank->kind == MC_BLANK_NUMBER || blank->kind == MC_BLANK_MONEY)
    mc_ascii_field_make (entry, TRUE);
  else if (blank->kind == MC_BLANK_IDENTITY || blank->kind == MC_BLANK_PHONE ||
           blank->kind == MC_BLANK_EMAIL || blank->kind == MC_BLANK_DATE)
    mc_ascii_field_make (entry, FALSE);
  if (shown != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), shown);
  mc_reception_field_watch (entry, watched, fields);
  return entry;
}

static GtkWidget *
make_choice (Fields *fields, const McBlank *blank, const char *value)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *choice;
  guint chosen = 0;

  gtk_string_list_append (labels, "—");
  for (guint i = 0; i < blank->option->len; i++)
    {
      const McBlankOption *option = blank->option->pdata[i];

      gtk_string_list_append (labels, option->label);
      chosen = g_strcmp0 (option->id, value) == 0 ? i + 1 : chosen;
    }
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  g_signal_connect_swapped (choice, "notify::selected", G_CALLBACK (typed), fields);
  return choice;
}

/* Returns: the blank with its label */
static GtkWidget *
make_field (Fields *fields, const McBlank *blank, char *name)
{
  Field *field = g_new (Field, 1);
  const char *value = mc_json_string (fields->values, name);
  g_autofree char *label = NULL;

  field->name = name;
  field->blank = blank;
  g_ptr_array_add (fields->all, field);
  if (blank->kind == MC_BLANK_FLAG)
    {
      field->widget = gtk_check_button_new_with_label (blank->label);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (field->widget),
                                   value != NULL && *value != '\0');
      g_signal_connect_swapped (field->widget, "toggled", G_CALLBACK (typed), fields);
      return field->widget;
    }
  field->widget = blank->kind == MC_BLANK_CHOICE ? make_choice (fields, blank, value)
                                                 : make_entry (fields, blank, value);
  label = blank->required ? g_strconcat (blank->label, " *", NULL) : g_strdup (blank->label);
  return mc_reception_field_new (label, field->widget);
}

static gboolean
row_said (const Fields *fields, const McBlank *rows, guint row)
{
  for (guint i = 0; i < rows->column->len; i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%s.%u.%s", rows->key, row, ((McBlank *)rows->column->pdata[i])->key);

      if (mc_json_string (fields->values, name) != NULL)
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_row (Fields *fields, const McBlank *rows, guint row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *words = g_strdup_printf ("%u.", row);
  GtkWidget *number = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_box_append (GTK_BOX (box), number);
  for (guint i = 0; i < rows->column->len; i++)
    {
      const McBlank *column = rows->column->pdata[i];

      gtk_box_append (GTK_BOX (box),
                      make_field (fields,
                                  column,
                                  g_strdup_printf ("%s.%u.%s", rows->key, row, column->key)));
    }
  return box;
}

/* The next row of a table is there when it is asked for. */
static void
on_more (GtkButton *button, GtkWidget *box)
{
  GtkWidget *hidden = NULL;

  for (GtkWidget *row = gtk_widget_get_last_child (box); row != NULL;
       row = gtk_widget_get_prev_sibling (row))
    if (!gtk_widget_get_visible (row))
      hidden = row;
  if (hidden == NULL)
    return;
  gtk_widget_set_visible (hidden, TRUE);
  gtk_widget_child_focus (hidden, GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (GTK_WIDGET (button),
                          !gtk_widget_get_visible (gtk_widget_get_last_child (box)));
}

static GtkWidget *
make_rows (Fields *fields, const McBlank *rows)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *more = gtk_button_new_with_label (_ ("One more row"));
  guint said = 0, shown = 0;

  for (guint row = 1; row <= rows->rows; row++)
    {
      gtk_box_append (GTK_BOX (box), make_row (fields, rows, row));
      said = row_said (fields, rows, row) ? row : said;
    }
  for (GtkWidget *row = gtk_widget_get_first_child (box); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, shown++ < MAX (said, 1));
  gtk_widget_set_halign (more, GTK_ALIGN_START);
  gtk_widget_set_visible (more, !gtk_widget_get_visible (gtk_widget_get_last_child (box)));
  g_signal_connect (more, "clicked", G_CALLBACK (on_more), box);
  gtk_box_append (GTK_BOX (outer), box);
  gtk_box_append (GTK_BOX (outer), more);
  return outer;
}

static void
add_heading (Fields *fields, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_top (label, 9);
  gtk_box_append (GTK_BOX (fields->box), label);
}

static void
add_blank (Fields *fields, GtkWidget *into, const char *key)
{
  const McBlank *blank = mc_declaration_blank (fields->declaration, key);

  if (blank == NULL)
    return;
  gtk_box_append (GTK_BOX (into),
                  blank->kind == MC_BLANK_ROWS ? make_rows (fields, blank)
                                               : make_field (fields, blank, g_strdup (key)));
}

/* The blanks of one line, each once: "{dob}" and "{dob:words}" are one, and so are the cells
 * "{able=yes}" and "{able=no}". */
static GPtrArray *
names_in (const char *text)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *open;

  while (text != NULL && (open = strchr (text, '{')) != NULL && strchr (open, '}') != NULL)
    {
      char *name = g_strndup (open + 1, (gsize)(strchr (open, '}') - open - 1));
      gboolean words = g_str_has_suffix (name, ":words");

      name[strcspn (name, ":=")] = '\0';
      if (words || g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_free (name);
      else
        g_ptr_array_add (names, name);
      text = strchr (open, '}') + 1;
    }
  return names;
}

static void
add_line (Fields *fields, const char *text)
{
  g_autoptr (GPtrArray) names = names_in (text);
  GtkWidget *line = fields->box;

  if (names->len > 1 && names->len <= BESIDE_MAX)
    {
      line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
      gtk_box_append (GTK_BOX (fields->box), line);
    }
  for (guint i = 0; i < names->len; i++)
    add_blank (fields, line, names->pdata[i]);
}

/* A row of cells is a line. */
static void
add_grid (Fields *fields, const json_t *grid)
{
  for (size_t row = 0; row < json_array_size (grid); row++)
    {
      const json_t *cells = json_array_get (grid, row);
      g_autoptr (GString) line = g_string_new (NULL);

      for (size_t i = 0; i < json_array_size (cells); i++)
        g_string_append (line, json_string_value (json_array_get (cells, i)));
      add_line (fields, line->str);
    }
}

/* Place and date above who signs. */
static void
add_sign (Fields *fields, const json_t *sign)
{
  for (size_t i = 0; i < json_array_size (sign); i++)
    add_line (fields, mc_json_string (json_array_get (sign, i), "above"));
}

static void
add_block (Fields *fields, const json_t *block)
{
  static const char *const lines[] = { "line", "text", "small", "right" };
  static const char *const keys[] = { "value", "checks", "table" };

  if (mc_json_string (block, "heading") != NULL)
    add_heading (fields, mc_json_string (block, "heading"));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    add_line (fields, mc_json_string (block, lines[i]));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (mc_json_string (block, keys[i]) != NULL)
      add_blank (fields, fields->box, mc_json_string (block, keys[i]));
  add_line (fields, mc_json_string (block, "words"));
  add_grid (fields, json_object_get (block, "grid"));
  add_sign (fields, json_object_get (block, "sign"));
}

GtkWidget *
mc_declaration_fields_new (McDeclaration *declaration,
                           const json_t *values,
                           GFunc changed,
                           gpointer data)
{
  Fields *fields;
  const json_t *body;

  g_return_val_if_fail (declaration != NULL && changed != NULL, NULL);

  fields = g_new0 (Fields, 1);
  fields->declaration = mc_declaration_ref (declaration);
  fields->values = values;
  fields->all = g_ptr_array_new_with_free_func (field_free);
  fields->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  fields->changed = changed;
  fields->data = data;
  g_object_set_data_full (G_OBJECT (fields->box), FIELDS, fields, fields_free);
  add_line (fields, mc_json_string (declaration->json, "to"));
  body = json_object_get (declaration->json, "body");
  for (size_t i = 0; i < json_array_size (body); i++)
    add_block (fields, json_array_get (body, i));
  add_sign (fields, json_object_get (declaration->json, "sign"));
  fields->values = NULL;
  return fields->box;
}

static Fields *
fields_of (GtkWidget *box)
{
  return g_object_get_data (G_OBJECT (box), FIELDS);
}

/* Returns: (transfer full): what is typed, as it is kept */
static char *
text_of (const Field *field)
{
  g_autofree char *typed_text = NULL;
  char *day;
  guint chosen;

  if (field->blank->kind == MC_BLANK_FLAG)
    return g_strdup (
        gtk_check_button_get_active (GTK_CHECK_BUTTON (field->widget)) ? MC_BLANK_TICKED : "");
  if (field->blank->kind == MC_BLANK_CHOICE)
    {
      chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (field->widget));
      if (chosen == 0 || chosen > field->blank->option->len)
        return g_strdup ("");
      return g_strdup (((McBlankOption *)field->blank->option->pdata[chosen - 1])->id);
    }
  typed_text = mc_reception_field_text (field->widget);
  day = field->blank->kind == MC_BLANK_DATE ? mc_reception_date_parse (typed_text) : NULL;
  /* What is no date yet is kept as it was typed: nothing typed is lost. */
  return day != NULL ? day : g_steal_pointer (&typed_text);
}

json_t *
mc_declaration_fields_get (GtkWidget *box)
{
  Fields *fields = fields_of (box);
  json_t *values = json_object ();

  for (guint i = 0; i < fields->all->len; i++)
    {
      const Field *field = fields->all->pdata[i];
      g_autofree char *text = text_of (field);

      if (*text != '\0')
        json_object_set_new (values, field->name, json_string (text));
    }
  return values;
}

static const char *
doubt_words (McBlankDoubt doubt)
{
  switch (doubt)
    {
    case MC_BLANK_LONG:
      return _ ("Longer than this field may be.");
    case MC_BLANK_NO_DATE:
      return _ ("A date is typed 5/3/2005, 3/2005 or 2005.");
    case MC_BLANK_FUTURE:
      return _ ("This day is still to come.");
    case MC_BLANK_NO_IDENTITY:
      return _ ("An identity number has 12 digits.");
    case MC_BLANK_ODD_IDENTITY:
      return _ ("The number does not go with the province, the date of birth or the sex.");
    case MC_BLANK_NO_PHONE:
      return _ ("A mobile number has 10 digits, a landline 11.");
    case MC_BLANK_NO_EMAIL:
      return _ ("An e-mail address has an @ and a dot: ten@example.com.");
    case MC_BLANK_NO_NUMBER:
      return _ ("Only digits are written here.");
    case MC_BLANK_ODD_NAME:
      return _ ("Look at the name again: it has a digit or a sign, or no family name.");
    case MC_BLANK_FINE:
    case MC_BLANK_MISSING:
    case MC_BLANK_NO_CHOICE:
    default:
      return NULL;
    }
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkEditable *text =
      GTK_IS_ENTRY (widget) ? gtk_editable_get_delegate (GTK_EDITABLE (widget)) : NULL;

  return text != NULL && gtk_widget_has_focus (GTK_WIDGET (text));
}

static McBlankDoubt
doubt_of (GPtrArray *complaints, const char *name)
{
  for (guint i = 0; i < complaints->len; i++)
    if (g_str_equal (((McComplaint *)complaints->pdata[i])->name, name))
      return ((McComplaint *)complaints->pdata[i])->doubt;
  return MC_BLANK_FINE;
}

guint
mc_declaration_fields_check (GtkWidget *box, const char *today, GtkWidget **ret_bad)
{
  Fields *fields = fields_of (box);
  g_autoptr (json_t) values = mc_declaration_fields_get (box);
  g_autoptr (GPtrArray) complaints = mc_declaration_check (fields->declaration, values, today);
  GtkWidget *bad = NULL;
  guint missing = 0;

  for (guint i = 0; i < fields->all->len; i++)
    {
      const Field *field = fields->all->pdata[i];
      McBlankDoubt doubt = doubt_of (complaints, field->name);
      const char *words = doubt_words (doubt);

      missing += doubt == MC_BLANK_MISSING ? 1 : 0;
      bad = bad == NULL && doubt != MC_BLANK_FINE ? field->widget : bad;
      if (field->blank->kind != MC_BLANK_FLAG && (words == NULL || !has_focus (field->widget)))
        mc_reception_field_hint (field->widget, words);
    }
  if (ret_bad != NULL)
    *ret_bad = bad;
  return missing;
}

GtkWidget *
mc_declaration_fields_field (GtkWidget *box, const char *name)
{
  Fields *fields = fields_of (box);

  for (guint i = 0; i < fields->all->len; i++)
    if (g_str_equal (((Field *)fields->all->pdata[i])->name, name))
      return ((Field *)fields->all->pdata[i])->widget;
  return NULL;
}
