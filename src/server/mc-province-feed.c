/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFeedEntry, mc_feed_entry_free)

/* A page ends here even where more entries were asked for, so that any answer fits MC_WIRE_MAX. */
#define PAGE_BYTES (16 * 1024 * 1024)

gboolean
_mc_feed_head (McProvince *province, const char *office, McCursor *ret_head, GError **error)
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

/* Inside a transaction nobody else moves it. Borrowed. */
static McCursor *
head_of (McProvince *province, const char *office, GError **error)
{
  McCursor *head = g_hash_table_lookup (province->heads, office);
  McCursor read;

  if (head != NULL)
    return head;
  if (!_mc_feed_head (province, office, &read, error))
    return NULL;
  head = g_memdup2 (&read, sizeof read);
  g_hash_table_insert (province->heads, g_strdup (office), head);
  return head;
}

gboolean
_mc_feed_append (McProvince *province,
                 const char *office,
                 const McFeedEntry *entry,
                 const char *op,
                 GError **error)
{
  McFeedEntry numbered = *entry;
  McCursor *head = head_of (province, office, error);
  char hash[33];

  if (head == NULL)
    return FALSE;
  numbered.n = head->n + 1;
  mc_feed_hash (head->hash, &numbered, hash);
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
  head->n = numbered.n;
  g_strlcpy (head->hash, hash, sizeof head->hash);
  g_hash_table_add (province->touched, g_strdup (office));
  return TRUE;
}

/* An op that the ledger holds, with its ruling. */
static gboolean
append_held (McProvince *province,
             const char *office,
             const char *op,
             const char *ruling_text,
             const char *line,
             GError **error)
{
  g_autoptr (McRuling) ruling = mc_ruling_parse (ruling_text, error);
  g_autofree char *receipt = NULL;
  McFeedEntry entry = { 0, (char *)"op", (char *)ruling_text, NULL, (char *)line };

  if (ruling == NULL)
    {
      g_prefix_error (error, "op %s: ", op);
      return FALSE;
    }
  receipt = mc_keyring_receipt (province->keyring, op, ruling->reason);
  entry.receipt = receipt;
  return _mc_feed_append (province, office, &entry, op, error);
}

static gboolean
feed_has (McProvince *province,
          const char *office,
          const char *op,
          gboolean *ret_has,
          GError **error)
{
  return _mc_province_has (province,
                           "SELECT 1 FROM feed WHERE op = ? AND office = ?",
                           op,
                           office,
                           ret_has,
                           error);
}

