/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The province's feed is another than the one followed so far: it was restored from an older copy.
 * The desk goes back to where the two were still one. What stood after that point waits again, by
 * definition; what the province had said of it is kept, is shown until it speaks anew, and is sent
 * with the lines. Nothing leaves the screen for it.
 */
#include "mc-store-private.h"
#include "mc-worker.h"

#include <string.h>

/* Lines of version 1 have no hash of their own: they are given it when it is first asked for. */
static gboolean
fill_hashes (McStore *store, GError **error)
{
  char hash[33] = "";
  gint64 first = 0;
  g_autoptr (McQuery) query = NULL;

  if (!mc_db_int (store->db, NULL, &first, "SELECT n FROM feed WHERE hash = '' LIMIT 1", ""))
    return TRUE;
  query = mc_db_query (store->db,
                       error,
                       "SELECT f.n, f.kind, f.ruling, f.receipt, o.line, f.hash FROM feed f "
                       "LEFT JOIN op o ON o.id = f.op ORDER BY f.n",
                       "");
  while (query != NULL && mc_query_next (query, NULL))
    {
      McFeedEntry entry = {
        mc_query_int (query, 0),          (char *)mc_query_text (query, 1),
        (char *)mc_query_text (query, 2), (char *)mc_query_text (query, 3),
        (char *)mc_query_text (query, 4),
      };

      if (*mc_query_text (query, 5) != '\0')
        {
          g_strlcpy (hash, mc_query_text (query, 5), sizeof hash);
          continue;
        }
      if (entry.line == NULL)
        break;
      mc_feed_hash (hash, &entry, hash);
      if (!mc_db_run (store->db,
                      error,
                      "UPDATE feed SET hash = ?2 WHERE n = ?1",
                      "is",
                      entry.n,
                      hash))
        return FALSE;
    }
  return query != NULL;
}

static gint64
common_point (McStore *store, GArray *points)
{
  for (guint i = 0; points != NULL && i < points->len; i++)
    {
      const McCursor *point = &g_array_index (points, McCursor, i);
      gint64 one = 0;

      if (mc_db_int (store->db,
                     NULL,
                     &one,
                     "SELECT 1 FROM feed WHERE n = ?1 AND hash = ?2",
                     "is",
                     point->n,
                     point->hash))
        return point->n;
    }
  return 0;
}

/* Lines that were given up when their dossier left are fetched again where, as of then, it had not
 * left; but for what a public desk does not keep. */
static gint64
before_lines_given_up (McStore *store, gint64 n)
{
  gint64 first = 0;

  while (mc_db_int (store->db,
                    NULL,
                    &first,
                    "SELECT f.n FROM feed f WHERE f.kind = 'op' AND f.record IS NOT NULL "
                    "AND f.n <= ?1 AND NOT EXISTS (SELECT 1 FROM op o WHERE o.id = f.op) "
                    "AND f.record NOT IN (SELECT record FROM hidden WHERE n = 0) "
                    "AND NOT EXISTS (SELECT 1 FROM feed g WHERE g.kind = 'gone' "
                    " AND g.record = f.record AND g.n > f.n AND g.n <= ?1) ORDER BY f.n LIMIT 1",
                    "i",
                    n))
    n = first - 1;
  return n;
}

static gboolean
collect (McStore *store, GHashTable *records, gint64 n, const char *sql, GError **error)
{
  g_autoptr (McQuery) query = mc_db_query (store->db, error, sql, "i", n);

  while (query != NULL && mc_query_next (query, NULL))
    g_hash_table_add (records, g_strdup (mc_query_text (query, 0)));
  return query != NULL;
}

static gboolean
touched (McStore *store, GHashTable *records, gint64 n, GError **error)
{
  return collect (store,
                  records,
                  n,
                  "SELECT DISTINCT o.record FROM feed f JOIN op o ON o.id = f.op WHERE f.n > ?1",
                  error) &&
         collect (store, records, n, "SELECT record FROM hidden WHERE n > ?1", error);
}

static gboolean
remember_what_was_said (McStore *store, gint64 n, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO said (op, ruling, receipt) "
                    "SELECT f.op, f.ruling, f.receipt FROM feed f WHERE f.n > ?1 AND f.last = 1 "
                    "AND EXISTS (SELECT 1 FROM op o WHERE o.id = f.op) "
                    "AND NOT EXISTS (SELECT 1 FROM feed e WHERE e.op = f.op AND e.n <= ?1)",
                    "i",
                    n);
}

static gboolean
cut (McStore *store, gint64 n, GError **error)
{
  return mc_db_run (store->db, error, "DELETE FROM feed WHERE n > ?1", "i", n) &&
         mc_db_run (store->db,
                    error,
                    "UPDATE feed SET last = 1 WHERE n IN (SELECT max (n) FROM feed "
                    "WHERE op IS NOT NULL GROUP BY op HAVING max (last) = 0)",
                    "") &&
         mc_db_run (store->db, error, "DELETE FROM hidden WHERE n > ?1", "i", n) &&
         mc_db_run (store->db, error, "DELETE FROM missing", "") &&
         /* Whether it still has the scans is asked of it, one by one: it tells by their length. */
         mc_db_run (store->db, error, "UPDATE blob SET sent = 0 WHERE here = 1 AND sent = 1", "") &&
         mc_store_set_fact_int (store, "outbox_floor", 0, error);
}

/* A dossier that had left before the point and come back after it is away again. */
static gboolean
hide_again (McStore *store, GHashTable *records, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      error,
      "SELECT g.record, g.n FROM (SELECT record, max (n) AS n FROM feed WHERE kind = 'gone' "
      " GROUP BY record) g WHERE g.record NOT IN (SELECT record FROM hidden) AND NOT EXISTS "
      " (SELECT 1 FROM op o JOIN feed f ON f.op = o.id AND f.last = 1 WHERE o.record = g.record "
      "  AND f.n > g.n AND o.verb = 'dossier.receive' "
      "  AND substr (f.ruling, 1, 9) <> '\"refused:')",
      "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      gint64 n = mc_query_int (query, 1);

      g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
      g_array_append_val (numbers, n);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      g_hash_table_remove (records, ids->pdata[i]);
      if (!mc_store_hide (store, ids->pdata[i], g_array_index (numbers, gint64, i), error))
        return FALSE;
    }
  return query != NULL;
}

gboolean
mc_store_go_back (McStore *store, GArray *points, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *hash = NULL;
  McCursor cursor = { 0, "" };

  if (!fill_hashes (store, error))
    return FALSE;
  cursor.n = before_lines_given_up (store, common_point (store, points));
  hash = mc_db_text (store->db, NULL, "SELECT hash FROM feed WHERE n = ?1", "i", cursor.n);
  if (hash != NULL)
    g_strlcpy (cursor.hash, hash, sizeof cursor.hash);
  return mc_store_first_end (store, error) && touched (store, records, cursor.n, error) &&
         remember_what_was_said (store, cursor.n, error) && cut (store, cursor.n, error) &&
         hide_again (store, records, error) && mc_store_rebase_all (store, records, TRUE, error) &&
         mc_store_set_cursor (store, &cursor, error);
}
