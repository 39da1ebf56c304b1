/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-group-form.h"

#include "mc-edit.h"
#include "mc-group-field.h"
#include "mc-group.h"
#include "mc-signal.h"
#include "mc-window.h"
#include <glib/gi18n.h>
#include <string.h>

struct _McGroupForm
{
  GtkWidget parent_instance;
  char *group;
  McEdit *edit;
  gboolean filling;
  GtkWidget *box;
  guint length;
  const McGroupField *fields[MC_GROUP_FIELDS_MAX];
  GtkWidget *inputs[MC_GROUP_FIELDS_MAX];
};

G_DEFINE_FINAL_TYPE (McGroupForm, mc_group_form, GTK_TYPE_WIDGET)

static guint edited_signal;

static const char *
shown_text (McGroupForm *form, const McGroupField *field)
{
  const char *text = field->key[0] == '\0'
                         ? json_string_value (mc_edit_shown (form->edit))
                         : mc_json_string (mc_edit_shown (form->edit), field->key);
  return text != NULL ? text : "";
}

static char *
typed_text (McGroupForm *form, guint i)
{
  return mc_group_field_read (form->fields[i], form->inputs[i]);
}

static gboolean
field_edited (McGroupForm *form, guint i)
{
  g_autofree char *typed = typed_text (form, i);

  return g_strcmp0 (typed, shown_text (form, form->fields[i])) != 0;
}

gboolean
mc_group_form_edited (McGroupForm *form)
{
  g_return_val_if_fail (MC_IS_GROUP_FORM (form), FALSE);

  for (guint i = 0; mc_edit_ready (form->edit) && i < form->length; i++)
    if (field_edited (form, i))
      return TRUE;
  return FALSE;
}

static json_t *
typed_value (McGroupForm *form)
{
  json_t *stands = mc_edit_shown (form->edit);
  json_t *value = json_is_object (stands) ? json_deep_copy (stands) : json_object ();

  for (guint i = 0; i < form->length; i++)
    {
      const McGroupField *field = form->fields[i];
      g_autofree char *typed = typed_text (form, i);

      if (typed == NULL)
        {
          json_decref (value);
          return NULL;
        }
      if (field->key[0] == '\0')
        {
          json_decref (value);
          return json_string (typed);
        }
      if (typed[0] != '\0')
        json_object_set_new (value, field->key, json_string (typed));
      else
        json_object_del (value, field->key);
    }
  return value;
}

static void
fill (McGroupForm *form)
{
  form->filling = TRUE;
  for (guint i = 0; i < form->length; i++)
    {
      mc_group_field_write (form->fields[i], form->inputs[i], shown_text (form, form->fields[i]));
      gtk_widget_remove_css_class (form->inputs[i], "error");
    }
  form->filling = FALSE;
}

void
mc_group_form_show (McGroupForm *form, McRecord *record, gboolean editable)
{
  g_return_if_fail (MC_IS_GROUP_FORM (form) && record != NULL);

  for (guint i = 0; i < form->length; i++)
    if (form->fields[i]->kind == MC_FIELD_SEX)
      gtk_widget_set_sensitive (form->inputs[i], editable);
    else
      gtk_editable_set_editable (GTK_EDITABLE (form->inputs[i]), editable);
  gboolean typing = mc_group_form_edited (form);
  if (mc_edit_look (form->edit, record, typing) && !typing)
    fill (form);
}

static void
mark_unreadable (McGroupForm *form)
{
  for (guint i = 0; i < form->length; i++)
    {
      g_autofree char *typed = typed_text (form, i);

      if (typed == NULL)
        gtk_widget_add_css_class (form->inputs[i], "error");
      else
        gtk_widget_remove_css_class (form->inputs[i], "error");
    }
}

