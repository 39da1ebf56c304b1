/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Declarations that a province adds to procedures of its catalogue. */
#include "mc-province-private.h"

#include "mc-declaration.h"
#include "mc-error.h"
#include <string.h>

/* An op carries all that belongs to a procedure: this much of it may be declarations. */
#define BYTES_MAX (100 * 1024)

gboolean
_mc_province_good_declarations (const json_t *declarations, GError **error)
{
  g_autofree char *text = declarations != NULL ? mc_json_text (declarations) : NULL;

  for (size_t i = 0; i < json_array_size (declarations); i++)
    {
      g_autoptr (McDeclaration) one =
          mc_declaration_parse (json_array_get (declarations, i), error);

      if (one == NULL)
        return FALSE;
    }
  if (text == NULL || strlen (text) <= BYTES_MAX)
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "more than %d bytes of declarations", BYTES_MAX);
  return FALSE;
}

/* Those of @standing with @one in the place of the one with its id. Returns: (transfer full) */
static json_t *
merge (const json_t *standing, const json_t *one)
{
  json_t *merged = json_array ();

  for (size_t i = 0; i < json_array_size (standing); i++)
    {
      json_t *other = json_array_get (standing, i);

      if (g_strcmp0 (mc_json_string (other, "id"), mc_json_string (one, "id")) != 0)
        json_array_append (merged, other);
    }
  if (!mc_json_bool (one, "drop", FALSE))
    json_array_append (merged, (json_t *)one);
  return merged;
}

/* @ret_value: (transfer full): the procedure of the record, its version in @ret_version */
static gboolean
read_record (McProvince *province,
             const char *id,
             json_t **ret_procedure,
             char **ret_version,
             GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);
  g_autoptr (json_t) value = record != NULL ? mc_record_json (record, "procedure") : NULL;
  const char *version = mc_json_string (value, "version");

  *ret_procedure = json_copy (json_object_get (value, "procedure"));
  *ret_version = g_strdup (version != NULL ? version : "");
  return record != NULL;
}

static gboolean
put_on_record (McProvince *province,
               const char *id,
               const json_t *one,
               guint *changed,
               GError **error)
{
  g_autoptr (json_t) procedure = NULL;
  g_autoptr (json_t) all = NULL;
  g_autofree char *version = NULL;

  if (!read_record (province, id, &procedure, &version, error))
    return FALSE;
  if (procedure == NULL)
    return TRUE;
  all = merge (json_object_get (procedure, "declarations"), one);
  if (!_mc_province_good_declarations (all, error))
    return FALSE;
  if (json_array_size (all) > 0)
    json_object_set (procedure, "declarations", all);
  else
    json_object_del (procedure, "declarations");
  return _mc_province_say_on (province, id, procedure, version, changed, error);
}

json_t *
_mc_province_declarations (McProvince *province, const char *code)
{
  g_autoptr (GPtrArray) ids = _mc_province_common_records (province, code, NULL);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (json_t) procedure = NULL;
      g_autofree char *version = NULL;

      if (read_record (province, ids->pdata[i], &procedure, &version, NULL) &&
          json_array_size (json_object_get (procedure, "declarations")) > 0)
        return json_incref (json_object_get (procedure, "declarations"));
    }
  return NULL;
}

static gboolean
put_on_procedure (McProvince *province,
                  const json_t *paper,
                  const json_t *one,
                  guint *changed,
                  GError **error)
{
  g_autoptr (GPtrArray) ids =
      _mc_province_common_records (province, mc_json_string (paper, "procedure"), error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!put_on_record (province, ids->pdata[i], one, changed, error))
      return FALSE;
  return TRUE;
}

/* One that is dropped says only its id and of which procedures it is no longer. */
static gboolean
good_one (const json_t *one, GError **error)
{
  g_autoptr (McDeclaration) parsed = NULL;

  if (mc_json_bool (one, "drop", FALSE) && mc_json_string (one, "id") != NULL)
    return TRUE;
  parsed = mc_declaration_parse (one, error);
  return parsed != NULL;
}

static gboolean
import_one (McProvince *province, const json_t *one, guint *changed, GError **error)
{
  const json_t *papers = json_object_get (one, "for");

  if (!good_one (one, error))
    return FALSE;
  if (json_array_size (papers) == 0)
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_FORMAT,
                   "declaration \"%s\": for which paper of which procedure",
                   mc_json_string (one, "id"));
      return FALSE;
    }
  for (size_t i = 0; i < json_array_size (papers); i++)
    if (!put_on_procedure (province, json_array_get (papers, i), one, changed, error))
      {
        g_prefix_error (error, "declaration \"%s\": ", mc_json_string (one, "id"));
        return FALSE;
      }
  return TRUE;
}

gboolean
_mc_province_import_declarations (McProvince *province,
                                  const json_t *declarations,
                                  guint *changed,
                                  guint *total,
                                  GError **error)
{
  for (size_t i = 0; i < json_array_size (declarations); i++)
    if (!import_one (province, json_array_get (declarations, i), changed, error))
      return FALSE;
  *total = (guint)json_array_size (declarations);
  return TRUE;
}
