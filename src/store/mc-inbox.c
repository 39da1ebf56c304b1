/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a page of the feed. Base = the feed up to the cursor; the screen = base + every held op
 * that is not in it, by the same judge. Page, cursor and hash are one transaction.
 */
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include "mc-worker.h"

#include "mc-error.h"
#include <string.h>

/* A clock of another desk that runs this far ahead does not drag ours along. */
#define STAMP_AHEAD_MAX_MS (10 * 60 * G_GINT64_CONSTANT (1000))

static gboolean
bad_page (GError **error, const char *why)
{
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "feed page: %s", why);
  return FALSE;
}

static gboolean
page_continues (const McCursor *from, const McSyncAnswer *answer, GError **error)
{
  McCursor at = *from;

  for (guint i = 0; i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];

      if (entry->n != at.n + 1)
        return bad_page (error, "a number is missing");
      mc_feed_hash (at.hash, entry, at.hash);
      at.n = entry->n;
    }
  if (at.n != answer->cursor.n || strcmp (at.hash, answer->cursor.hash) != 0)
    return bad_page (error, "the running hash is another");
  return TRUE;
}

static gboolean
set_cursor (McStore *store, const McCursor *cursor, GError **error)
{
  return mc_store_set_fact_int (store, "cursor", cursor->n, error) &&
         mc_store_set_fact (store, "cursor_hash", cursor->hash, error);
}

/* The feed is another than the one followed so far: everything after the common point is unsaid. */
static gboolean
go_back (McStore *store, gint64 n, GHashTable *records, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT DISTINCT o.record FROM feed f JOIN op o ON o.id = f.op WHERE f.n > ?1",
                   "i",
                   n);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    g_hash_table_add (records, g_strdup (mc_query_text (query, 0)));
  return mc_db_run (store->db, error, "DELETE FROM feed WHERE n > ?1", "i", n) &&
         mc_store_set_fact_int (store, "outbox_floor", 0, error);
}

/* Keeps the line of an op that this desk did not hold. Its ruling is set by the replay that
 * follows. */
gboolean
mc_store_hold (McStore *store, const McOp *op, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT OR IGNORE INTO op (id, device, n, at, by, record, verb, ruling, line) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8)",
                    "ssiissss",
                    op->id,
                    op->device,
                    op->n,
                    op->at,
                    op->by,
                    op->on,
                    op->verb,
                    op->line);
}

static gboolean
take_entry (McStore *store,
            const McFeedEntry *entry,
            GHashTable *records,
            gint64 *stamp,
            GError **error)
{
  g_autoptr (McOp) op = NULL;
  gboolean is_op = g_str_equal (entry->kind, "op");

  if (is_op)
    {
      op = mc_op_parse (entry->line, -1, error);
      if (op == NULL || !mc_store_hold (store, op, error))
        return FALSE;
      g_hash_table_add (records, g_strdup (op->on));
      if (mc_stamp_ms (op->at) <= mc_store_now (store) + STAMP_AHEAD_MAX_MS)
        *stamp = MAX (*stamp, op->at);
    }
  return mc_db_run (store->db,
                    error,
                    "INSERT INTO feed (n, kind, op, ruling, receipt, hash, last) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, '', ?6)",
                    "issssi",
                    entry->n,
                    entry->kind,
                    op ? op->id : NULL,
                    entry->ruling,
                    entry->receipt,
                    (gint64)is_op);
}

static gboolean
take_entries (McStore *store, const McSyncAnswer *answer, GHashTable *records, GError **error)
{
  gint64 before = mc_store_fact_int (store, "stamp", 0);
  gint64 stamp = before;

  for (guint i = 0; i < answer->entries->len; i++)
    if (!take_entry (store, answer->entries->pdata[i], records, &stamp, error))
      return FALSE;
  return stamp == before || mc_store_set_fact_int (store, "stamp", stamp, error);
}

gboolean
mc_store_follows_feed (McStore *store, const char *record)
{
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      NULL,
      "SELECT f.n, f.ruling = o.ruling FROM op o LEFT JOIN feed f ON f.op = o.id AND f.last = 1 "
      "WHERE o.record = ?1 ORDER BY o.seq",
      "s",
      record);
  gint64 last = 0;
  gboolean waiting = FALSE;

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      if (mc_query_null (query, 0))
        {
          waiting = TRUE;
          continue;
        }
      if (waiting || mc_query_int (query, 0) < last || mc_query_int (query, 1) == 0)
        return FALSE;
      last = mc_query_int (query, 0);
    }
  return TRUE;
}

static gboolean
rebase (McStore *store, const char *record, gboolean always, GError **error)
{
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) rulings = NULL;
  g_autoptr (GArray) replay = NULL;
  g_autoptr (McRecord) rebuilt = NULL;

  if (!always && mc_store_follows_feed (store, record))
    return TRUE;
  replay = mc_store_replay_of (store, record, &ops, &rulings, error);
  if (replay == NULL)
    return FALSE;
  rebuilt = mc_ledger_rebuild (store->db,
                               record,
                               (const McReplay *)(void *)replay->data,
                               replay->len,
                               error);
  return rebuilt != NULL && mc_store_project (store, rebuilt, error);
}

gboolean
mc_store_rebase_all (McStore *store, GHashTable *records, gboolean always, GError **error)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    if (!rebase (store, record, always, error))
      return FALSE;
  return TRUE;
}

static gboolean
raise_floor (McStore *store, GError **error)
{
  gint64 floor = mc_store_fact_int (store, "outbox_floor", 0);
  gint64 next = floor;

  if (!mc_db_int (
          store->db,
          error,
          &next,
          "SELECT coalesce ((SELECT min (o.seq) - 1 FROM op o WHERE o.seq > ?1 AND NOT EXISTS "
          " (SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1)), (SELECT max (seq) FROM op), "
          "0)",
          "i",
          floor))
    return FALSE;
  return next == floor || mc_store_set_fact_int (store, "outbox_floor", next, error);
}

static gboolean
take_page (McStore *store, const McSyncAnswer *answer, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  McCursor cursor = answer->cursor;

  if (answer->reset)
    {
      cursor = (McCursor){ 0, "" };
      if (!go_back (store, cursor.n, records, error))
        return FALSE;
    }
  return take_entries (store, answer, records, error) &&
         mc_store_rebase_all (store, records, FALSE, error) && raise_floor (store, error) &&
         set_cursor (store, &cursor, error);
}

gboolean
mc_store_inbox (McStore *store, const McSyncAnswer *answer, GError **error)
{
  McCursor from = mc_store_cursor (store);

  if (answer->reset ? answer->entries->len > 0 : !page_continues (&from, answer, error))
    return answer->reset ? bad_page (error, "a reset that brings entries") : FALSE;
  if (answer->entries->len == 0 && !answer->reset)
    return TRUE;
  if (!mc_db_begin (store->db, error))
    return FALSE;
  if (!mc_db_finish (store->db, take_page (store, answer, error), error))
    {
      /* What was read of a page that is taken back is not true. */
      mc_store_forget_catalogue (store);
      return FALSE;
    }
  mc_store_mark_changed (store);
  return TRUE;
}
