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

/* How it was taken, where that cannot be seen from what was decided. */
static gboolean
note_taking (McProvince *province, const McOp *op, const McTaking *taking, GError **error)
{
  if (taking->refusal == NULL && taking->flags == MC_JUDGE_PLAIN)
    return TRUE;
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO taken (op, flags, refused) VALUES (?, ?, ?)",
                    "sii",
                    op->id,
                    (gint64)taking->flags,
                    (gint64)(taking->refusal != NULL ? 1 : 0));
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

static gboolean
tell_gone (McProvince *province, const char *record, GPtrArray *lost, GError **error)
{
  McFeedEntry entry = { 0, (char *)"gone", (char *)"", (char *)"", (char *)record };

  for (guint i = 0; i < lost->len; i++)
    if (!_mc_feed_append (province, lost->pdata[i], &entry, record, error))
      return FALSE;
  return TRUE;
}

/* What an admitted op brings about beside its record. */
static gboolean
follow (McProvince *province,
        const McOp *op,
        McRecord *record,
        GPtrArray *readers,
        GPtrArray *lost,
        GError **error)
{
  if (!_mc_province_project (province, op, record, error))
    return FALSE;
  if (_mc_sight_moves (op) && !_mc_sight_move (province, op, record, readers, lost, error))
    return FALSE;
  if (_mc_sight_moves (op) || !mc_verb_admin (op->verb))
    return _mc_first_note (province, record, error);
  if (!g_str_equal (op->verb, MC_VERB_OFFICE))
    return TRUE;
  if (!g_ptr_array_find_with_equal_func (readers, op->on, g_str_equal, NULL))
    g_ptr_array_add (readers, g_strdup (op->on));
  return tell_past (province, op, error);
}

McRuling *
_mc_province_take (McProvince *province, const McOp *op, const McTaking *taking, GError **error)
{
  g_autoptr (McRuling) ruling = NULL;
  g_autoptr (McRecord) record = NULL;
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);

  if (!note_copy (province, op, error) || !note_taking (province, op, taking, error))
    return NULL;
  ruling = mc_ledger_take (province->db, op, taking->refusal, NULL, taking->flags, &record, error);
  if (ruling == NULL)
    return NULL;
  /* Both before and after: who loses a dossier, or a staff member, is told of it too. */
  readers = _mc_province_readers (province, op, ruling->refused, taking->office, error);
  if (readers == NULL ||
      (!ruling->refused && !follow (province, op, record, readers, lost, error)) ||
      !tell (province, op, ruling, readers, error) || !tell_gone (province, op->on, lost, error))
    return NULL;
  if (!ruling->refused && g_str_equal (op->verb, MC_VERB_RECEIVE) &&
      !_mc_province_twin (province, op, taking->flags, error))
    return NULL;
  if (!ruling->refused && g_str_equal (op->verb, MC_VERB_END) &&
      !_mc_province_twice (province, op, record, taking->flags, error))
    return NULL;
  return g_steal_pointer (&ruling);
}
