/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-calendar.h"
#include "mc-error.h"
#include "mc-id.h"
#include "mc-procedure.h"

/*
 * What stands now under @key of the record's one group, cleaned as an op is. Two of them are equal
 * where their text is.
 */
static char *
standing_text (McRecord *record, const char *group, const char *key)
{
  g_autoptr (json_t) value = mc_record_json (record, group);
  json_t *member = json_object_get (value, key);

  return member != NULL ? mc_json_text (member) : NULL;
}

/* Says it in an op where it says anything new. @body and its member @key are as they will be said.
 */
static gboolean
say (McProvince *province,
     const char *id,
     const char *verb,
     const char *key,
     json_t *body,
     guint *changed,
     GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);
  g_autoptr (json_t) clean = mc_json_clean (json_object_get (body, key));
  g_autofree char *fresh = mc_json_text (clean);
  g_autofree char *standing = NULL;

  if (record == NULL)
    return FALSE;
  standing = standing_text (record, key, key);
  if (g_strcmp0 (standing, fresh) == 0)
    return TRUE;
  if (!_mc_province_act (province, id, verb, body, error))
    return FALSE;
  (*changed)++;
  return TRUE;
}

/* The record of the calendar; a new id where there is none. */
static char *
calendar_id (McProvince *province, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = mc_db_text (province->db, &problem, "SELECT id FROM calendar LIMIT 1", "");

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return id != NULL ? g_steal_pointer (&id) : mc_id_new (mc_province_now (province));
}

/* What stands of the record @id as a procedure, its version in it; NULL with or without @error. */
static json_t *
standing_procedure (McProvince *province, const char *id, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);
  g_autoptr (json_t) value = record != NULL ? mc_record_json (record, "procedure") : NULL;
  json_t *procedure = json_copy (json_object_get (value, "procedure"));

  if (procedure != NULL && json_object_get (procedure, "version") == NULL)
    json_object_set (procedure, "version", json_object_get (value, "version"));
  return procedure;
}

gboolean
_mc_province_say_on (McProvince *province,
                     const char *id,
                     json_t *procedure,
                     const char *version,
                     guint *changed,
                     GError **error)
{
  g_autoptr (json_t) body = json_pack ("{s:O,s:s}", "procedure", procedure, "version", version);

  return say (province, id, MC_VERB_PROCEDURE, "procedure", body, changed, error);
}

gboolean
_mc_province_procedure (McProvince *province,
                        const char *code,
                        const char *from,
                        char **ret_id,
                        json_t **ret_procedure,
                        GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT id FROM procedure WHERE code = ? AND " MC_PROCEDURE_COMMON,
                   "s",
                   code);
  g_autoptr (GError) problem = NULL;

  *ret_id = NULL;
  *ret_procedure = NULL;
  while (query != NULL && *ret_id == NULL && mc_query_next (query, &problem))
    {
      const char *id = mc_query_text (query, 0);
      g_autoptr (json_t) standing = standing_procedure (province, id, &problem);

      if (standing == NULL || g_strcmp0 (mc_json_string (standing, "valid_from"), from) != 0)
        continue;
      *ret_id = g_strdup (id);
      *ret_procedure = g_steal_pointer (&standing);
    }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (query != NULL)
    return TRUE;
  return FALSE;
}

gboolean
_mc_province_say_procedure (McProvince *province,
                            json_t *entry,
                            const char *version,
                            guint *changed,
                            GError **error)
{
  g_autoptr (McProcedure) procedure = mc_procedure_parse (entry, error);
  g_autofree char *id = NULL;
  g_autoptr (json_t) standing = NULL;
  g_autoptr (json_t) whole = NULL;
  g_autoptr (json_t) declarations = NULL;

  if (procedure == NULL ||
      !_mc_province_good_declarations (json_object_get (entry, "declarations"), error) ||
      !_mc_province_procedure (province,
                               procedure->code,
                               procedure->valid_from,
                               &id,
                               &standing,
                               error))
    return FALSE;
  if (id == NULL)
    id = mc_id_new (mc_province_now (province));
  /* What the province set beside the law, and its declarations, stay when the law's part comes
   * anew. */
  whole = _mc_province_with_local (entry, json_object_get (standing, "local"), version);
  declarations = _mc_province_declarations (province, procedure->code);
  if (declarations != NULL && json_object_get (whole, "declarations") == NULL)
    json_object_set (whole, "declarations", declarations);
  return _mc_province_say_on (province, id, whole, version, changed, error);
}

static gboolean
import_procedures (McProvince *province, json_t *file, guint *changed, guint *total, GError **error)
{
  json_t *entries = json_object_get (file, "procedures");
  const char *version = mc_json_string (file, "version");

  if (!json_is_array (entries) || version == NULL)
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_FORMAT,
                           "catalogue: version or procedures missing");
      return FALSE;
    }
  for (size_t i = 0; i < json_array_size (entries); i++)
    if (!_mc_province_say_procedure (province,
                                     json_array_get (entries, i),
                                     version,
                                     changed,
                                     error))
      {
        g_prefix_error (error, "entry %zu: ", i + 1);
        return FALSE;
      }
  *total = (guint)json_array_size (entries);
  return TRUE;
}

static gboolean
import_calendar (McProvince *province, json_t *file, guint *changed, guint *total, GError **error)
{
  g_autoptr (McCalendar) calendar = mc_calendar_parse (file, error);
  g_autofree char *id = NULL;
  g_autoptr (json_t) body = NULL;

  if (calendar == NULL)
    return FALSE;
  id = calendar_id (province, error);
  if (id == NULL)
    return FALSE;
  body = json_pack ("{s:O}", "calendar", file);
  *total = 1;
  return say (province, id, MC_VERB_CALENDAR, "calendar", body, changed, error);
}

/* A file of one declaration, as data/declarations has them. */
static gboolean
import_declaration (McProvince *province,
                    json_t *file,
                    guint *changed,
                    guint *total,
                    GError **error)
{
  g_autoptr (json_t) one = json_pack ("[O]", file);

  return _mc_province_import_declarations (province, one, changed, total, error);
}

gboolean
mc_province_import (McProvince *province,
                    json_t *file,
                    guint *ret_changed,
                    guint *ret_total,
                    GError **error)
{
  gboolean ok;

  g_return_val_if_fail (province != NULL && file != NULL, FALSE);

  *ret_changed = 0;
  *ret_total = 0;
  if (!_mc_province_begin (province, error))
    return FALSE;
  if (json_object_get (file, "procedures") != NULL)
    ok = import_procedures (province, file, ret_changed, ret_total, error);
  else if (json_object_get (file, "overrides") != NULL)
    ok = _mc_province_import_local (province, file, ret_changed, ret_total, error);
  else if (json_object_get (file, "declarations") != NULL)
    ok = _mc_province_import_declarations (province,
                                           json_object_get (file, "declarations"),
                                           ret_changed,
                                           ret_total,
                                           error);
  else if (json_object_get (file, "fields") != NULL)
    ok = import_declaration (province, file, ret_changed, ret_total, error);
  else if (json_object_get (file, "days") != NULL)
    ok = import_calendar (province, file, ret_changed, ret_total, error);
  else
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_FORMAT,
                           "neither a catalogue, overrides, a declaration nor a calendar");
      ok = FALSE;
    }
  return _mc_province_end (province, ok, error);
}
