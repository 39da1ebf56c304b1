/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-field-set.h"

#include "mc-ascii-field.h"
#include "mc-reception-field.h"
#include <glib/gi18n.h>

#define SPACE 12

struct _McFieldSet
{
  const McFieldDef *defs;
  GtkWidget *grid;
  GPtrArray *inputs; /* GtkWidget, in the order of defs; borrowed from the grid */
  json_t *values;    /* as they were put */
  GFunc changed;
  gpointer data;
  gboolean filling;
};

static void
set_free (gpointer data)
{
  McFieldSet *set = data;

  g_ptr_array_unref (set->inputs);
  json_decref (set->values);
  g_free (set);
}

static void
on_changed (McFieldSet *set)
{
  if (!set->filling)
    set->changed (set, set->data);
}

static void
on_typed (gpointer entry, gpointer data)
{
  on_changed (data);
}

static GtkWidget *
new_choice (McFieldSet *set, const McFieldDef *def)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *input;

  for (guint i = 0; def->choices[i].id != NULL; i++)
    gtk_string_list_append (names, _ (def->choices[i].name));
  input = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_swapped (input, "notify::selected", G_CALLBACK (on_changed), set);
  return input;
}

static GtkWidget *
new_check (McFieldSet *set, const McFieldDef *def)
{
  GtkWidget *input = gtk_check_button_new_with_label (_ (def->label));

  gtk_widget_set_valign (input, GTK_ALIGN_END);
  g_signal_connect_swapped (input, "toggled", G_CALLBACK (on_changed), set);
  return input;
}

static GtkWidget *
new_entry (McFieldSet *set, const McFieldDef *def)
{
  GtkWidget *input = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (input), 4);
  if (def->kind == MC_FIELD_NUMBER)
    mc_ascii_field_make (input, TRUE);
  else if (def->kind == MC_FIELD_DAY)
    mc_reception_field_only (input, "0123456789/-. ");
  mc_reception_field_watch (input, on_typed, set);
  return input;
}

static void
add_field (McFieldSet *set, const McFieldDef *def)
{
  GtkWidget *input = def->kind == MC_FIELD_CHOICE  ? new_choice (set, def)
                     : def->kind == MC_FIELD_CHECK ? new_check (set, def)
                                                   : new_entry (set, def);
  /* A check bears its label itself. */
  GtkWidget *box =
      mc_reception_field_new (def->kind == MC_FIELD_CHECK ? "" : _ (def->label), input);

  if (def->kind == MC_FIELD_CHECK)
    gtk_accessible_update_property (GTK_ACCESSIBLE (input),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (def->label),
                                    -1);
  g_ptr_array_add (set->inputs, input);
  gtk_grid_attach (GTK_GRID (set->grid), box, def->column, def->row, def->width, 1);
}

McFieldSet *
mc_field_set_new (const McFieldDef *defs, GFunc changed, gpointer data)
{
  McFieldSet *set = g_new0 (McFieldSet, 1);

  set->defs = defs;
  set->changed = changed;
  set->data = data;
  set->inputs = g_ptr_array_new ();
  set->values = json_object ();
  set->grid = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (set->grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (set->grid), SPACE);
  gtk_grid_set_row_spacing (GTK_GRID (set->grid), SPACE / 2);
  g_object_set_data_full (G_OBJECT (set->grid), "mc-field-set", set, set_free);
  for (guint i = 0; defs[i].key != NULL; i++)
    add_field (set, &defs[i]);
  return set;
}

GtkWidget *
mc_field_set_widget (McFieldSet *set)
{
  return set->grid;
}

static json_t *
value_of (const McFieldDef *def, GtkWidget *input)
{
  g_autofree char *text = NULL;

  if (def->kind == MC_FIELD_CHECK)
    return json_boolean (gtk_check_button_get_active (GTK_CHECK_BUTTON (input)));
  if (def->kind == MC_FIELD_CHOICE)
    return json_string (def->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (input))].id);
  text = mc_reception_field_text (input);
  return json_string (text);
}

json_t *
mc_field_set_get (McFieldSet *set)
{
  json_t *values = json_copy (set->values);

  for (guint i = 0; set->defs[i].key != NULL; i++)
    json_object_set_new (values, set->defs[i].key, value_of (&set->defs[i], set->inputs->pdata[i]));
  return values;
}

static void
choose (GtkWidget *input, const McChoice *choices, const char *id)
{
  for (guint i = 0; choices[i].id != NULL; i++)
    if (g_strcmp0 (choices[i].id, id) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (input), i);
}

void
mc_field_set_put (McFieldSet *set, const json_t *values)
{
  set->filling = TRUE;
  json_decref (set->values);
  set->values = json_deep_copy (values);
  for (guint i = 0; set->defs[i].key != NULL; i++)
    {
      const McFieldDef *def = &set->defs[i];
      GtkWidget *input = set->inputs->pdata[i];
      const char *text = mc_json_string (values, def->key);

      if (def->kind == MC_FIELD_CHECK)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (input),
                                     mc_json_bool (values, def->key, FALSE));
      else if (def->kind == MC_FIELD_CHOICE)
        choose (input, def->choices, text);
      else
        gtk_editable_set_text (GTK_EDITABLE (input), text != NULL ? text : "");
    }
  set->filling = FALSE;
}

static GtkWidget *
input_of (McFieldSet *set, const char *key)
{
  for (guint i = 0; set->defs[i].key != NULL; i++)
    if (g_str_equal (set->defs[i].key, key))
      return set->inputs->pdata[i];
  return NULL;
}

void
mc_field_set_hint (McFieldSet *set, const char *key, const char *words)
{
  for (guint i = 0; key == NULL && set->defs[i].key != NULL; i++)
    mc_reception_field_hint (set->inputs->pdata[i], words);
  if (key != NULL && input_of (set, key) != NULL)
    mc_reception_field_hint (input_of (set, key), words);
}

void
mc_field_set_lock (McFieldSet *set, const char *key)
{
  if (input_of (set, key) != NULL)
    gtk_widget_set_sensitive (input_of (set, key), FALSE);
}

gboolean
mc_field_set_focus (McFieldSet *set, const char *key)
{
  return input_of (set, key) != NULL && gtk_widget_grab_focus (input_of (set, key));
}
