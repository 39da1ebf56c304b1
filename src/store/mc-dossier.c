/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-error.h"
#include "mc-look-back-private.h"

void
mc_event_free (McEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->op);
  g_free (event->by);
  g_free (event->verb);
  g_free (event->detail);
  g_free (event->ruling);
  g_free (event);
}

void
mc_dossier_free (McDossier *dossier)
{
  if (dossier == NULL)
    return;
  mc_row_free (dossier->row);
  mc_record_free (dossier->record);
  g_clear_pointer (&dossier->events, g_ptr_array_unref);
  g_free (dossier);
}

static McEvent *
read_event (McQuery *query)
{
  g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 5), -1, NULL);
  McEvent *event = g_new0 (McEvent, 1);

  event->op = g_strdup (mc_query_text (query, 0));
  event->at_ms = mc_stamp_ms (mc_query_int (query, 1));
  event->by = g_strdup (mc_query_text (query, 2));
  event->verb = g_strdup (mc_query_text (query, 3));
  event->ruling = g_strdup (mc_query_text (query, 4));
  event->waiting = mc_query_int (query, 6) != 0;
  event->readable = op != NULL && mc_op_readable (op);
  event->detail = op ? mc_json_text (op->body) : g_strdup ("{}");
  return event;
}

/* By (at, id) and not by the order of arrival, or a refilled server would reorder the timeline. */
static GPtrArray *
read_events (McStore *store, const char *id, GError **error)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_event_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT o.id, o.at, coalesce (s.name, o.by), o.verb, o.ruling, o.line, "
                   " NOT " MC_SQL_JUDGED
                   "FROM op o LEFT JOIN staff s ON s.id = o.by WHERE o.record = ?1 "
                   "ORDER BY o.at, o.id",
                   "s",
                   id);

  while (query != NULL && mc_query_next (query, NULL))
    g_ptr_array_add (events, read_event (query));
  return events;
}

McDossier *
mc_store_dossier (McStore *store, const char *id, GError **error)
{
  g_autoptr (McDossier) dossier = g_new0 (McDossier, 1);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 row = 0;

  if (!mc_db_int (store->db, NULL, &row, "SELECT row FROM dossier WHERE id = ?1", "s", id) ||
      (rows = mc_store_rows (store, &row, 1, NULL)) == NULL || rows->len != 1)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", id);
      return NULL;
    }
  dossier->row = g_ptr_array_steal_index (rows, 0);
  dossier->record = mc_store_record (store, id, error);
  if (dossier->record == NULL)
    return NULL;
  dossier->row->workflow =
      mc_workflow_of (mc_record_peek (dossier->record, MC_GROUP_CASE), MC_OP_VERSION);
  dossier->events = read_events (store, id, error);
  if (store->back != NULL)
    mc_look_back_dossier (store, dossier);
  return g_steal_pointer (&dossier);
}
