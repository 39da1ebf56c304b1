/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-blank.h"

#include "mc-card.h"
#include "mc-error.h"
#include "mc-format.h"
#include "mc-group.h"
#include "mc-person-check.h"
#include <string.h>

#define KEY_MAX 24
#define TEXT_MAX 1000
#define USUAL_MAX 200

static const char *const kinds[MC_N_BLANKS] = {
  "text",  "name",   "address", "date",   "identity", "phone",
  "email", "number", "money",   "choice", "flag",     "rows",
};

gboolean
mc_blank_only (const json_t *object, const char *const *known, const char **ret_key)
{
  const char *key;
  json_t *value;

  *ret_key = NULL;
  json_object_foreach ((json_t *)object, key, value) if (!g_strv_contains (known, key))
  {
    *ret_key = key;
    return FALSE;
  }
  return json_is_object (object);
}

static void
option_free (gpointer data)
{
  McBlankOption *option = data;

  g_free (option->id);
  g_free (option->label);
  g_free (option);
}

void
mc_blank_free (McBlank *blank)
{
  if (blank == NULL)
    return;
  g_free (blank->key);
  g_free (blank->label);
  g_strfreev (blank->from);
  g_strfreev (blank->people);
  g_free (blank->dob);
  g_free (blank->sex);
  g_free (blank->dots);
  g_ptr_array_unref (blank->option);
  g_ptr_array_unref (blank->column);
  g_free (blank);
}

/* Part of the name of a group. */
static gboolean
good_key (const char *key)
{
  return key != NULL && *key != '\0' && strlen (key) <= KEY_MAX &&
         strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (key);
}

static gboolean
read_kind (McBlank *blank, const char *kind)
{
  for (McBlankKind i = 0; kind != NULL && i < MC_N_BLANKS; i++)
    if (g_str_equal (kinds[i], kind))
      {
        blank->kind = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_options (McBlank *blank, const json_t *json)
{
  static const char *const known[] = { "id", "label", NULL };
  const json_t *options = json_object_get (json, "options");
  const char *key;

  for (size_t i = 0; i < json_array_size (options); i++)
    {
      const json_t *one = json_array_get (options, i);
      McBlankOption *option;

      if (!mc_blank_only (one, known, &key) || !good_key (mc_json_string (one, "id")) ||
          mc_json_string (one, "label") == NULL ||
          mc_blank_option (blank, mc_json_string (one, "id")) != NULL)
        return FALSE;
      option = g_new (McBlankOption, 1);
      option->id = g_strdup (mc_json_string (one, "id"));
      option->label = g_strdup (mc_json_string (one, "label"));
      g_ptr_array_add (blank->option, option);
    }
  return (blank->kind == MC_BLANK_CHOICE) == (blank->option->len > 1) &&
         blank->option->len == json_array_size (options);
}

static gboolean
read_columns (McBlank *blank, const json_t *json, GError **error)
{
  const json_t *columns = json_object_get (json, "columns");
  gint64 rows = mc_json_int (json, "rows", 0);

  for (size_t i = 0; i < json_array_size (columns); i++)
    {
      McBlank *column = mc_blank_parse (json_array_get (columns, i), TRUE, error);

      if (column == NULL)
        return FALSE;
      g_ptr_array_add (blank->column, column);
    }
  if ((blank->kind == MC_BLANK_ROWS) != (blank->column->len > 0) || rows < 0 ||
      rows > MC_BLANK_ROWS_MAX || (blank->kind == MC_BLANK_ROWS) != (rows > 0))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "\"columns\" and \"rows\"");
      return FALSE;
    }
  blank->rows = (guint)rows;
  return TRUE;
}

/* Where something may be known from: see mc_declaration_known(). */
static const char *const sources[] = {
  "applicant.name",     "applicant.id",      "applicant.dob", "applicant.sex",  "applicant.address",
  "applicant.relation", "applicant.mandate", "owner.name",    "owner.id",       "owner.dob",
  "owner.sex",          "owner.address",     "owner.phone",   "owner.email",    "proxy.name",
  "proxy.id",           "groom.name",        "groom.id",      "groom.dob",      "groom.address",
  "bride.name",         "bride.id",          "bride.dob",     "bride.address",  "contact.phone",
  "contact.email",      "dossier.subject",   "dossier.parts", "procedure.name", "office.name",
  "office.committee",   "office.police",     "office.place",  "today",          NULL,
};

