/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-words.h"

#include "mc-applicant.h"
#include "mc-declaration.h"
#include "mc-format.h"
#include "mc-group.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *group;
  const char *field;
  const char *name;
} Field;

/* In the order in which they are shown. */
static const Field fields[] = {
  { MC_GROUP_APPLICANT, "name", N_ ("Full name") },
  { MC_GROUP_APPLICANT, "id", N_ ("Identity number") },
  { MC_GROUP_APPLICANT, "dob", N_ ("Date of birth") },
  { MC_GROUP_APPLICANT, "sex", N_ ("Sex") },
  { MC_GROUP_APPLICANT, "address", N_ ("Address") },
  { MC_GROUP_APPLICANT, "for", N_ ("Whose dossier it is") },
  { MC_GROUP_APPLICANT, "for_name", N_ ("Handed in for") },
  { MC_GROUP_APPLICANT, "for_id", N_ ("Identity number or tax code of whose dossier it is") },
  { MC_GROUP_APPLICANT, "for_address", N_ ("Address of whose dossier it is") },
  { MC_GROUP_APPLICANT, "for_phone", N_ ("Phone of whose dossier it is") },
  { MC_GROUP_APPLICANT, "for_email", N_ ("E-mail of whose dossier it is") },
  { MC_GROUP_APPLICANT, "relation", N_ ("Relation or position") },
  { MC_GROUP_APPLICANT, "mandate", N_ ("Mandate") },
  { MC_GROUP_CONTACT, "phone", N_ ("Phone number") },
  { MC_GROUP_CONTACT, "email", N_ ("E-mail") },
  { MC_GROUP_CONTACT, "pickup", N_ ("Result received at") },
  { MC_GROUP_STATUS, "state", N_ ("Step") },
  { MC_GROUP_STATUS, "assignee", N_ ("Handled by") },
  { MC_GROUP_STATUS, "due", N_ ("Date promised") },
  { MC_GROUP_FEE, "amount", N_ ("Fee") },
  { MC_GROUP_FEE, "taken", N_ ("Fee taken") },
  { MC_GROUP_FEE, "method", N_ ("Paid") },
  { "part", "ticked", N_ ("Handed in") },
  { "part", "originals", N_ ("Originals") },
  { "part", "certified", N_ ("Certified copies") },
  { "part", "copies", N_ ("Copies") },
  { "part", "document", N_ ("Scanned file") },
  { "part", "also", N_ ("Also kept") },
  { "twin", "code", N_ ("Dossier code") },
  { "twin", "office", N_ ("Office") },
  { "twin", "answer", N_ ("Answer") },
};

static gboolean
field_of (const Field *field, const char *group)
{
  return g_str_equal (field->group, group) ||
         (g_str_equal (field->group, "part") && g_str_has_prefix (group, MC_GROUP_PART_PREFIX)) ||
         (g_str_equal (field->group, "twin") && g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX));
}

static gboolean
same (const json_t *a, const json_t *b)
{
  gboolean no_a = a == NULL || json_is_null (a) || g_strcmp0 (json_string_value (a), "") == 0;
  gboolean no_b = b == NULL || json_is_null (b) || g_strcmp0 (json_string_value (b), "") == 0;

  if (no_a || no_b)
    return no_a && no_b;
  return json_equal ((json_t *)a, (json_t *)b) != 0;
}

/* "ct01.phone" → the declaration "ct01" and its blank "phone", or %NULL. */
static McDeclaration *
declaration_of (const char *name, const McProcedure *procedure, const McBlank **ret_blank)
{
  const char *dot = strchr (name, '.');
  g_autofree char *id = dot != NULL ? g_strndup (name, (gsize)(dot - name)) : g_strdup (name);
  McDeclaration *declaration = mc_declaration_named (procedure, id);

  *ret_blank =
      declaration != NULL && dot != NULL ? mc_declaration_blank (declaration, dot + 1) : NULL;
  return declaration;
}

/* What it is called on the paper, and on which. */
static char *
form_words (const char *name, const McProcedure *procedure)
{
  const McBlank *blank = NULL;
  g_autoptr (McDeclaration) declaration = declaration_of (name, procedure, &blank);

  if (declaration == NULL)
    return g_strdup (name);
  return blank != NULL ? g_strdup_printf ("%s (%s)", blank->label, declaration->title)
                       : g_strdup (declaration->title);
}

/* Returns: (transfer full): a text as it stands on the paper of a declaration, or as it is */
static char *
text_words (const char *group, const char *text)
{
  const McBlank *blank = NULL;
  g_autoptr (McDeclaration) declaration =
      g_str_has_prefix (group, MC_GROUP_FORM_PREFIX)
          ? declaration_of (group + strlen (MC_GROUP_FORM_PREFIX), NULL, &blank)
          : NULL;
  char *words = blank != NULL ? mc_blank_text (blank, text) : NULL;

  return words != NULL ? words : g_strdup (text);
}

