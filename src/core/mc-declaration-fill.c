/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is odd about a declaration, and what is known of it before anybody types. */
#include "mc-declaration.h"

#include "mc-applicant.h"
#include "mc-group.h"
#include "mc-text.h"
#include <string.h>

void
mc_complaint_free (McComplaint *complaint)
{
  g_free (complaint->name);
  g_free (complaint);
}

static McBlankDoubt
doubt_of (const McBlank *blank, const json_t *values, const char *name, const char *today)
{
  return mc_blank_doubt (blank,
                         mc_json_string (values, name),
                         today,
                         blank->dob != NULL ? mc_json_string (values, blank->dob) : NULL,
                         blank->sex != NULL ? mc_json_string (values, blank->sex) : NULL);
}

McBlankDoubt
mc_declaration_doubt (const McDeclaration *declaration,
                      const json_t *values,
                      const char *name,
                      const char *today)
{
  const McBlank *blank = mc_declaration_blank (declaration, name);

  return blank != NULL ? doubt_of (blank, values, name, today) : MC_BLANK_FINE;
}

static void
complain (GPtrArray *all, const McBlank *blank, const json_t *values, char *name, const char *today)
{
  McBlankDoubt doubt = doubt_of (blank, values, name, today);
  McComplaint *complaint;

  if (doubt == MC_BLANK_FINE)
    {
      g_free (name);
      return;
    }
  complaint = g_new (McComplaint, 1);
  complaint->name = name;
  complaint->doubt = doubt;
  g_ptr_array_add (all, complaint);
}

/* Whether anything is written in a row: an empty one lacks nothing. */
static gboolean
row_used (const McBlank *rows, const json_t *values, guint row)
{
  for (guint i = 0; i < rows->column->len; i++)
    {
      const McBlank *column = rows->column->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s.%u.%s", rows->key, row, column->key);
      const char *value = mc_json_string (values, name);

      if (value != NULL && *value != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
check_rows (GPtrArray *all, const McBlank *rows, const json_t *values, const char *today)
{
  for (guint row = 1; row <= rows->rows; row++)
    for (guint i = 0; row_used (rows, values, row) && i < rows->column->len; i++)
      {
        const McBlank *column = rows->column->pdata[i];

        complain (all,
                  column,
                  values,
                  g_strdup_printf ("%s.%u.%s", rows->key, row, column->key),
                  today);
      }
}

GPtrArray *
mc_declaration_check (const McDeclaration *declaration, const json_t *values, const char *today)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_complaint_free);

  g_return_val_if_fail (declaration != NULL && today != NULL, all);

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];

      if (blank->kind == MC_BLANK_ROWS)
        check_rows (all, blank, values, today);
      else
        complain (all, blank, values, g_strdup (blank->key), today);
    }
  return all;
}

/* A choice takes what is said in its words or by its id: "male", "Nam". */
static const char *
as_value (const McBlank *blank, const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  if (blank->kind != MC_BLANK_CHOICE || mc_blank_option (blank, text) != NULL)
    return text;
  for (guint i = 0; i < blank->option->len; i++)
    {
      const McBlankOption *option = blank->option->pdata[i];

      if (g_str_equal (option->label, text))
        return option->id;
    }
  return NULL;
}

/* Somebody else's number does not go beside the name that another declaration of the matter has. */
static gboolean
is_declared_beside (const json_t *known, const char *from)
{
  g_autofree char *version = g_strndup (from, strcspn (from, "."));

  return g_str_has_prefix (from, MC_GROUP_FORM_PREFIX) && json_object_get (known, version) != NULL;
}

static const char *
known_of (const McDeclaration *declaration,
          const McBlank *blank,
          const json_t *known,
          const json_t *past)
{
  g_autofree char *group =
      g_strdup_printf (MC_GROUP_FORM_PREFIX "%s.%s", declaration->id, blank->key);

  for (guint i = 0; blank->from[i] != NULL; i++)
    {
      gboolean beside = is_declared_beside (known, blank->from[i]);
      gboolean says = !g_str_has_prefix (blank->from[i], MC_GROUP_FORM_PREFIX) ||
                      strchr (blank->from[i], '.') != NULL;
      const char *text = says ? as_value (blank, mc_json_string (known, blank->from[i])) : NULL;

      if (text != NULL || beside)
        return text;
    }
  return blank->again ? as_value (blank, mc_json_string (past, group)) : NULL;
}

