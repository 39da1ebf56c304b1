/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-worker.h"
#include <string.h>

#define COLUMNS                                                                                    \
  "o.id, o.record, d.code, d.applicant, o.verb, coalesce (s.name, o.by), o.at, o.ruling, o.line, " \
  " m.what, w.device IS NOT NULL "
#define TABLES                                                                                     \
  "LEFT JOIN dossier d ON d.id = o.record LEFT JOIN staff s ON s.id = o.by "                       \
  "LEFT JOIN missing m ON m.op = o.id LEFT JOIN own_device w ON w.device = o.device "

/* What this desk's people did, under whichever device, and the province refused. An op that the
 * province has forgotten stays refused by what it said. */
#define REFUSED                                                                                    \
  "FROM (SELECT op FROM feed WHERE substr (ruling, 1, 9) = '\"refused:' AND last = 1 "             \
  "      UNION SELECT op FROM said WHERE substr (ruling, 1, 9) = '\"refused:') r "                 \
  "JOIN op o ON o.id = r.op "
#define NOT_DONE                                                                                   \
  "o.device IN (SELECT device FROM own_device) "                                                   \
  "AND NOT EXISTS (SELECT 1 FROM corrected c WHERE c.op = o.id) "

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
  g_free (waiting->reason);
  g_free (waiting->detail);
  g_free (waiting);
}

/* A dossier has its code and its applicant from the op that received it: where that was refused, or
 * the dossier has left this office, only from there. */
static void
fill_from_reception (McWaiting *waiting, const McOp *op)
{
  waiting->code = g_strdup (mc_json_string (op->body, "code"));
  waiting->applicant = g_strdup (mc_json_string (json_object_get (op->body, "applicant"), "name"));
}

/* An office's own procedure and what a helper prepared are told by the procedure's code. */
static void
fill_from_own (McWaiting *waiting, const McOp *op)
{
  const json_t *own = json_object_get (op->body, "procedure");

  if (g_str_equal (op->verb, MC_VERB_OWN))
    waiting->code = g_strdup (mc_json_string (own, "code"));
  else if (g_str_equal (op->verb, MC_VERB_PREPARE))
    {
      fill_from_reception (waiting, op);
      waiting->code = g_strdup (mc_json_string (op->body, "procedure"));
    }
  else if (g_str_equal (op->verb, MC_VERB_END))
    waiting->code = g_strdup (mc_json_string (op->body, "code"));
}

static void
fill_from_op (McStore *store, McWaiting *waiting, const char *line)
{
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);
  g_autoptr (McOp) reception = NULL;
  g_autofree char *first = NULL;

  if (op == NULL)
    return;
  waiting->detail = mc_json_text (op->body);
  fill_from_own (waiting, op);
  if (waiting->code != NULL)
    return;
  first = mc_db_text (store->db,
                      NULL,
                      "SELECT line FROM op WHERE record = ?1 AND verb = '" MC_VERB_RECEIVE
                      "' ORDER BY seq LIMIT 1",
                      "s",
                      op->on);
  reception = first ? mc_op_parse (first, -1, NULL) : NULL;
  if (reception != NULL)
    fill_from_reception (waiting, reception);
}

static void
set_kind (McWaiting *waiting, const char *missing)
{
  g_autoptr (McRuling) ruling = mc_ruling_parse (waiting->ruling, NULL);

  if (ruling != NULL && ruling->refused)
    {
      waiting->kind = MC_WAITING_REFUSED;
      waiting->reason = g_strdup (ruling->reason);
    }
  else if (missing != NULL)
    waiting->kind = g_str_equal (missing, "version") ? MC_WAITING_TOO_NEW : MC_WAITING_MISSING;
}

static McWaiting *
read_waiting (McStore *store, McQuery *query)
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
  waiting->yours = mc_query_int (query, 10) != 0;
  fill_from_op (store, waiting, mc_query_text (query, 8));
  set_kind (waiting, mc_query_text (query, 9));
  return waiting;
}

static GPtrArray *
read_all (McStore *store, McQuery *query)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_waiting_free);

  while (mc_query_next (query, NULL))
    g_ptr_array_add (all, read_waiting (store, query));
  return all;
}

GPtrArray *
mc_store_waiting (McStore *store, guint limit, GError **error)
{
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT " COLUMNS "FROM op o " TABLES "WHERE o.seq > ?1 "
                                           "AND NOT " MC_SQL_JUDGED "ORDER BY o.seq LIMIT ?2",
                                           "ii",
                                           mc_store_fact_int (store, "outbox_floor", 0),
                                           (gint64)limit);

  return query ? read_all (store, query) : NULL;
}

GPtrArray *
mc_store_refused (McStore *store, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT " COLUMNS REFUSED TABLES "WHERE " NOT_DONE "ORDER BY o.at, o.id",
                   "");

  return query ? read_all (store, query) : NULL;
}

guint
mc_store_refused_count (McStore *store)
{
  gint64 count = 0;

  mc_db_int (store->db, NULL, &count, "SELECT count(*) " REFUSED "WHERE " NOT_DONE, "");
  return (guint)count;
}
