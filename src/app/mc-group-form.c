/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-group-form.h"

#include "mc-ascii-field.h"
#include "mc-edit.h"
#include "mc-format.h"
#include "mc-group.h"
#include "mc-reception-date.h"
#include "mc-window.h"
#include <glib/gi18n.h>
#include <string.h>

#define FIELDS_MAX 5

typedef enum
{
  KIND_TEXT,
  KIND_ASCII,
  KIND_DIGITS,
  KIND_DOB,
  KIND_SEX,
} Kind;

typedef struct
{
  const char *group;
  const char *key; /* "" for a group that is one text */
  const char *name;
  Kind kind;
  gboolean beside; /* stands beside the field before it */
} Field;

static const Field all_fields[] = {
  { MC_GROUP_APPLICANT, "name", N_ ("Full name"), KIND_TEXT, FALSE },
  { MC_GROUP_APPLICANT, "sex", N_ ("Sex"), KIND_SEX, TRUE },
  { MC_GROUP_APPLICANT, "id", N_ ("Identity number"), KIND_DIGITS, FALSE },
  { MC_GROUP_APPLICANT, "dob", N_ ("Date of birth"), KIND_DOB, TRUE },
  { MC_GROUP_APPLICANT, "address", N_ ("Address"), KIND_TEXT, FALSE },
  { MC_GROUP_CONTACT, "phone", N_ ("Phone number"), KIND_DIGITS, FALSE },
  { MC_GROUP_CONTACT, "email", N_ ("E-mail"), KIND_ASCII, TRUE },
  { MC_GROUP_SUBJECT, "", N_ ("Subject"), KIND_TEXT, FALSE },
};

struct _McGroupForm
{
  GtkWidget parent_instance;
  char *group;
  McEdit *edit;
  gboolean filling;
  GtkWidget *box;
  guint length;
  const Field *fields[FIELDS_MAX];
  GtkWidget *inputs[FIELDS_MAX];
};

G_DEFINE_FINAL_TYPE (McGroupForm, mc_group_form, GTK_TYPE_WIDGET)

static guint edited_signal;

static const char *
shown_text (McGroupForm *form, const Field *field)
{
  const char *text = field->key[0] == '\0'
                         ? json_string_value (mc_edit_shown (form->edit))
                         : mc_json_string (mc_edit_shown (form->edit), field->key);
  return text != NULL ? text : "";
}

/* What is in the input now, as it is written in an op; NULL where it cannot be read. */
static char *
typed_text (McGroupForm *form, guint i)
{
  if (form->fields[i]->kind == KIND_SEX)
    {
      static const char *const sexes[] = { "", "male", "female" };
      guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (form->inputs[i]));
      return g_strdup (place < G_N_ELEMENTS (sexes) ? sexes[place] : "");
    }
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (form->inputs[i]))));
  if (form->fields[i]->kind == KIND_DOB && text[0] != '\0')
    return mc_reception_date_parse (text);
  return g_steal_pointer (&text);
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
      const Field *field = form->fields[i];
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
choose_sex (GtkWidget *input, const char *sex)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (input),
                              g_str_equal (sex, "male")     ? 1
                              : g_str_equal (sex, "female") ? 2
                                                            : 0);
}

static void
fill (McGroupForm *form)
{
  form->filling = TRUE;
  for (guint i = 0; i < form->length; i++)
    {
      const char *text = shown_text (form, form->fields[i]);

      if (form->fields[i]->kind == KIND_SEX)
        choose_sex (form->inputs[i], text);
      else
        {
          g_autofree char *dob =
              form->fields[i]->kind == KIND_DOB && text[0] != '\0' ? mc_format_dob (text) : NULL;
          const char *wanted = dob != NULL ? dob : text;
          /* Setting the same text again would move the cursor of who is reading along. */
          if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (form->inputs[i])), wanted))
            gtk_editable_set_text (GTK_EDITABLE (form->inputs[i]), wanted);
          /* Ctrl+Z takes back what the person typed, not what the dossier says. */
          gtk_editable_set_enable_undo (GTK_EDITABLE (form->inputs[i]), FALSE);
          gtk_editable_set_enable_undo (GTK_EDITABLE (form->inputs[i]), TRUE);
        }
      gtk_widget_remove_css_class (form->inputs[i], "error");
    }
  form->filling = FALSE;
}

void
mc_group_form_show (McGroupForm *form, McRecord *record, gboolean editable)
{
  g_return_if_fail (MC_IS_GROUP_FORM (form) && record != NULL);

  for (guint i = 0; i < form->length; i++)
    if (form->fields[i]->kind == KIND_SEX)
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

      if (form->fields[i]->kind == KIND_SEX)
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
      if (form->fields[i]->kind == KIND_SEX)
        choose_sex (form->inputs[i], text);
      else
        gtk_editable_set_text (GTK_EDITABLE (form->inputs[i]), text);
    }
  form->filling = FALSE;
  g_signal_emit (form, edited_signal, 0);
  return TRUE;
}

static void
input_activated (GtkWidget *input)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (input)), GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
new_input (McGroupForm *form, const Field *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *input;

  if (field->kind == KIND_SEX)
    {
      const char *const names[] = { "–", _ ("Male"), _ ("Female"), NULL };
      input = gtk_drop_down_new_from_strings (names);
      g_signal_connect_object (input,
                               "notify::selected",
                               G_CALLBACK (input_changed),
                               form,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      input = gtk_entry_new ();
      if (field->kind != KIND_TEXT)
        mc_ascii_field_make (input, field->kind == KIND_DIGITS);
      g_signal_connect_object (input,
                               "changed",
                               G_CALLBACK (input_changed),
                               form,
                               G_CONNECT_SWAPPED);
      g_signal_connect (input, "activate", G_CALLBACK (input_activated), NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (field->name),
                                  -1);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left), form, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (input, focus);
  return input;
}

static GtkWidget *
captioned (const Field *field, GtkWidget *input)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (_ (field->name));

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_widget_set_hexpand (box, field->kind != KIND_SEX);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), input);
  return box;
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
  edited_signal = g_signal_new ("edited",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
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
  for (guint i = 0; i < G_N_ELEMENTS (all_fields) && form->length < FIELDS_MAX; i++)
    {
      const Field *field = &all_fields[i];

      if (!g_str_equal (field->group, group))
        continue;
      GtkWidget *input = new_input (form, field);
      if (!field->beside)
        {
          row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
          gtk_box_append (GTK_BOX (form->box), row);
        }
      gtk_box_append (GTK_BOX (row), captioned (field, input));
      form->fields[form->length] = field;
      form->inputs[form->length] = input;
      form->length++;
    }
  return GTK_WIDGET (form);
}
