/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order that the screen follows: the feed with its rulings, then every held op that is not in
 * it. Of those the province may have said something before it was restored, or to a neighbour: what
 * was admitted stays admitted, what was refused stays refused.
 */
#include "mc-store-private.h"

#include <string.h>

#define REFUSED "\"refused:"

/* What is to be followed of one op: the ruling that binds, if any, and how it is judged. */
static gboolean
read_word (McQuery *query, McReplay *one, GError **error)
{
  const char *judged = mc_query_text (query, 1);
  const char *said = mc_query_text (query, 2);
  gboolean bound = judged != NULL;

  if (!bound && said != NULL)
    {
      one->flags = MC_JUDGE_ADMITTED;
      /* Of an op that this program cannot read only the province's word says what it wrote. */
      bound = g_str_has_prefix (said, REFUSED) || (*said != '\0' && !mc_op_readable (one->op));
      judged = said;
    }
  one->forced = bound ? mc_ruling_parse (judged, error) : NULL;
  return !bound || one->forced != NULL;
}

GArray *
mc_store_replay_of (McStore *store,
                    const char *record,
                    GPtrArray **ret_ops,
                    GPtrArray **ret_rulings,
                    GError **error)
{
  g_autoptr (GArray) replay = g_array_new (FALSE, FALSE, sizeof (McReplay));
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (GPtrArray) rulings = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT o.line, f.ruling, s.ruling FROM op o "
                                           "LEFT JOIN feed f ON f.op = o.id AND f.last = 1 "
                                           "LEFT JOIN said s ON s.op = o.id "
                                           "WHERE o.record = ?1 ORDER BY f.n IS NULL, f.n, o.seq",
                                           "s",
                                           record);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    {
      McReplay one = { mc_op_parse (mc_query_text (query, 0), -1, error), NULL, MC_JUDGE_PLAIN };

      if (one.op == NULL)
        return NULL;
      g_ptr_array_add (ops, one.op);
      if (!read_word (query, &one, error))
        return NULL;
      if (one.forced != NULL)
        g_ptr_array_add (rulings, one.forced);
      g_array_append_val (replay, one);
    }
  *ret_ops = g_steal_pointer (&ops);
  *ret_rulings = g_steal_pointer (&rulings);
  return g_steal_pointer (&replay);
}

gboolean
mc_store_follows_feed (McStore *store, const char *record)
{
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           NULL,
                                           "SELECT f.n, f.ruling = o.ruling FROM op o "
                                           "LEFT JOIN feed f ON f.op = o.id AND f.last = 1 "
                                           "WHERE o.record = ?1 ORDER BY o.seq",
                                           "s",
                                           record);
  gint64 last = 0;
  gboolean waiting = FALSE;
  gint64 kept = 0;

  /* What left and came back in one page has its ops and no state. */
  if (query == NULL ||
      !mc_db_int (store->db, NULL, &kept, "SELECT 1 FROM record WHERE id = ?1", "s", record))
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

gboolean
mc_store_rebase (McStore *store, const char *record, gboolean always, GError **error)
{
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) rulings = NULL;
  g_autoptr (GArray) replay = NULL;
  g_autoptr (McRecord) rebuilt = NULL;

  if (mc_store_hidden (store, record) || (!always && mc_store_follows_feed (store, record)))
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
    if (!mc_store_rebase (store, record, always, error))
      return FALSE;
  return TRUE;
}

gboolean
mc_store_hold (McStore *store, const McOp *op, const char *ruling, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT INTO op (id, device, n, at, by, record, verb, ruling, line) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    "ssiisssss",
                    op->id,
                    op->device,
                    op->n,
                    op->at,
                    op->by,
                    op->on,
                    op->verb,
                    ruling,
                    op->line);
}
