/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

/* A page ends here even where more entries were asked for, so that any answer fits MC_WIRE_MAX. */
#define PAGE_BYTES (16 * 1024 * 1024)

/* The feed's last number and hash; 0 and "" for one that is empty. */
static gboolean
feed_head (McProvince *province, const char *office, McCursor *ret_head, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT n, hash FROM feed WHERE office = ? ORDER BY n DESC LIMIT 1",
                   "s",
                   office);

  if (query == NULL)
    return FALSE;
  ret_head->n = 0;
  ret_head->hash[0] = '\0';
  if (mc_query_next (query, &problem))
    {
      ret_head->n = mc_query_int (query, 0);
      g_strlcpy (ret_head->hash, mc_query_text (query, 1), sizeof ret_head->hash);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
_mc_feed_append (McProvince *province,
                 const char *office,
                 const McFeedEntry *entry,
                 const char *op,
                 GError **error)
{
  McFeedEntry numbered = *entry;
  McCursor head;
  char hash[33];

  if (!feed_head (province, office, &head, error))
    return FALSE;
  numbered.n = head.n + 1;
  mc_feed_hash (head.hash, &numbered, hash);
  if (!mc_db_run (province->db,
                  error,
                  "INSERT INTO feed (office, n, kind, op, ruling, receipt, hash)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  "sisssss",
                  office,
                  numbered.n,
                  numbered.kind,
                  op,
                  numbered.ruling,
                  numbered.receipt,
                  hash))
    return FALSE;
  g_hash_table_add (province->touched, g_strdup (office));
  return TRUE;
}

gboolean
_mc_feed_append_held (McProvince *province, const char *office, const char *op, GError **error)
{
  g_autoptr (McOp) held = NULL;
  g_autofree char *text = NULL;
  g_autofree char *receipt = NULL;
  g_autoptr (McRuling) ruling = NULL;
  McFeedEntry entry = { 0 };
  gboolean has = FALSE;

  if (!_mc_province_has (province,
                         "SELECT 1 FROM feed WHERE op = ? AND office = ?",
                         op,
                         office,
                         &has,
                         error))
    return FALSE;
  if (has)
    return TRUE;
  held = mc_ledger_op (province->db, op);
  text = mc_ledger_ruling (province->db, op);
  ruling = text != NULL ? mc_ruling_parse (text, error) : NULL;
  if (held == NULL || ruling == NULL)
    {
      g_prefix_error (error, "op %s: ", op);
      return FALSE;
    }
  receipt = mc_keyring_receipt (province->keyring, op, ruling->reason);
  entry.kind = (char *)"op";
  entry.ruling = text;
  entry.receipt = receipt;
  entry.line = held->line;
  return _mc_feed_append (province, office, &entry, op, error);
}

/* Whether the cursor is a point of this feed. */
static gboolean
cursor_holds (McProvince *province,
              const char *office,
              const McCursor *cursor,
              gboolean *ret_holds,
              GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *hash = NULL;

  if (cursor->n == 0)
    {
      *ret_holds = TRUE;
      return TRUE;
    }
  hash = mc_db_text (province->db,
                     &problem,
                     "SELECT hash FROM feed WHERE office = ? AND n = ?",
                     "si",
                     office,
                     cursor->n);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *ret_holds = hash != NULL && g_str_equal (hash, cursor->hash);
  return TRUE;
}

static McFeedEntry *
read_entry (McQuery *query)
{
  McFeedEntry *entry = g_new0 (McFeedEntry, 1);

  entry->n = mc_query_int (query, 0);
  entry->kind = g_strdup (mc_query_text (query, 1));
  entry->ruling = g_strdup (mc_query_text (query, 2));
  entry->receipt = g_strdup (mc_query_text (query, 3));
  entry->line = g_strdup (mc_query_text (query, 4));
  return entry;
}

/* Entries after @from, in order; @ret_end is where they end. */
static gboolean
read_page (McProvince *province,
           const char *office,
           gint64 from,
           gint64 limit,
           McSyncAnswer *answer,
           McCursor *ret_end,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;
  gsize bytes = 0;

  query = mc_db_query (province->db,
                       error,
                       "SELECT f.n, f.kind, f.ruling, f.receipt, coalesce (op.line, f.op), f.hash"
                       " FROM feed f LEFT JOIN op ON op.id = f.op"
                       " WHERE f.office = ? AND f.n > ? ORDER BY f.n LIMIT ?",
                       "sii",
                       office,
                       from,
                       limit);
  if (query == NULL)
    return FALSE;
  while (bytes < PAGE_BYTES && mc_query_next (query, &problem))
    {
      McFeedEntry *entry = read_entry (query);

      g_ptr_array_add (answer->entries, entry);
      bytes += strlen (entry->line) + strlen (entry->ruling) + 64;
      ret_end->n = entry->n;
      g_strlcpy (ret_end->hash, mc_query_text (query, 5), sizeof ret_end->hash);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Where this feed was, ever further apart: the desk goes back to the first that it knows. */
static gboolean
add_points (McProvince *province,
            const char *office,
            gint64 from,
            McSyncAnswer *answer,
            GError **error)
{
  for (gint64 back = 0; back < from; back = back == 0 ? 1 : back * 2)
    {
      McCursor point = { .n = from - back };
      g_autoptr (GError) problem = NULL;
      g_autofree char *hash = mc_db_text (province->db,
                                          &problem,
                                          "SELECT hash FROM feed WHERE office = ? AND n = ?",
                                          "si",
                                          office,
                                          point.n);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (hash == NULL)
        continue;
      g_strlcpy (point.hash, hash, sizeof point.hash);
      g_array_append_val (answer->points, point);
    }
  return TRUE;
}

gboolean
_mc_feed_page (McProvince *province,
               const char *office,
               const McSyncRequest *request,
               McSyncAnswer *answer,
               GError **error)
{
  McCursor end = request->cursor;
  McCursor head;
  gint64 limit = CLAMP (request->limit, 0, MC_WIRE_ENTRIES_MAX);
  gboolean holds = FALSE;

  if (!cursor_holds (province, office, &request->cursor, &holds, error))
    return FALSE;
  if (!feed_head (province, office, &head, error))
    return FALSE;
  answer->head = head.n;
  answer->reset = !holds;
  if (!holds)
    {
      answer->cursor = request->cursor;
      return add_points (province, office, MIN (head.n, end.n), answer, error);
    }
  if (!read_page (province, office, end.n, limit, answer, &end, error))
    return FALSE;
  answer->cursor = end;
  return TRUE;
}
