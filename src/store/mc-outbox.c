/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-practice.h"
#include "mc-store-private.h"
#include "mc-sync-store.h"

#include <string.h>

/*
 * Everything held up to `outbox_floor` is in the feed, or said ahead of it. The floor only spares
 * looking at all of it again: what waits is still what is not in the feed.
 */
#define NOT_JUDGED "NOT " MC_SQL_JUDGED
#define WAITING "FROM op o WHERE o.seq > ?1 AND " NOT_JUDGED

McCursor
mc_store_cursor (McStore *store)
{
  McCursor cursor = { mc_store_fact_int (store, "cursor", 0), "" };
  g_autofree char *hash = mc_store_fact (store, "cursor_hash");

  if (hash != NULL)
    g_strlcpy (cursor.hash, hash, sizeof cursor.hash);
  return cursor;
}

/* With what the province once said of it: it spares the second check of right and step. */
static char *
line_with_receipt (McQuery *query)
{
  g_autoptr (McRuling) said =
      mc_query_null (query, 2) ? NULL : mc_ruling_parse (mc_query_text (query, 2), NULL);

  return mc_pushed_write (mc_query_text (query, 1),
                          mc_query_text (query, 3),
                          said && said->refused ? said->reason : NULL);
}

GPtrArray *
mc_store_outbox (McStore *store,
                 guint max_ops,
                 gsize max_bytes,
                 GHashTable *skip,
                 GPtrArray **ret_ids,
                 GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      error,
      "SELECT o.id, o.line, s.ruling, s.receipt FROM op o LEFT JOIN said s ON s.op = o.id "
      "WHERE o.seq > ?1 AND " NOT_JUDGED "ORDER BY o.seq",
      "i",
      mc_store_fact_int (store, "outbox_floor", 0));
  gsize bytes = 0;

  if (query == NULL)
    return NULL;
  if (mc_store_practice (store))
    max_ops = 0;
  while (lines->len < max_ops && mc_query_next (query, NULL))
    {
      if (skip != NULL && g_hash_table_contains (skip, mc_query_text (query, 0)))
        continue;
      bytes += strlen (mc_query_text (query, 1));
      if (bytes > max_bytes && lines->len > 0)
        break;
      g_ptr_array_add (lines, line_with_receipt (query));
      g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
    }
  if (ret_ids != NULL)
    *ret_ids = g_steal_pointer (&ids);
  return g_steal_pointer (&lines);
}

GPtrArray *
mc_store_certificates_asked (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT DISTINCT w.certificate FROM missing m JOIN op o ON o.id = m.op "
                   "JOIN own_device w ON w.device = o.device "
                   "WHERE m.what = 'device' AND w.certificate <> ''",
                   "");

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (certificates, g_strdup (mc_query_text (query, 0)));
  if (problem == NULL)
    return g_steal_pointer (&certificates);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* Counted once, and kept up to date by what changes it: at a push of thousands each request asks. A
 * reader is not told of changes: it counts. */
static gint64
count_waiting (McStore *store)
{
  gint64 count = 0;

  if (store->lock >= 0 && store->waiting >= 0)
    return store->waiting;
  mc_db_int (store->db,
             NULL,
             &count,
             "SELECT count(*) " WAITING,
             "i",
             mc_store_fact_int (store, "outbox_floor", 0));
  store->waiting = count;
  return count;
}

gboolean
mc_store_practice (McStore *store)
{
  g_autofree char *practice = mc_store_fact (store, "practice");

  return practice != NULL;
}

gboolean
mc_store_set_practice (McStore *store, GError **error)
{
  return mc_store_set_fact (store, "practice", "yes", error);
}

gint64
mc_store_outbox_left (McStore *store, GHashTable *skip)
{
  if (mc_store_practice (store))
    return 0;
  return MAX (0, count_waiting (store) - (skip ? (gint64)g_hash_table_size (skip) : 0));
}

guint
mc_store_outbox_count (McStore *store)
{
  return mc_store_practice (store) ? 0 : (guint)count_waiting (store);
}

gboolean
mc_store_judged (McStore *store, const char *op)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM feed WHERE op = ?1 AND last = 1",
                    "s",
                    op);
}

gboolean
mc_store_set_offset (McStore *store, gint64 offset_ms, GError **error)
{
  return mc_store_set_fact_int (store, "offset", offset_ms, error);
}
