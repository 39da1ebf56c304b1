/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

/* Two ids with one number: both are judged, and the device is known to have been copied. */
static gboolean
note_copy (McProvince *province, const McOp *op, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "UPDATE device SET copied = 1 WHERE id = ?1 AND copied = 0"
                    " AND EXISTS (SELECT 1 FROM op WHERE device = ?1 AND n = ?2)",
                    "si",
                    op->device,
                    op->n);
}

/* Whoever gains sight of a record is told its past first, in the order it was committed. */
static gboolean
give_sight (McProvince *province, const McOp *op, const char *office, GError **error)
{
  g_autoptr (GPtrArray) past = NULL;

  if (!mc_db_run (province->db,
                  error,
                  "INSERT OR IGNORE INTO sight (record, office) VALUES (?, ?)",
                  "ss",
                  op->on,
                  office))
    return FALSE;
  past = _mc_province_column (province,
                              "SELECT id FROM op WHERE record = ? ORDER BY seq",
                              op->on,
                              error);
  for (guint i = 0; past != NULL && i < past->len; i++)
    if (!g_str_equal (past->pdata[i], op->id) &&
        !_mc_feed_append_held (province, office, past->pdata[i], error))
      return FALSE;
  return past != NULL;
}

/* A new office is told everything that was decided for all before it was there. */
static gboolean
tell_past (McProvince *province, const McOp *op, GError **error)
{
  g_autoptr (GPtrArray) past =
      _mc_province_column (province,
                           "SELECT id FROM op WHERE verb IN ('" MC_VERB_OFFICE
                           "', '" MC_VERB_PROCEDURE "', '" MC_VERB_CALENDAR
                           "') AND ruling NOT LIKE '\"refused:%' ORDER BY seq",
                           NULL,
                           error);

  for (guint i = 0; past != NULL && i < past->len; i++)
    if (!g_str_equal (past->pdata[i], op->id) &&
        !_mc_feed_append_held (province, op->on, past->pdata[i], error))
      return FALSE;
  return past != NULL;
}

static gboolean
tell (McProvince *province,
      const McOp *op,
      const McRuling *ruling,
      GPtrArray *readers,
      GError **error)
{
  g_autofree char *text = mc_ruling_text (ruling);
  g_autofree char *receipt = mc_keyring_receipt (province->keyring, op->id, ruling->reason);
  McFeedEntry entry = { 0, (char *)"op", text, receipt, op->line };

  for (guint i = 0; i < readers->len; i++)
    if (!_mc_feed_append (province, readers->pdata[i], &entry, op->id, error))
      return FALSE;
  return TRUE;
}

/* What an admitted op brings about beside its record. */
static gboolean
follow (McProvince *province, const McOp *op, McRecord *record, const char *office, GError **error)
{
  if (!_mc_province_project (province, op, record, error))
    return FALSE;
  if (g_str_equal (op->verb, MC_VERB_RECEIVE))
    return give_sight (province, op, office, error);
  if (g_str_equal (op->verb, MC_VERB_OFFICE))
    return tell_past (province, op, error);
  return TRUE;
}

McRuling *
_mc_province_take (McProvince *province,
                   const McOp *op,
                   const char *office,
                   const char *refusal,
                   GError **error)
{
  g_autoptr (McRuling) ruling = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GPtrArray) readers = NULL;

  if (!note_copy (province, op, error))
    return NULL;
  ruling = mc_ledger_take (province->db, op, refusal, NULL, MC_JUDGE_PLAIN, &record, error);
  if (ruling == NULL)
    return NULL;
  /* Both before and after: a staff member who moves is news to the office that is left. */
  readers = _mc_province_readers (province, op, ruling->refused, office, error);
  if (readers == NULL || (!ruling->refused && !follow (province, op, record, office, error)))
    return NULL;
  if (!ruling->refused && g_str_equal (op->verb, MC_VERB_OFFICE) &&
      !g_ptr_array_find_with_equal_func (readers, op->on, g_str_equal, NULL))
    g_ptr_array_add (readers, g_strdup (op->on));
  if (!tell (province, op, ruling, readers, error))
    return NULL;
  return g_steal_pointer (&ruling);
}
