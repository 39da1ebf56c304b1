/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-worker.h"

void
mc_notice_free (McNotice *notice)
{
  if (notice == NULL)
    return;
  g_free (notice->op);
  g_free (notice->dossier);
  g_free (notice->code);
  g_free (notice->applicant);
  g_free (notice->verb);
  g_free (notice->by);
  g_free (notice->before);
  g_free (notice->after);
  g_free (notice);
}

static McNotice *
read_notice (McQuery *query)
{
  McNotice *notice = g_new0 (McNotice, 1);

  notice->id = mc_query_int (query, 0);
  notice->noticed_ms = mc_query_int (query, 1);
  notice->op = g_strdup (mc_query_text (query, 2));
  notice->before = g_strdup (mc_query_text (query, 3));
  notice->after = g_strdup (mc_query_text (query, 4));
  notice->dossier = g_strdup (mc_query_text (query, 5));
  notice->code = g_strdup (mc_query_text (query, 6));
  notice->applicant = g_strdup (mc_query_text (query, 7));
  notice->verb = g_strdup (mc_query_text (query, 8));
  notice->by = g_strdup (mc_query_text (query, 9));
  notice->at_ms = mc_stamp_ms (mc_query_int (query, 10));
  return notice;
}

GPtrArray *
mc_store_notices (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_notice_free);
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      error,
      "SELECT w.id, w.at, w.op, w.before, w.after, o.record, d.code, d.applicant, o.verb, "
      " coalesce (s.name, o.by), o.at "
      "FROM notice w JOIN op o ON o.id = w.op LEFT JOIN dossier d ON d.id = o.record "
      "LEFT JOIN staff s ON s.id = o.by WHERE w.seen = 0 ORDER BY w.id",
      "");

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    g_ptr_array_add (notices, read_notice (query));
  return g_steal_pointer (&notices);
}

guint
mc_store_notice_count (McStore *store)
{
  gint64 count = 0;

  mc_db_int (store->db,
             NULL,
             &count,
             "SELECT count(*) FROM notice w JOIN op o ON o.id = w.op WHERE w.seen = 0",
             "");
  return (guint)count;
}

gboolean
mc_store_notice_seen (McStore *store, gint64 id, GError **error)
{
  if (!mc_db_run (store->db,
                  error,
                  "UPDATE notice SET seen = 1 WHERE seen = 0 AND (?1 = 0 OR id = ?1)",
                  "i",
                  id))
    return FALSE;
  mc_store_mark_changed (store);
  return TRUE;
}