/* "form:khai-tu.chet_ten": what another declaration of the same matter says; "form:khai-sinh":
 * nothing is known where that one is filled in. */
static gboolean
is_form_source (const char *from)
{
  const char *id = from + strlen (MC_GROUP_FORM_PREFIX);
  const char *dot = strchr (from, '.');

  return g_str_has_prefix (from, MC_GROUP_FORM_PREFIX) && *id != '\0' && *id != '.' &&
         (dot == NULL || (dot[1] != '\0' && strchr (dot + 1, '.') == NULL));
}

static gboolean
good_from (const McBlank *blank)
{
  for (guint i = 0; blank->from[i] != NULL; i++)
    if (!g_strv_contains (sources, blank->from[i]) && !is_form_source (blank->from[i]))
      return FALSE;
  return TRUE;
}

static gboolean
good_people (const McBlank *blank)
{
  for (guint i = 0; blank->people[i] != NULL; i++)
    if (blank->kind != MC_BLANK_ROWS || strchr (blank->people[i], '.') == NULL)
      return FALSE;
  return TRUE;
}

static GStrv
read_texts (const json_t *json, const char *member)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const json_t *from = json_object_get (json, member);

  if (json_is_string (from))
    g_strv_builder_add (names, json_string_value (from));
  for (size_t i = 0; i < json_array_size (from); i++)
    if (json_is_string (json_array_get (from, i)))
      g_strv_builder_add (names, json_string_value (json_array_get (from, i)));
  return g_strv_builder_end (names);
}

static gboolean
read_max (McBlank *blank, const json_t *json)
{
  gint64 max = mc_json_int (json, "max", USUAL_MAX);

  blank->max = (guint)CLAMP (max, 0, TEXT_MAX);
  return max >= 1 && max <= TEXT_MAX;
}

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "\"%s\"", what);
  return FALSE;
}

static gboolean
read_all (McBlank *blank, const json_t *json, gboolean within_rows, GError **error)
{
  static const char *const known[] = { "key",     "label",  "kind", "required", "max",  "from",
                                       "again",   "past",   "dob",  "sex",      "rows", "options",
                                       "columns", "people", "dots", NULL };
  const char *key;

  if (!mc_blank_only (json, known, &key))
    return wrong (error, key != NULL ? key : "key");
  if (!good_key (mc_json_string (json, "key")))
    return wrong (error, "key");
  if (mc_json_string (json, "label") == NULL || *mc_json_string (json, "label") == '\0')
    return wrong (error, "label");
  if (!read_kind (blank, mc_json_string (json, "kind")) ||
      (within_rows && blank->kind >= MC_BLANK_FLAG))
    return wrong (error, "kind");
  blank->key = g_strdup (mc_json_string (json, "key"));
  blank->label = g_strdup (mc_json_string (json, "label"));
  blank->required = mc_json_bool (json, "required", FALSE);
  blank->again = mc_json_bool (json, "again", FALSE);
  blank->past = mc_json_bool (json, "past", FALSE);
  blank->dob = g_strdup (mc_json_string (json, "dob"));
  blank->sex = g_strdup (mc_json_string (json, "sex"));
  blank->from = read_texts (json, "from");
  blank->people = read_texts (json, "people");
  blank->dots = g_strdup (mc_json_string (json, "dots"));
  if (!good_from (blank))
    return wrong (error, "from");
  if (!good_people (blank))
    return wrong (error, "people");
  if (!read_max (blank, json))
    return wrong (error, "max");
  if (!read_options (blank, json))
    return wrong (error, "options");
  return read_columns (blank, json, error);
}

McBlank *
mc_blank_parse (const json_t *json, gboolean within_rows, GError **error)
{
  g_autoptr (McBlank) blank = g_new0 (McBlank, 1);

  blank->option = g_ptr_array_new_with_free_func (option_free);
  blank->column = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_blank_free);
  if (!read_all (blank, json, within_rows, error))
    {
      const char *key = mc_json_string (json, "key");

      g_prefix_error (error, "field \"%s\": ", key != NULL ? key : "?");
      return NULL;
    }
  return g_steal_pointer (&blank);
}

