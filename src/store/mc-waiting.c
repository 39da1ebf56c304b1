/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#define WAITING_COLUMNS                                                                            \
  "o.id, o.record, d.code, d.applicant, o.verb, coalesce (s.name, o.by), o.at, o.ruling, o.line "  \
  "FROM op o LEFT JOIN dossier d ON d.id = o.record LEFT JOIN staff s ON s.id = o.by "

void
mc_waiting_free (McWaiting *waiting)
{
  if (waiting == NULL)
    return;
  g_free (waiting->op);
  g_free (waiting->dossier);
  g_free (waiting->code);
  g_free (waiting->applicant);
  g_free (waiting->verb);
  g_free (waiting->by);
  g_free (waiting->ruling);
  g_free (waiting);
}

/* A reception that was refused made no dossier: its code and applicant are in the op itself. */
static void
fill_from_op (McWaiting *waiting, const char *line)
{
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);

  if (op == NULL)
    return;
  waiting->code = g_strdup (mc_json_string (op->body, "code"));
  waiting->applicant = g_strdup (mc_json_string (json_object_get (op->body, "applicant"), "name"));
}

static McWaiting *
read_waiting (McQuery *query)
{
  McWaiting *waiting = g_new0 (McWaiting, 1);

  waiting->op = g_strdup (mc_query_text (query, 0));
  waiting->dossier = g_strdup (mc_query_text (query, 1));
  waiting->code = g_strdup (mc_query_text (query, 2));
  waiting->applicant = g_strdup (mc_query_text (query, 3));
  waiting->verb = g_strdup (mc_query_text (query, 4));
  waiting->by = g_strdup (mc_query_text (query, 5));
  waiting->at_ms = mc_stamp_ms (mc_query_int (query, 6));
  waiting->ruling = g_strdup (mc_query_text (query, 7));
  if (waiting->code == NULL)
    fill_from_op (waiting, mc_query_text (query, 8));
  return waiting;
}

static GPtrArray *
read_all (McQuery *query)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_waiting_free);

  while (mc_query_next (query, NULL))
    g_ptr_array_add (all, read_waiting (query));
  return all;
}

GPtrArray *
mc_store_waiting (McStore *store, guint limit, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT " WAITING_COLUMNS
                   "WHERE o.seq > ?1 AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.op = o.id) "
                   "ORDER BY o.seq LIMIT ?2",
                   "ii",
                   mc_store_fact_int (store, "outbox_floor", 0),
                   (gint64)limit);

  return query ? read_all (query) : NULL;
}

GPtrArray *
mc_store_refused (McStore *store, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT " WAITING_COLUMNS "JOIN feed f ON f.op = o.id "
                   "WHERE f.ruling LIKE '\"refused:%' AND o.device = ?1 ORDER BY f.n",
                   "s",
                   device ? device : "");

  return query ? read_all (query) : NULL;
}