gboolean
_mc_feed_append_held (McProvince *province, const char *office, const char *op, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *line = NULL;
  g_autofree char *ruling = NULL;
  gboolean has = FALSE;

  if (!feed_has (province, office, op, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  line = mc_db_text (province->db, &problem, "SELECT line FROM op WHERE id = ?", "s", op);
  ruling = line != NULL ? mc_ledger_ruling (province->db, op) : NULL;
  if (ruling != NULL)
    return append_held (province, office, op, ruling, line, error);
  if (problem == NULL)
    g_set_error (&problem, MC_ERROR, MC_ERROR_DAMAGED, "op %s is not held", op);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* An own op that was refused while the office did not see its record: it has no place in what is
 * told now, and is not told twice. */
static gboolean
was_told (McProvince *province,
          const char *office,
          const char *op,
          const char *record,
          gboolean *ret_told,
          GError **error)
{
  gint64 times = 0;
  gboolean ok = mc_db_int (province->db,
                           error,
                           &times,
                           "SELECT count (*) FROM feed WHERE op = ?1 AND office = ?2 AND n > "
                           "coalesce ((SELECT max (n) FROM feed WHERE op = ?3 AND office = ?2"
                           " AND kind = 'gone'), 0)",
                           "sss",
                           op,
                           office,
                           record);

  *ret_told = times > 0;
  return ok;
}

gboolean
_mc_feed_append_past (McProvince *province, const char *office, const McOp *but, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT id, ruling, line FROM op WHERE record = ? AND id <> ? ORDER BY seq",
                   "ss",
                   but->on,
                   but->id);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    {
      const char *op = mc_query_text (query, 0);
      const char *ruling = mc_query_text (query, 1);
      gboolean told = FALSE;

      if (g_str_has_prefix (ruling, "\"refused:") &&
          !was_told (province, office, op, but->on, &told, error))
        return FALSE;
      if (!told && !append_held (province, office, op, ruling, mc_query_text (query, 2), error))
        return FALSE;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
_mc_feed_holds (McProvince *province,
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

/*
 * The line of what an entry is about: of an op, unless the reader has just sent it. @brought:
 * (nullable)
 */
static char *
entry_line (McProvince *province, const char *kind, const char *op, GHashTable *brought)
{
  if (!g_str_equal (kind, "op"))
    return g_strdup (op);
  if (brought != NULL && g_hash_table_contains (brought, op))
    {
      g_hash_table_replace (brought, g_strdup (op), GINT_TO_POINTER (1));
      return g_strdup (op);
    }
  return mc_db_text (province->db, NULL, "SELECT line FROM op WHERE id = ?", "s", op);
}

static McFeedEntry *
read_entry (McProvince *province, McQuery *query, GHashTable *brought)
{
  g_autoptr (McFeedEntry) entry = g_new0 (McFeedEntry, 1);

  entry->n = mc_query_int (query, 0);
  entry->kind = g_strdup (mc_query_text (query, 1));
  entry->ruling = g_strdup (mc_query_text (query, 2));
  entry->receipt = g_strdup (mc_query_text (query, 3));
  entry->line = entry_line (province, entry->kind, mc_query_text (query, 4), brought);
  return entry->line != NULL ? g_steal_pointer (&entry) : NULL;
}

/* Entries after @at, in order; @at is then where they end. @brought: (nullable) */
static gboolean
read_page (McProvince *province,
           const char *office,
           gint64 limit,
           GHashTable *brought,
           GPtrArray *entries,
           McCursor *at,
           GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;
  gsize bytes = 0;

  query = mc_db_query (province->db,
                       error,
                       "SELECT n, kind, ruling, receipt, op, hash FROM feed"
                       " WHERE office = ? AND n > ? ORDER BY n LIMIT ?",
                       "sii",
                       office,
                       at->n,
                       CLAMP (limit, 0, MC_WIRE_ENTRIES_MAX));
  if (query == NULL)
    return FALSE;
  while (bytes < PAGE_BYTES && mc_query_next (query, &problem))
    {
      McFeedEntry *entry = read_entry (province, query, brought);

      if (entry == NULL)
        {
          g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "an entry of the feed has no op");
          return FALSE;
        }
      g_ptr_array_add (entries, entry);
      bytes += strlen (entry->line) + strlen (entry->ruling) + 64;
      at->n = entry->n;
      g_strlcpy (at->hash, mc_query_text (query, 5), sizeof at->hash);
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
_mc_feed_follows (McProvince *province,
                  const char *office,
                  const McSyncRequest *request,
                  gboolean *ret_holds,
                  GError **error)
{
  if (!_mc_feed_holds (province, office, &request->cursor, ret_holds, error))
    return FALSE;
  return !*ret_holds || !request->first.on ||
         _mc_feed_holds (province, office, &request->first.point, ret_holds, error);
}

gboolean
_mc_feed_news (McProvince *province,
               const char *office,
               gint64 limit,
               McSyncAnswer *answer,
               GError **error)
{
  return read_page (province, office, limit, NULL, answer->said, &answer->first.point, error);
}

gboolean
_mc_feed_page (McProvince *province,
               const char *office,
               const McSyncRequest *request,
               GHashTable *brought,
               McSyncAnswer *answer,
               GError **error)
{
  McCursor end = request->cursor;
  McCursor head;
  gboolean holds = FALSE;
  gboolean ok;

  if (!_mc_feed_follows (province, office, request, &holds, error) ||
      !_mc_feed_head (province, office, &head, error))
    return FALSE;
  answer->head = head.n;
  answer->reset = !holds;
  /* While a new desk is told what it needs at once, the rest waits. */
  ok = !holds || request->first.after != NULL ||
       read_page (province, office, request->limit, brought, answer->entries, &end, error);
  if (!ok)
    return FALSE;
  answer->cursor = end;
  return holds || add_points (province, office, MIN (head.n, end.n), answer, error);
}
