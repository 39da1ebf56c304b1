/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-blob.h"
#include "mc-province-check-private.h"

#include "mc-group.h"
#include <glib/gstdio.h>

static gboolean
columns_hold (McQuery *query, const McOp *op)
{
  return g_strcmp0 (mc_query_text (query, 1), op->device) == 0 &&
         mc_query_int (query, 2) == op->n && mc_query_int (query, 3) == op->at &&
         g_strcmp0 (mc_query_text (query, 4), op->by) == 0 &&
         g_strcmp0 (mc_query_text (query, 5), op->on) == 0 &&
         g_strcmp0 (mc_query_text (query, 6), op->verb) == 0;
}

static gboolean
signature_holds (McProvince *province, const McOp *op)
{
  g_autoptr (McDevice) device = mc_province_device (province, op->device, NULL);

  return mc_op_verify (op, device != NULL ? &device->key : &province->keyring->public);
}

gboolean
_mc_check_op (McProvince *province, const char *id, GPtrArray *findings, GError **error)
{
  g_autoptr (McOp) op = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT line, device, n, at, by, record, verb FROM op WHERE id = ?",
                   "s",
                   id);

  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  op = mc_op_parse (mc_query_text (query, 0), -1, NULL);
  if (op == NULL || !g_str_equal (op->id, id) || !columns_hold (query, op))
    _mc_found (findings, "op %s: its row differs from its line", id);
  else if (!signature_holds (province, op))
    _mc_found (findings, "op %s: its signature does not hold", id);
  return TRUE;
}

/* One entry against the op it is of, and the chain up to it. */
static void
check_entry (McProvince *province,
             McQuery *query,
             McFeedEntry *entry,
             const char *office,
             const char *before,
             GPtrArray *findings)
{
  const char *op = mc_query_text (query, 6);
  g_autoptr (McRuling) ruling = mc_ruling_parse (entry->ruling, NULL);
  g_autofree char *receipt =
      ruling != NULL ? mc_keyring_receipt (province->keyring, op, ruling->reason) : NULL;
  char hash[33];

  mc_feed_hash (before, entry, hash);
  if (g_strcmp0 (hash, mc_query_text (query, 5)) != 0)
    _mc_found (findings,
               "feed of office %s, entry %" G_GINT64_FORMAT ": the running hash does not hold",
               office,
               entry->n);
  if (!g_str_equal (entry->kind, "op"))
    return;
  if (g_strcmp0 (mc_query_text (query, 7), entry->ruling) != 0 ||
      g_strcmp0 (receipt, entry->receipt) != 0)
    _mc_found (findings,
               "feed of office %s, entry %" G_GINT64_FORMAT ": ruling or receipt is not the op's",
               office,
               entry->n);
}

gboolean
_mc_check_feed (McProvince *province, const char *office, GPtrArray *findings, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *before = g_strdup ("");
  gint64 last = 0;
  g_autoptr (McQuery) query = mc_db_query (
      province->db,
      error,
      "SELECT f.n, f.kind, f.ruling, f.receipt, coalesce (op.line, f.op), f.hash, f.op,"
      " op.ruling FROM feed f LEFT JOIN op ON op.id = f.op AND f.kind = 'op'"
      " WHERE f.office = ? ORDER BY f.n",
      "s",
      office);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    {
      McFeedEntry entry = {
        .n = mc_query_int (query, 0),
        .kind = (char *)mc_query_text (query, 1),
        .ruling = (char *)mc_query_text (query, 2),
        .receipt = (char *)mc_query_text (query, 3),
        .line = (char *)mc_query_text (query, 4),
      };

      if (entry.n != last + 1)
        _mc_found (findings,
                   "feed of office %s: entry %" G_GINT64_FORMAT " is missing",
                   office,
                   last + 1);
      check_entry (province, query, &entry, office, before, findings);
      last = entry.n;
      g_free (before);
      before = g_strdup (mc_query_text (query, 5));
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
_mc_check_told (McProvince *province, const char *id, GPtrArray *findings, GError **error)
{
  g_autoptr (McOp) op = mc_ledger_op (province->db, id);
  g_autofree char *ruling = mc_ledger_ruling (province->db, id);
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GPtrArray) readers = NULL;

  if (op == NULL || ruling == NULL)
    return TRUE; /* said already: the row differs from its line */
  device = mc_province_device (province, op->device, NULL);
  readers = _mc_province_readers (province,
                                  op,
                                  g_str_has_prefix (ruling, "\"refused:"),
                                  device != NULL ? device->office : NULL,
                                  error);
  for (guint i = 0; readers != NULL && i < readers->len; i++)
    {
      gint64 times = 0;

      if (!mc_db_int (province->db,
                      error,
                      &times,
                      "SELECT count (*) FROM feed WHERE op = ? AND office = ?",
                      "ss",
                      id,
                      readers->pdata[i]))
        return FALSE;
      if (times != 1)
        _mc_found (findings,
                   "op %s: is %" G_GINT64_FORMAT " times in the feed of office %s",
                   id,
                   times,
                   (const char *)readers->pdata[i]);
    }
  return readers != NULL;
}

/* As it came: the device's signature, and a parent list that is neither short nor stale. */
gboolean
_mc_check_orphan (McProvince *province, const char *id, GPtrArray *findings, GError **error)
{
  g_autofree char *line =
      mc_db_text (province->db, error, "SELECT line FROM orphan WHERE id = ?", "s", id);
  g_autoptr (McOp) op = line != NULL ? mc_op_parse (line, -1, NULL) : NULL;
  g_autoptr (GPtrArray) waits = NULL;
  g_auto (GStrv) missing = NULL;

  if (line == NULL)
    return FALSE;
  if (op == NULL || !g_str_equal (op->id, id) || !signature_holds (province, op))
    {
      _mc_found (findings, "orphan %s: is no op of that id, or not a genuine one", id);
      return TRUE;
    }
  if (mc_ledger_has (province->db, id))
    _mc_found (findings, "orphan %s: was judged already", id);
  waits = _mc_province_column (province,
                               "SELECT parent FROM orphan_parent WHERE orphan = ?",
                               id,
                               error);
  if (waits == NULL)
    return FALSE;
  missing = _mc_missing_parents (province, op);
  for (guint i = 0; i < waits->len; i++)
    if (missing == NULL || !g_strv_contains ((const char *const *)missing, waits->pdata[i]))
      _mc_found (findings,
                 "orphan %s: waits for %s, which is not missing",
                 id,
                 (const char *)waits->pdata[i]);
  if (missing == NULL || waits->len != g_strv_length (missing))
    _mc_found (findings, "orphan %s: does not wait for all that is missing", id);
  return TRUE;
}

gboolean
_mc_check_scan (McProvince *province, const char *sha256, GPtrArray *findings, GError **error)
{
  g_autofree char *path = mc_province_blob_path (province, sha256);
  McBlobState state = { 0 };
  GStatBuf info;

  if (!mc_province_blob (province, sha256, &state, error))
    return FALSE;
  if (g_stat (path, &info) != 0 || info.st_size != state.size)
    _mc_found (findings, "scan %s: its file is missing or of another size", sha256);
  return TRUE;
}
