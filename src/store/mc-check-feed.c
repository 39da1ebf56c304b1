/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-check-private.h"
#include "mc-sync-store.h"

#include <string.h>

/* Lines of version 1 that nobody asked for yet, and lines that were given up, say nothing of their
 * hash. */
static void
check_line (McQuery *query, const char *before, GPtrArray *faults)
{
  McFeedEntry entry = {
    mc_query_int (query, 0),          (char *)mc_query_text (query, 1),
    (char *)mc_query_text (query, 2), (char *)mc_query_text (query, 3),
    (char *)mc_query_text (query, 4),
  };
  const char *kept = mc_query_text (query, 5);
  char hash[33];

  if (entry.line == NULL || before == NULL || *kept == '\0' || *entry.ruling == '\0')
    return;
  mc_feed_hash (before, &entry, hash);
  if (!g_str_equal (hash, kept))
    mc_check_fault (faults, "feed %" G_GINT64_FORMAT ": its hash is another", entry.n);
}

static gboolean
check_chain (McStore *store, GPtrArray *faults, GError **error)
{
  McCursor cursor = mc_store_cursor (store);
  g_autofree char *before = g_strdup ("");
  gint64 n = 0;
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT f.n, f.kind, f.ruling, f.receipt, "
                   " CASE f.kind WHEN 'gone' THEN f.record ELSE o.line END, f.hash "
                   "FROM feed f LEFT JOIN op o ON o.id = f.op ORDER BY f.n",
                   "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      const char *kept = mc_query_text (query, 5);

      if (mc_query_int (query, 0) != ++n)
        mc_check_fault (faults, "feed: number %" G_GINT64_FORMAT " is missing", n);
      check_line (query, before, faults);
      g_free (before);
      before = *kept ? g_strdup (kept) : NULL;
    }
  if (cursor.n != n || (before != NULL && !g_str_equal (before, cursor.hash)))
    mc_check_fault (faults, "feed: the cursor is not its end");
  return TRUE;
}

/* Each of these finds nothing where all is well. */
static const struct
{
  const char *what;
  const char *sql;
} rules[] = {
  { "feed: which line of op %s holds",
    "SELECT op FROM feed WHERE op IS NOT NULL GROUP BY op "
    "HAVING sum (last) <> 1 OR max (CASE last WHEN 1 THEN n END) <> max (n)" },
  { "feed: op %s is not held",
    "SELECT f.op FROM feed f WHERE f.last = 1 "
    "AND NOT EXISTS (SELECT 1 FROM op o WHERE o.id = f.op) "
    "AND (f.record IS NULL OR f.record NOT IN (SELECT record FROM hidden))" },
  { "op %s: kept as said, and it is in the feed or not held",
    "SELECT s.op FROM said s WHERE EXISTS (SELECT 1 FROM feed f WHERE f.op = s.op AND f.last = 1) "
    "OR NOT EXISTS (SELECT 1 FROM op o WHERE o.id = s.op)" },
  { "record %s: hidden, and the feed does not say so",
    "SELECT h.record FROM hidden h WHERE h.n > 0 "
    "AND h.n <= (SELECT CAST (value AS INTEGER) FROM fact WHERE key = 'cursor') AND NOT EXISTS "
    "(SELECT 1 FROM feed f WHERE f.n = h.n AND f.kind = 'gone' AND f.record = h.record)" },
  { "record %s: has left, and is not hidden",
    "SELECT g.record FROM (SELECT record, max (n) AS n FROM feed WHERE kind = 'gone' "
    " GROUP BY record) g WHERE g.record NOT IN (SELECT record FROM hidden) AND NOT EXISTS "
    " (SELECT 1 FROM op o JOIN feed f ON f.op = o.id AND f.last = 1 WHERE o.record = g.record "
    "  AND f.n > g.n AND o.verb = 'dossier.receive') "
    "AND NOT EXISTS (SELECT 1 FROM first x WHERE x.record = g.record AND x.n > g.n)" },
  { "record %s: hidden, and on the screen",
    "SELECT record FROM hidden WHERE record IN (SELECT id FROM dossier) "
    "OR record IN (SELECT id FROM record)" },
  { "device %s: not among the desk's own",
    "SELECT value FROM fact WHERE key = 'device' AND value NOT IN (SELECT device FROM "
    "own_device)" },
  { "op %s: its number was given before",
    "SELECT o.id FROM op o WHERE o.device = (SELECT value FROM fact WHERE key = 'device') "
    "AND o.n > (SELECT CAST (value AS INTEGER) FROM fact WHERE key = 'n') "
    "AND NOT EXISTS (SELECT 1 FROM fact WHERE key = 'copy' AND value <> '')" },
  { "op %s: below the floor, and not in the feed",
    "SELECT o.id FROM op o WHERE o.seq <= coalesce ((SELECT CAST (value AS INTEGER) FROM fact "
    " WHERE key = 'outbox_floor'), 0) "
    "AND NOT " MC_SQL_JUDGED },
};

static gboolean
check_corrections (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT c.op, o.line FROM corrected c JOIN op o ON o.id = c.by",
                   "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 1), -1, NULL);

      if (op == NULL || g_strcmp0 (op->instead, mc_query_text (query, 0)) != 0)
        mc_check_fault (faults, "op %s: nothing corrects it", mc_query_text (query, 0));
    }
  return TRUE;
}

gboolean
mc_check_feed (McStore *store, GPtrArray *faults, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (McQuery) query = mc_db_query (store->db, error, rules[i].sql, "");

      if (query == NULL)
        return FALSE;
      while (mc_query_next (query, NULL))
        {
          g_auto (GStrv) halves = g_strsplit (rules[i].what, "%s", 2);

          mc_check_fault (faults, "%s%s%s", halves[0], mc_query_text (query, 0), halves[1]);
        }
    }
  return check_chain (store, faults, error) && check_corrections (store, faults, error);
}