/* Somebody whom the same resident declared before, by the keys of the columns. */
typedef struct
{
  const McBlank *rows;
  const json_t *past;
  json_t *values;
  guint filled; /* rows */
} People;

static gboolean
is_there (const People *people, const char *column, const char *text)
{
  /* Whom the declaration itself is about. */
  if (g_strcmp0 (mc_json_string (people->values, column), text) == 0)
    return TRUE;
  for (guint row = 1; row <= people->filled; row++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%u.%s", people->rows->key, row, column);

      if (g_strcmp0 (mc_json_string (people->values, name), text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @from: what the groups of one person begin with. Who is named by the first column is one person.
 * Returns: whether there was one */
static gboolean
add_person (People *people, const char *from)
{
  const McBlank *first = people->rows->column->pdata[0];
  g_autofree char *group = g_strconcat (from, first->key, NULL);
  const char *text = mc_json_string (people->past, group);

  if (text == NULL || *text == '\0')
    return FALSE;
  if (people->filled >= people->rows->rows || is_there (people, first->key, text))
    return TRUE;
  people->filled++;
  for (guint i = 0; i < people->rows->column->len; i++)
    {
      const McBlank *column = people->rows->column->pdata[i];
      g_autofree char *said = g_strconcat (from, column->key, NULL);
      g_autofree char *name =
          g_strdup_printf ("%s.%u.%s", people->rows->key, people->filled, column->key);
      const char *value = as_value (column, mc_json_string (people->past, said));

      if (value != NULL)
        json_object_set_new (people->values, name, json_string (value));
    }
  return TRUE;
}

/* Rows that nobody has written in begin with the people that are known. */
static guint
fill_rows (const McBlank *rows, const json_t *past, json_t *values)
{
  People people = { rows, past, values, 0 };

  for (guint row = 1; row <= rows->rows; row++)
    if (row_used (rows, values, row))
      return 0;
  for (guint i = 0; rows->people[i] != NULL; i++)
    {
      g_autofree char *one = g_strdup_printf (MC_GROUP_FORM_PREFIX "%s_", rows->people[i]);

      if (add_person (&people, one))
        continue;
      for (guint row = 1; row <= MC_BLANK_ROWS_MAX; row++)
        {
          g_autofree char *from =
              g_strdup_printf (MC_GROUP_FORM_PREFIX "%s.%u.", rows->people[i], row);

          (void)add_person (&people, from);
        }
    }
  return people.filled;
}

guint
mc_declaration_fill (const McDeclaration *declaration,
                     const json_t *known,
                     const json_t *past,
                     json_t *values)
{
  guint filled = 0;

  g_return_val_if_fail (declaration != NULL && values != NULL, 0);

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];
      const char *standing = mc_json_string (values, blank->key);
      const char *text;

      if (blank->kind == MC_BLANK_ROWS)
        {
          filled += fill_rows (blank, past, values);
          continue;
        }
      text = known_of (declaration, blank, known, past);

      if (text == NULL || (standing != NULL && *standing != '\0'))
        continue;
      json_object_set_new (values, blank->key, json_string (text));
      filled++;
    }
  return filled;
}

void
mc_declaration_know_beside (json_t *known, GPtrArray *all, const McDeclaration *declaration)
{
  g_return_if_fail (known != NULL && all != NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const McDeclaration *other = all->pdata[i];
      g_autofree char *version = g_strconcat (MC_GROUP_FORM_PREFIX, other->id, NULL);

      if (!g_str_equal (other->id, declaration->id) && json_object_get (known, version) == NULL)
        json_object_set_new (known, version, json_string (""));
    }
}

/* Returns: (nullable): the blank of @id that is the first to say what stands in @blank */
static const char *
told_by (const McBlank *blank, const char *id)
{
  g_autofree char *start = g_strdup_printf (MC_GROUP_FORM_PREFIX "%s.", id);

  for (guint i = 0; blank->from[i] != NULL; i++)
    if (g_str_has_prefix (blank->from[i], start))
      return blank->from[i] + strlen (start);
  return NULL;
}

gboolean
mc_declaration_follow (const McDeclaration *declaration,
                       json_t *values,
                       const char *id,
                       const json_t *before,
                       const json_t *after)
{
  gboolean followed = FALSE;

  g_return_val_if_fail (declaration != NULL && values != NULL && id != NULL, FALSE);

  for (guint i = 0; i < declaration->blank->len; i++)
    {
      const McBlank *blank = declaration->blank->pdata[i];
      const char *key = told_by (blank, id);
      const char *old = key != NULL ? mc_json_string (before, key) : NULL;
      const char *now = key != NULL ? mc_json_string (after, key) : NULL;

      if (old == NULL || *old == '\0' || g_strcmp0 (old, now) == 0 ||
          g_strcmp0 (mc_json_string (values, blank->key), old) != 0)
        continue;
      json_object_set_new (values, blank->key, json_string (now != NULL ? now : ""));
      followed = TRUE;
    }
  return followed;
}

static void
know (json_t *known, const char *group, const char *member, const char *text)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", group, member);

  if (text != NULL && *text != '\0')
    json_object_set_new (known, name, json_string (text));
}

static void
know_all (json_t *known, const char *group, const json_t *said)
{
  const char *key;
  json_t *value;

  json_object_foreach ((json_t *)said, key, value)
      know (known, group, key, json_string_value (value));
}

/* Whose case it is: the applicant's own, or that of who gave the mandate. */
static void
know_owner (json_t *known, const json_t *said)
{
  static const char *const own[] = { "name", "id", "dob", "sex", "address" };
  static const char *const theirs[] = { "name", "id", "address", "phone", "email" };
  const json_t *applicant = json_object_get (said, "applicant");
  const json_t *contact = json_object_get (said, "contact");

  if (mc_applicant_for (applicant) == NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (own); i++)
        know (known, "owner", own[i], mc_json_string (applicant, own[i]));
      know (known, "owner", "phone", mc_json_string (contact, "phone"));
      know (known, "owner", "email", mc_json_string (contact, "email"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *member = g_strconcat ("for_", theirs[i], NULL);

      know (known, "owner", theirs[i], mc_json_string (applicant, member));
    }
}

/* Who stands at the counter, where that is another than whose case it is; and of two who marry, the
 * one. */
static void
know_role (json_t *known, const json_t *applicant)
{
  static const char *const members[] = { "name", "id", "dob", "address" };
  const char *sex = mc_json_string (applicant, "sex");
  const char *side = g_strcmp0 (sex, "male") == 0     ? "groom"
                     : g_strcmp0 (sex, "female") == 0 ? "bride"
                                                      : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *text = mc_json_string (applicant, members[i]);

      if (mc_applicant_for (applicant) != NULL)
        know (known, "proxy", members[i], text);
      else if (side != NULL)
        know (known, side, members[i], text);
    }
}

json_t *
mc_declaration_known (const json_t *said, const McProcedure *procedure, const char *const *parts)
{
  json_t *known = json_object ();

  know_all (known, "applicant", json_object_get (said, "applicant"));
  know_all (known, "contact", json_object_get (said, "contact"));
  know_owner (known, said);
  know_role (known, json_object_get (said, "applicant"));
  know (known, "dossier", "subject", mc_json_string (said, "subject"));
  if (procedure != NULL)
    know (known, "procedure", "name", procedure->name);
  if (parts != NULL)
    {
      g_autofree char *all = g_strjoinv ("; ", (char **)parts);

      know (known, "dossier", "parts", all);
    }
  return known;
}

void
mc_declaration_know_office (json_t *known, const char *office, const char *today)
{
  static const char *const kinds[] = { "đặc khu ", "phường ", "xã " };

  g_return_if_fail (known != NULL);

  know (known, "office", "name", office);
  if (today != NULL)
    json_object_set_new (known, "today", json_string (today));
  for (guint i = 0; office != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *lower = g_utf8_strdown (office, -1);
      const char *at = strstr (lower, kinds[i]);
      g_autofree char *committee = NULL;
      g_autofree char *police = NULL;
      const char *place;

      if (at == NULL || g_utf8_strlen (lower, -1) != g_utf8_strlen (office, -1))
        continue;
      place = g_utf8_offset_to_pointer (office, g_utf8_pointer_to_offset (lower, at));
      committee = g_strdup_printf ("Ủy ban nhân dân %s", place);
      police = g_strdup_printf ("Công an %s", place);
      know (known, "office", "committee", committee);
      know (known, "office", "police", police);
      know (known, "office", "place", place);
      return;
    }
}
