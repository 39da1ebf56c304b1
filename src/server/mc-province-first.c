/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a new desk is told ahead of its feed: who works here, under which procedures, and the
 * dossiers that are open. A hundred thousand closed ones come behind. Nothing is said that the
 * office's feed does not say: these are lines of it, out of their order.
 */
#include "mc-province-private.h"

#include "mc-workflow.h"
#include <string.h>

/* A page ends here even where more lines were asked for. */
#define PAGE_BYTES (4 * 1024 * 1024)

/* In this order; what was said of them goes with them. */
static const struct
{
  const char *sql; /* the next record after ?2 for the office ?1 */
  gboolean public; /* also to a desk that keeps nobody's dossier but its own */
} kinds[] = {
  { "SELECT id FROM office WHERE ?1 <> '' AND id > ?2 ORDER BY id LIMIT 1", TRUE },
  { "SELECT id FROM staff WHERE office = ?1 AND id > ?2 ORDER BY id LIMIT 1", TRUE },
  { "SELECT id FROM calendar WHERE ?1 <> '' AND id > ?2 ORDER BY id LIMIT 1", TRUE },
  { "SELECT id FROM procedure WHERE ?1 <> '' AND id > ?2 ORDER BY id LIMIT 1", TRUE },
  { "SELECT record FROM sight WHERE office = ?1 AND open = 1 AND record > ?2"
    " ORDER BY record LIMIT 1",
    FALSE },
};

gboolean
_mc_first_needed (McRecord *record)
{
  const json_t *status = mc_record_peek (record, MC_GROUP_STATUS);

  if (mc_record_peek (record, MC_GROUP_PREPARATION) != NULL)
    return mc_record_peek (record, MC_GROUP_ENDED) == NULL;
  return mc_record_contested (record) > 0 || mc_state_open (mc_json_string (status, "state"));
}

gboolean
_mc_first_note (McProvince *province, McRecord *record, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "UPDATE sight SET open = ?2 WHERE record = ?1 AND open <> ?2",
                    "si",
                    record->id,
                    (gint64)(_mc_first_needed (record) ? 1 : 0));
}

/* What the office's feed has of a record; of an op that it has twice, the entry that holds. The
 * record's ops lead: the feed is long. */
static gboolean
add_record (McProvince *province,
            const char *office,
            const char *record,
            GPtrArray *said,
            gsize *bytes,
            GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT f.n, f.ruling, f.receipt, o.line FROM op o CROSS JOIN feed f"
                   " ON f.office = ?1 AND f.n = (SELECT max (n) FROM feed INDEXED BY feed_op"
                   "  WHERE op = o.id AND office = ?1) WHERE o.record = ?2 ORDER BY +f.n",
                   "ss",
                   office,
                   record);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    {
      McFeedEntry *entry = g_new0 (McFeedEntry, 1);

      entry->n = mc_query_int (query, 0);
      entry->kind = g_strdup ("op");
      entry->ruling = g_strdup (mc_query_text (query, 1));
      entry->receipt = g_strdup (mc_query_text (query, 2));
      entry->line = g_strdup (mc_query_text (query, 3));
      g_ptr_array_add (said, entry);
      *bytes += strlen (entry->line) + strlen (entry->ruling) + 64;
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* The next record after @after of that kind, or %NULL. */
static gboolean
next_record (McProvince *province,
             const char *office,
             guint kind,
             const char *after,
             char **ret_record,
             GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_record = mc_db_text (province->db, &problem, kinds[kind].sql, "ss", office, after);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* `after` is the kind and the last record of it that was said: "4 ID". */
static guint
read_after (const char *text, char **ret_record)
{
  char *end = NULL;
  guint64 kind = g_ascii_strtoull (text, &end, 10);

  *ret_record = g_strdup (*end == ' ' ? end + 1 : "");
  return (guint)MIN (kind, G_N_ELEMENTS (kinds));
}

/* Whole records, so that a page that is on the disk shows them as they are. */
static gboolean
fill (McProvince *province, const char *office, gint64 limit, McSyncAnswer *answer, GError **error)
{
  g_autofree char *record = NULL;
  guint kind = read_after (answer->first.after, &record);
  gsize bytes = 0;

  while (kind < G_N_ELEMENTS (kinds) && answer->said->len < limit && bytes < PAGE_BYTES)
    {
      g_autofree char *next = NULL;

      if ((answer->desk == MC_DESK_OWN || kinds[kind].public) &&
          !next_record (province, office, kind, record, &next, error))
        return FALSE;
      g_free (record);
      record = g_strdup (next != NULL ? next : "");
      if (next == NULL)
        kind++;
      else if (!add_record (province, office, next, answer->said, &bytes, error))
        return FALSE;
    }
  g_clear_pointer (&answer->first.after, g_free);
  if (kind < G_N_ELEMENTS (kinds))
    answer->first.after = g_strdup_printf ("%u %s", kind, record);
  return TRUE;
}

gboolean
_mc_first_page (McProvince *province,
                const char *office,
                const McSyncRequest *request,
                McSyncAnswer *answer,
                GError **error)
{
  gint64 limit = CLAMP (request->limit, 1, MC_WIRE_ENTRIES_MAX);

  if (!request->first.on || answer->reset)
    return TRUE;
  mc_first_copy (&request->first, &answer->first);
  if (answer->first.after == NULL)
    return _mc_feed_news (province, office, limit, answer, error);
  /* Before the first record is looked at: what comes meanwhile is news. */
  if (answer->first.point.n == 0 && !_mc_feed_head (province, office, &answer->first.point, error))
    return FALSE;
  return fill (province, office, limit, answer, error);
}