gboolean
mc_group_form_save (McGroupForm *form)
{
  g_return_val_if_fail (MC_IS_GROUP_FORM (form), FALSE);

  if (form->box == NULL || !mc_group_form_edited (form))
    return FALSE;
  mark_unreadable (form);
  g_autoptr (json_t) value = typed_value (form);
  if (value == NULL)
    {
      mc_window_say (GTK_WIDGET (form),
                     _ ("This date of birth cannot be read; it is not saved yet. Write it as "
                        "05/03/2005, 03/2005 or 2005."));
      return TRUE;
    }
  if (g_str_equal (form->group, MC_GROUP_APPLICANT) && mc_json_string (value, "name") == NULL)
    {
      mc_window_say (GTK_WIDGET (form), _ ("The applicant needs a name; this is not saved yet."));
      return TRUE;
    }

  mc_edit_put (form->edit, value, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (form))));
  g_signal_emit (form, edited_signal, 0);
  return TRUE;
}

static void
focus_left (McGroupForm *form)
{
  mc_group_form_save (form);
}

/* Every input as it is on the screen, also what cannot be read yet. */
static json_t *
texts_now (McGroupForm *form)
{
  json_t *texts = json_object ();

  for (guint i = 0; i < form->length; i++)
    {
      g_autofree char *chosen = NULL;
      const char *text;

      if (form->fields[i]->kind == MC_FIELD_SEX)
        text = chosen = typed_text (form, i);
      else
        text = gtk_editable_get_text (GTK_EDITABLE (form->inputs[i]));
      json_object_set_new (texts, form->fields[i]->key, json_string (text));
    }
  return texts;
}

static void
input_changed (McGroupForm *form)
{
  if (form->filling)
    return;
  mc_edit_typing (form->edit, mc_group_form_edited (form) ? texts_now (form) : NULL);
  g_signal_emit (form, edited_signal, 0);
}

gboolean
mc_group_form_resume (McGroupForm *form)
{
  json_t *texts;

  g_return_val_if_fail (MC_IS_GROUP_FORM (form), FALSE);

  texts = mc_edit_resume (form->edit);
  if (texts == NULL)
    return FALSE;
  form->filling = TRUE;
  for (guint i = 0; i < form->length; i++)
    {
      const char *text = mc_json_string (texts, form->fields[i]->key);

      if (text == NULL)
        continue;
      if (form->fields[i]->kind == MC_FIELD_SEX)
        mc_group_field_choose_sex (form->inputs[i], text);
      else
        gtk_editable_set_text (GTK_EDITABLE (form->inputs[i]), text);
    }
  form->filling = FALSE;
  g_signal_emit (form, edited_signal, 0);
  return TRUE;
}

static GtkWidget *
new_input (McGroupForm *form, const McGroupField *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *input = mc_group_field_input (field);

  g_signal_connect_object (input,
                           field->kind == MC_FIELD_SEX ? "notify::selected" : "changed",
                           G_CALLBACK (input_changed),
                           form,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left), form, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (input, focus);
  return input;
}

static void
mc_group_form_dispose (GObject *object)
{
  McGroupForm *form = MC_GROUP_FORM (object);

  g_clear_pointer (&form->box, gtk_widget_unparent);
  g_clear_object (&form->edit);
  g_clear_pointer (&form->group, g_free);
  G_OBJECT_CLASS (mc_group_form_parent_class)->dispose (object);
}

static void
mc_group_form_class_init (McGroupFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mc_group_form_dispose;
  edited_signal = mc_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mc_group_form_init (McGroupForm *form)
{
  form->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (form->box, GTK_WIDGET (form));
}

GtkWidget *
mc_group_form_new (McContext *context, const char *group, McTyped *typed)
{
  g_return_val_if_fail (context != NULL && group != NULL, NULL);

  McGroupForm *form = g_object_new (MC_TYPE_GROUP_FORM, NULL);
  GtkWidget *row = NULL;
  form->edit = mc_edit_new (context, group, typed);
  form->group = g_strdup (group);
  form->length = mc_group_fields (group, form->fields);
  for (guint i = 0; i < form->length; i++)
    {
      form->inputs[i] = new_input (form, form->fields[i]);
      mc_group_field_append (form->fields[i], form->inputs[i], GTK_BOX (form->box), &row);
    }
  return GTK_WIDGET (form);
}