char *
mc_words_group (const char *group, const McProcedure *procedure)
{
  g_return_val_if_fail (group != NULL, NULL);

  if (g_str_equal (group, MC_GROUP_APPLICANT))
    return g_strdup (_ ("Applicant"));
  if (g_str_equal (group, MC_GROUP_CONTACT))
    return g_strdup (_ ("Contact"));
  if (g_str_equal (group, MC_GROUP_SUBJECT))
    return g_strdup (_ ("Subject"));
  if (g_str_equal (group, MC_GROUP_STATUS))
    return g_strdup (_ ("Step"));
  if (g_str_equal (group, MC_GROUP_FEE))
    return g_strdup (_ ("Fee"));
  if (g_str_equal (group, MC_GROUP_CASE))
    return g_strdup (_ ("Dossier code"));
  if (g_str_equal (group, MC_GROUP_OFFICES))
    return g_strdup (_ ("Handling office"));
  if (g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX))
    return g_strdup (_ ("Another dossier of the same applicant"));
  if (g_str_has_prefix (group, MC_GROUP_PART_PREFIX))
    {
      const char *id = group + strlen (MC_GROUP_PART_PREFIX);
      const McPart *part = procedure != NULL ? mc_procedure_part (procedure, id) : NULL;
      return g_strdup (part != NULL ? part->name : _ ("A paper of the dossier"));
    }
  if (g_str_has_prefix (group, MC_GROUP_FORM_PREFIX))
    return form_words (group + strlen (MC_GROUP_FORM_PREFIX), procedure);
  return g_strdup (group);
}

const char *
mc_words_field (const char *group, const char *field)
{
  g_return_val_if_fail (group != NULL && field != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (field_of (&fields[i], group) && g_str_equal (fields[i].field, field))
      return _ (fields[i].name);
  return NULL;
}

char *
mc_words_difference (const char *group,
                     const json_t *a,
                     const json_t *b,
                     const McProcedure *procedure)
{
  const Field *found = NULL;
  guint count = 0;

  g_return_val_if_fail (group != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (field_of (&fields[i], group) &&
        !same (json_object_get (a, fields[i].field), json_object_get (b, fields[i].field)))
      {
        found = &fields[i];
        count++;
      }
  /* A part is known by its name, not by which of its numbers changed. */
  if (count == 1 && !g_str_equal (found->group, "part"))
    return g_strdup (_ (found->name));
  return mc_words_group (group, procedure);
}

/* The names of the files kept beside the first. */
static char *
file_names (const json_t *documents)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < json_array_size (documents); i++)
    {
      const char *name = mc_json_string (json_array_get (documents, i), "name");

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, name != NULL ? name : _ ("Scanned file"));
    }
  return g_strdup (text->str);
}

static char *
field_value (const Field *field, const json_t *value)
{
  const char *text = json_string_value (value);

  if (g_str_equal (field->field, "dob") && text != NULL)
    return mc_format_dob (text);
  if (g_str_equal (field->field, "sex") && text != NULL)
    return g_strdup (g_str_equal (text, "male") ? _ ("Male") : _ ("Female"));
  if (g_str_equal (field->field, "for") && text != NULL)
    return g_strdup (g_str_equal (text, MC_FOR_ORGANISATION) ? _ ("an organisation's")
                                                             : _ ("another person's"));
  if (g_str_equal (field->field, "state"))
    return g_strdup (mc_words_state (text));
  if (g_str_equal (field->field, "method"))
    return g_strdup (mc_words_method (text));
  if (g_str_equal (field->field, "ticked"))
    return g_strdup (json_is_true (value) ? _ ("yes") : _ ("no"));
  if (g_str_equal (field->field, "document"))
    return g_strdup (mc_json_string (value, "name"));
  if (g_str_equal (field->field, "also"))
    return file_names (value);
  if (g_str_equal (field->field, "answer"))
    return g_strdup (g_strcmp0 (text, "same") == 0 ? _ ("one and the same matter")
                                                   : _ ("two different matters"));
  if (g_str_equal (field->field, "due") && text != NULL)
    {
      g_autoptr (GDateTime) due = mc_local_parse (text);
      return due != NULL ? mc_format_time (due) : g_strdup (text);
    }
  if (json_is_integer (value) && g_str_equal (field->group, MC_GROUP_FEE))
    return mc_format_money (json_integer_value (value));
  if (json_is_integer (value))
    return mc_format_number (json_integer_value (value));
  return g_strdup (text);
}

char *
mc_words_value (const char *group, const json_t *value, const json_t *other)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const Field *only = NULL;
  guint lines = 0;

  g_return_val_if_fail (group != NULL, NULL);

  if (json_is_string (value))
    {
      g_autofree char *words = text_words (group, json_string_value (value));

      g_string_append (text, words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const Field *field = &fields[i];
      json_t *own = json_object_get (value, field->field);

      if (!field_of (field, group) ||
          (other != NULL && same (own, json_object_get (other, field->field))))
        continue;
      g_autofree char *said = same (own, NULL) ? NULL : field_value (field, own);
      if (said == NULL && other == NULL)
        continue;
      if (lines == 1 && only != NULL)
        {
          /* A second field: now the first needs its name too. */
          g_autofree char *first = g_strdup (text->str);
          g_string_printf (text, "%s: %s", _ (only->name), first);
        }
      if (lines > 0)
        g_string_append_printf (text, "\n%s: ", _ (field->name));
      g_string_append (text, said != NULL ? said : _ ("(empty)"));
      only = field;
      lines++;
    }
  if (text->len == 0)
    return g_strdup (_ ("(empty)"));
  return g_strdup (text->str);
}