const char *
mc_blank_option (const McBlank *blank, const char *id)
{
  for (guint i = 0; id != NULL && i < blank->option->len; i++)
    {
      const McBlankOption *option = blank->option->pdata[i];

      if (g_str_equal (option->id, id))
        return option->label;
    }
  return NULL;
}

static gboolean
whole_number (const char *value)
{
  return strspn (value, "0123456789") == strlen (value) && strlen (value) <= 15;
}

char *
mc_blank_text (const McBlank *blank, const char *value)
{
  g_return_val_if_fail (blank != NULL, NULL);

  if (value == NULL || *value == '\0')
    return NULL;
  if (blank->kind == MC_BLANK_DATE)
    return mc_format_dob (value);
  if (blank->kind == MC_BLANK_MONEY && whole_number (value))
    return mc_format_money (g_ascii_strtoll (value, NULL, 10));
  if (blank->kind == MC_BLANK_CHOICE && mc_blank_option (blank, value) != NULL)
    return g_strdup (mc_blank_option (blank, value));
  return g_strdup (value);
}

/* 2005-03-05, 2005-03 or 2005. */
static gboolean
is_date (const char *value)
{
  g_auto (GStrv) pieces = g_strsplit (value, "-", -1);
  guint count = g_strv_length (pieces);
  gint64 number[3] = { 0, 1, 1 };

  for (guint i = 0; i < count; i++)
    {
      if (i == 3 || strlen (pieces[i]) != (i == 0 ? 4 : 2) || !whole_number (pieces[i]))
        return FALSE;
      number[i] = g_ascii_strtoll (pieces[i], NULL, 10);
    }
  return number[0] >= 1800 && number[1] >= 1 && number[1] <= 12 &&
         g_date_valid_dmy ((GDateDay)number[2], (GDateMonth)number[1], (GDateYear)number[0]);
}

static McBlankDoubt
date_doubt (const McBlank *blank, const char *value, const char *today)
{
  if (!is_date (value))
    return MC_BLANK_NO_DATE;
  return blank->past && mc_dob_doubt (value, today) == MC_DOB_FUTURE ? MC_BLANK_FUTURE
                                                                     : MC_BLANK_FINE;
}

static McBlankDoubt
identity_doubt (const char *value, const char *dob, const char *sex)
{
  McIdDoubt doubt = mc_identity_doubt (value, dob, sex);

  if (doubt & MC_ID_LENGTH_ODD)
    return MC_BLANK_NO_IDENTITY;
  return doubt != MC_ID_FINE ? MC_BLANK_ODD_IDENTITY : MC_BLANK_FINE;
}

McBlankDoubt
mc_blank_doubt (const McBlank *blank,
                const char *value,
                const char *today,
                const char *dob,
                const char *sex)
{
  g_return_val_if_fail (blank != NULL && today != NULL, MC_BLANK_FINE);

  if (value == NULL || *value == '\0')
    return blank->required ? MC_BLANK_MISSING : MC_BLANK_FINE;
  if (g_utf8_strlen (value, -1) > (glong)blank->max)
    return MC_BLANK_LONG;
  switch (blank->kind)
    {
    case MC_BLANK_DATE:
      return date_doubt (blank, value, today);
    case MC_BLANK_IDENTITY:
      return identity_doubt (value, dob, sex);
    case MC_BLANK_PHONE:
      return mc_phone_doubt (value) == MC_PHONE_FINE ? MC_BLANK_FINE : MC_BLANK_NO_PHONE;
    case MC_BLANK_EMAIL:
      return mc_email_odd (value) ? MC_BLANK_NO_EMAIL : MC_BLANK_FINE;
    case MC_BLANK_NUMBER:
    case MC_BLANK_MONEY:
      return whole_number (value) ? MC_BLANK_FINE : MC_BLANK_NO_NUMBER;
    case MC_BLANK_CHOICE:
      return mc_blank_option (blank, value) != NULL ? MC_BLANK_FINE : MC_BLANK_NO_CHOICE;
    case MC_BLANK_NAME:
      return mc_name_doubt (value) == MC_NAME_FINE ? MC_BLANK_FINE : MC_BLANK_ODD_NAME;
    case MC_BLANK_TEXT:
    case MC_BLANK_ADDRESS:
    case MC_BLANK_FLAG:
    case MC_BLANK_ROWS:
    case MC_N_BLANKS:
    default:
      return MC_BLANK_FINE;
    }
}
