/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the province sets beside the law: a shorter time, a fee of its council. */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-procedure.h"
#include <string.h>

/* Marks in a version what the law alone did not say. */
#define LOCAL_MARK '+'

json_t *
_mc_province_with_local (const json_t *entry, const json_t *local, const char *version)
{
  json_t *whole = json_copy ((json_t *)entry);
  g_autofree char *text = json_array_size (local) > 0 ? mc_json_text (local) : NULL;
  g_autofree char *sum = NULL;
  g_autofree char *marked = NULL;

  if (text == NULL)
    {
      json_object_del (whole, "local");
      return whole;
    }
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  marked = g_strdup_printf ("%s%c%.8s", version, LOCAL_MARK, sum);
  json_object_set (whole, "local", (json_t *)local);
  json_object_set_new (whole, "version", json_string (marked));
  return whole;
}

/* The version of the law's part. Returns: (transfer full) */
static char *
base_version (const json_t *procedure)
{
  const char *version = mc_json_string (procedure, "version");
  const char *mark = version != NULL ? strchr (version, LOCAL_MARK) : NULL;

  return mark != NULL ? g_strndup (version, (gsize)(mark - version)) : g_strdup (version);
}

/* What stands beside the law, with @one in the place of what it replaces. */
static json_t *
merge (const json_t *standing, const json_t *one)
{
  json_t *merged = json_array ();
  g_autoptr (json_t) clean = json_copy ((json_t *)one);

  for (size_t i = 0; i < json_array_size (standing); i++)
    {
      json_t *other = json_array_get (standing, i);

      if (g_strcmp0 (mc_json_string (other, "case"), mc_json_string (one, "case")) != 0 ||
          g_strcmp0 (mc_json_string (other, "valid_from"), mc_json_string (one, "valid_from")) != 0)
        json_array_append (merged, other);
    }
  json_object_del (clean, "code");
  if (!mc_json_bool (one, "drop", FALSE))
    json_array_append (merged, clean);
  return merged;
}

static gboolean
override_record (McProvince *province,
                 const char *id,
                 const json_t *one,
                 guint *changed,
                 GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);
  g_autoptr (json_t) value = record != NULL ? mc_record_json (record, "procedure") : NULL;
  g_autoptr (json_t) procedure = json_copy (json_object_get (value, "procedure"));
  g_autoptr (json_t) local = NULL;
  g_autoptr (json_t) whole = NULL;
  g_autoptr (McProcedure) parsed = NULL;
  g_autofree char *version = NULL;

  if (procedure == NULL)
    return record != NULL;
  version = base_version (procedure);
  if (version == NULL)
    version = g_strdup (mc_json_string (value, "version"));
  local = merge (json_object_get (procedure, "local"), one);
  whole = _mc_province_with_local (procedure, local, version != NULL ? version : "");
  if (json_array_size (local) == 0)
    json_object_set_new (whole, "version", json_string (version));
  parsed = mc_procedure_parse (whole, error);
  return parsed != NULL &&
         _mc_province_say_on (province, id, whole, version != NULL ? version : "", changed, error);
}

GPtrArray *
_mc_province_common_records (McProvince *province, const char *code, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT id FROM procedure WHERE code = ? AND " MC_PROCEDURE_COMMON,
                   "s",
                   code);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
  if (ids->len > 0)
    return g_steal_pointer (&ids);
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_FORMAT,
               "%s is not in the catalogue",
               code != NULL ? code : "a procedure without a code");
  return NULL;
}

static gboolean
import_one (McProvince *province, const json_t *one, guint *changed, GError **error)
{
  g_autoptr (GPtrArray) ids =
      _mc_province_common_records (province, mc_json_string (one, "code"), error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!override_record (province, ids->pdata[i], one, changed, error))
      return FALSE;
  return TRUE;
}

gboolean
_mc_province_import_local (McProvince *province,
                           json_t *file,
                           guint *changed,
                           guint *total,
                           GError **error)
{
  json_t *overrides = json_object_get (file, "overrides");

  for (size_t i = 0; i < json_array_size (overrides); i++)
    if (!import_one (province, json_array_get (overrides, i), changed, error))
      {
        g_prefix_error (error, "override %zu: ", i + 1);
        return FALSE;
      }
  *total = (guint)json_array_size (overrides);
  return TRUE;
}
