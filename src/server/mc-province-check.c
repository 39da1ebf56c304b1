/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-check-private.h"

#include <stdarg.h>

void
_mc_found (GPtrArray *findings, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_ptr_array_add (findings, g_strdup_vprintf (format, values));
  va_end (values);
}

gboolean
_mc_check_each (McProvince *province,
                const char *sql,
                McCheckOne check,
                GPtrArray *findings,
                GError **error)
{
  g_autoptr (GPtrArray) ids = _mc_province_column (province, sql, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!check (province, ids->pdata[i], findings, error))
      return FALSE;
  return ids != NULL;
}

gboolean
_mc_check_empty (McProvince *province,
                 const char *what,
                 const char *sql,
                 GPtrArray *findings,
                 GError **error)
{
  g_autoptr (GPtrArray) ids = _mc_province_column (province, sql, NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    _mc_found (findings, "%s: %s", what, (const char *)ids->pdata[i]);
  return ids != NULL;
}

/* How each op was taken: id → how, for those not simply judged. */
static gboolean
fill_taking (McProvince *province,
             McReplay *replay,
             McRuling *ruling,
             GPtrArray *findings,
             GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = mc_db_query (province->db,
                                           error,
                                           "SELECT flags, refused FROM taken WHERE op = ?",
                                           "s",
                                           replay->op->id);

  if (query == NULL)
    return FALSE;
  if (mc_query_next (query, &problem))
    {
      replay->flags = (McJudgeFlags)mc_query_int (query, 0);
      if (mc_query_int (query, 1) != 0)
        replay->forced = ruling;
      if (replay->forced != NULL && !ruling->refused)
        _mc_found (findings, "op %s: was refused and is not", replay->op->id);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
fill_replay (McProvince *province,
             GPtrArray *ops,
             GPtrArray *rulings,
             McReplay *replay,
             GPtrArray *findings,
             GError **error)
{
  for (guint i = 0; i < ops->len; i++)
    {
      McOp *op = ops->pdata[i];
      g_autofree char *text = mc_ledger_ruling (province->db, op->id);
      McRuling *ruling = text != NULL ? mc_ruling_parse (text, error) : NULL;

      if (ruling == NULL)
        {
          g_prefix_error (error, "op %s: ", op->id);
          return FALSE;
        }
      g_ptr_array_add (rulings, ruling);
      replay[i].op = op;
      if (!fill_taking (province, &replay[i], ruling, findings, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare_record (McProvince *province, McRecord *record, GPtrArray *findings, GError **error)
{
  g_autofree char *state = mc_record_dump (record);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT creator, contested, state FROM record WHERE id = ?",
                   "s",
                   record->id);

  if (query == NULL)
    return FALSE;
  if (mc_query_next (query, &problem))
    {
      if (g_strcmp0 (mc_query_text (query, 0), record->creator) != 0 ||
          mc_query_int (query, 1) != mc_record_contested (record) ||
          g_strcmp0 (mc_query_text (query, 2), state) != 0)
        _mc_found (findings, "record %s: differs from what its ops say", record->id);
    }
  else if (problem == NULL && record->creator != NULL)
    _mc_found (findings, "record %s: is missing", record->id);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
check_record (McProvince *province, const char *id, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) ops = mc_ledger_ops (province->db, id, error);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);
  g_autoptr (GPtrArray) rulings = NULL;
  g_autofree McReplay *replay = NULL;
  g_autoptr (McRecord) record = NULL;

  if (ops == NULL)
    return FALSE;
  replay = g_new0 (McReplay, ops->len);
  if (!fill_replay (province, ops, kept, replay, findings, error))
    return FALSE;
  record = mc_ledger_replay (id, replay, ops->len, &rulings);
  for (guint i = 0; i < ops->len; i++)
    if (!mc_ruling_equal (rulings->pdata[i], kept->pdata[i]))
      _mc_found (findings,
                 "op %s: judged anew it gets another ruling",
                 ((McOp *)ops->pdata[i])->id);
  return compare_record (province, record, findings, error) &&
         _mc_check_sight (province, id, replay, rulings, findings, error);
}

/* What is looked at one by one. */
static const struct
{
  const char *sql;
  McCheckOne check;
} walks[] = {
  { "SELECT id FROM op ORDER BY seq", _mc_check_op },
  { "SELECT DISTINCT record FROM op", check_record },
  { "SELECT DISTINCT record FROM op WHERE verb IN ('" MC_VERB_OFFICE "', '" MC_VERB_STAFF
    "', '" MC_VERB_PROCEDURE "', '" MC_VERB_OWN "')",
    _mc_check_admin },
  { "SELECT DISTINCT office FROM feed", _mc_check_feed },
  { "SELECT id FROM op WHERE verb IN ('" MC_VERB_OFFICE "', '" MC_VERB_STAFF
    "', '" MC_VERB_PROCEDURE "', '" MC_VERB_CALENDAR "') ORDER BY seq",
    _mc_check_told },
  { "SELECT id FROM orphan ORDER BY seq", _mc_check_orphan },
  { "SELECT sha256 FROM blob WHERE complete = 1", _mc_check_scan },
};

/* Queries that find nothing in a sound province. */
static const struct
{
  const char *what;
  const char *sql;
} rules[] = {
  { "record without ops", "SELECT id FROM record WHERE id NOT IN (SELECT record FROM op)" },
  { "office without a record", "SELECT id FROM office WHERE id NOT IN (SELECT id FROM record)" },
  { "staff without a record", "SELECT id FROM staff WHERE id NOT IN (SELECT id FROM record)" },
  { "procedure without a record",
    "SELECT id FROM procedure WHERE id NOT IN (SELECT id FROM record)" },
  { "sight of a record that nobody made",
    "SELECT record FROM sight WHERE record NOT IN (SELECT id FROM record WHERE creator IS NOT "
    "NULL)" },
  { "slot given twice", "SELECT slot FROM device GROUP BY slot HAVING count (*) > 1" },
  { "feed entry of no op",
    "SELECT op FROM feed WHERE kind = 'op' AND op NOT IN (SELECT id FROM op)" },
  { "word on how an op was taken that is not held",
    "SELECT op FROM taken WHERE op NOT IN (SELECT id FROM op)" },
  { "parent of an orphan that is none",
    "SELECT orphan FROM orphan_parent WHERE orphan NOT IN (SELECT id FROM orphan)" },
  { "matter of a dossier that nobody received",
    "SELECT record FROM matter WHERE record NOT IN (SELECT record FROM op WHERE verb = "
    "'" MC_VERB_RECEIVE "' AND ruling NOT LIKE '\"refused:%')" },
  { "sum of the scans of a device",
    "SELECT device FROM (SELECT device, half, whole FROM blob_sum WHERE half <> 0 OR whole <> 0"
    " EXCEPT SELECT device, sum (iif (complete, 0, size)), sum (iif (complete, size, 0))"
    " FROM blob GROUP BY device)" },
};

static gboolean
check_all (McProvince *province, GPtrArray *findings, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    if (!_mc_check_each (province, walks[i].sql, walks[i].check, findings, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!_mc_check_empty (province, rules[i].what, rules[i].sql, findings, error))
      return FALSE;
  return TRUE;
}

gboolean
mc_province_check (McProvince *province, GPtrArray *findings, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (province != NULL && findings != NULL, FALSE);

  /* One snapshot: beside it a server may be taking ops. */
  if (!mc_db_script (province->db, "BEGIN", error))
    return FALSE;
  ok = check_all (province, findings, error);
  mc_db_rollback (province->db);
  return ok;
}
