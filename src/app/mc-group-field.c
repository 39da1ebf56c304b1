/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-group-field.h"

#include "mc-ascii-field.h"
#include "mc-format.h"
#include "mc-group.h"
#include "mc-reception-date.h"
#include <glib/gi18n.h>

/* Of an act, what a person may correct in its op: the words, not what was done. */
static const McGroupField all_fields[] = {
  { MC_GROUP_APPLICANT, "name", N_ ("Full name"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_APPLICANT, "sex", N_ ("Sex"), MC_FIELD_SEX, TRUE },
  { MC_GROUP_APPLICANT, "id", N_ ("Identity number"), MC_FIELD_DIGITS, FALSE },
  { MC_GROUP_APPLICANT, "dob", N_ ("Date of birth"), MC_FIELD_DOB, TRUE },
  { MC_GROUP_APPLICANT, "address", N_ ("Address"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_CONTACT, "phone", N_ ("Phone number"), MC_FIELD_DIGITS, FALSE },
  { MC_GROUP_CONTACT, "email", N_ ("E-mail"), MC_FIELD_ASCII, TRUE },
  { MC_GROUP_CONTACT, "pickup", N_ ("Result received at"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_SUBJECT, "", N_ ("Subject"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_NOTE, "text", N_ ("Note"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_STATUS, "note", N_ ("Reason"), MC_FIELD_TEXT, FALSE },
  { MC_GROUP_OFFICES, "why", N_ ("Reason"), MC_FIELD_TEXT, FALSE },
};

guint
mc_group_fields (const char *group, const McGroupField **ret_fields)
{
  guint length = 0;

  g_return_val_if_fail (group != NULL && ret_fields != NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (all_fields) && length < MC_GROUP_FIELDS_MAX; i++)
    if (g_str_equal (all_fields[i].group, group))
      ret_fields[length++] = &all_fields[i];
  return length;
}

static void
input_activated (GtkWidget *input)
{
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (input)), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
mc_group_field_input (const McGroupField *field)
{
  GtkWidget *input;

  g_return_val_if_fail (field != NULL, NULL);

  if (field->kind == MC_FIELD_SEX)
    {
      const char *const names[] = { "–", _ ("Male"), _ ("Female"), NULL };
      input = gtk_drop_down_new_from_strings (names);
    }
  else
    {
      input = gtk_entry_new ();
      if (field->kind != MC_FIELD_TEXT)
        mc_ascii_field_make (input, field->kind == MC_FIELD_DIGITS);
      g_signal_connect (input, "activate", G_CALLBACK (input_activated), NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (field->name),
                                  -1);
  return input;
}

char *
mc_group_field_read (const McGroupField *field, GtkWidget *input)
{
  g_return_val_if_fail (field != NULL && GTK_IS_WIDGET (input), NULL);

  if (field->kind == MC_FIELD_SEX)
    {
      static const char *const sexes[] = { "", "male", "female" };
      guint place = gtk_drop_down_get_selected (GTK_DROP_DOWN (input));
      return g_strdup (place < G_N_ELEMENTS (sexes) ? sexes[place] : "");
    }
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (input))));
  if (field->kind == MC_FIELD_DOB && text[0] != '\0')
    return mc_reception_date_parse (text);
  return g_steal_pointer (&text);
}

void
mc_group_field_choose_sex (GtkWidget *input, const char *sex)
{
  g_return_if_fail (GTK_IS_DROP_DOWN (input) && sex != NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (input),
                              g_str_equal (sex, "male")     ? 1
                              : g_str_equal (sex, "female") ? 2
                                                            : 0);
}

void
mc_group_field_write (const McGroupField *field, GtkWidget *input, const char *text)
{
  g_return_if_fail (field != NULL && GTK_IS_WIDGET (input) && text != NULL);

  if (field->kind == MC_FIELD_SEX)
    {
      mc_group_field_choose_sex (input, text);
      return;
    }
  g_autofree char *dob =
      field->kind == MC_FIELD_DOB && text[0] != '\0' ? mc_format_dob (text) : NULL;
  const char *wanted = dob != NULL ? dob : text;
  /* Setting the same text again would move the cursor of who is reading along. */
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (input)), wanted))
    gtk_editable_set_text (GTK_EDITABLE (input), wanted);
  /* Ctrl+Z takes back what the person typed, not what the dossier says. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (input), FALSE);
  gtk_editable_set_enable_undo (GTK_EDITABLE (input), TRUE);
}

static GtkWidget *
captioned (const McGroupField *field, GtkWidget *input)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (_ (field->name));

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_widget_set_hexpand (box, field->kind != MC_FIELD_SEX);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), input);
  return box;
}

void
mc_group_field_append (const McGroupField *field, GtkWidget *input, GtkBox *box, GtkWidget **row)
{
  g_return_if_fail (field != NULL && GTK_IS_WIDGET (input) && GTK_IS_BOX (box) && row != NULL);

  if (!field->beside || *row == NULL)
    {
      *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      gtk_box_append (box, *row);
    }
  gtk_box_append (GTK_BOX (*row), captioned (field, input));
}
