/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-oracle.h"

#include "mc-sim-desk.h"
#include "mc-sim-event.h"
#include "mc-sim-province.h"
#include <string.h>

void
mc_sim_count_ruling (McSimWorld *world, const McRuling *ruling)
{
  g_autofree char *name =
      ruling->refused ? g_strconcat ("verdict refused: ", ruling->reason, NULL)
                      : g_strconcat ("verdict ", mc_verdict_name (mc_ruling_worst (ruling)), NULL);

  mc_sim_note (world, name);
}

/* Every verdict that fell, and for what reason; those on strangers were counted before. */
static void
count_verdicts (McSimWorld *world)
{
  g_autoptr (McQuery) query = mc_db_query (mc_sim_province_db (world->province),
                                           NULL,
                                           "SELECT ruling, id FROM op WHERE verb LIKE '%.%'"
                                           " AND verb NOT IN ('office.set', 'staff.set',"
                                           " 'procedure.set', 'calendar.set')",
                                           "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McRuling) ruling = mc_ruling_parse (mc_query_text (query, 0), NULL);

      if (!g_hash_table_contains (world->strange, mc_query_text (query, 1)))
        mc_sim_count_ruling (world, ruling);
    }
}

static gboolean
in_list (GPtrArray *list, const char *op)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (strcmp (((McWaiting *)list->pdata[i])->op, op) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
corrected (McSimWorld *world, const char *op)
{
  for (guint i = 0; i < world->sight.order->len; i++)
    if (g_strcmp0 (((McSimOp *)world->sight.order->pdata[i])->op->instead, op) == 0)
      return TRUE;
  return FALSE;
}

/* Own work that was refused is in the list of the desk that made it, until it is corrected. */
static void
check_refused (McSimDesk *desk)
{
  McDb *db = mc_sim_province_db (desk->world->province);
  g_autoptr (GPtrArray) list = mc_store_refused (desk->store, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, desk->own);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *ruling = mc_ledger_ruling (db, id);

      if (ruling != NULL && g_str_has_prefix (ruling, "\"refused:") && !in_list (list, id) &&
          !corrected (desk->world, id) && !g_hash_table_contains (desk->world->aside, id))
        mc_sim_bad (desk->world,
                    "desk %u does not show that %s was %s",
                    desk->number,
                    mc_sim_short (id),
                    ruling);
    }
}

static gboolean
shows (GPtrArray *conflicts, const char *record, McGroupState *state)
{
  g_autofree char *id = g_strconcat (record, "/", state->name, NULL);

  for (guint i = 0; i < conflicts->len; i++)
    {
      McConflict *conflict = conflicts->pdata[i];

      if (strcmp (conflict->id, id) == 0)
        return conflict->kind == MC_CONFLICT_TWIN || conflict->sides->len == state->tips->len;
    }
  return FALSE;
}

GPtrArray *
mc_sim_oracle_conflicts (McSimDesk *desk)
{
  if (desk->conflicts == NULL)
    desk->conflicts = mc_store_conflicts (desk->store, NULL, NULL);
  return desk->conflicts;
}

/* Every contested group is among the conflicts of each desk that lists the dossier. */
static void
check_conflicts (McSimDesk *desk)
{
  McDb *db = mc_store_db (desk->store);
  GPtrArray *conflicts = mc_sim_oracle_conflicts (desk);
  g_autoptr (McQuery) query = mc_db_query (db, NULL, "SELECT id FROM dossier", "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McRecord) record = mc_ledger_record (db, mc_query_text (query, 0), NULL);
      GHashTableIter iter;
      gpointer state;

      g_hash_table_iter_init (&iter, record->groups);
      while (g_hash_table_iter_next (&iter, NULL, &state))
        if (mc_group_unsettled (state) && !shows (conflicts, record->id, state))
          mc_sim_bad (desk->world,
                      "desk %u does not show the conflict %s/%s",
                      desk->number,
                      mc_sim_short (record->id),
                      ((McGroupState *)state)->name);
    }
}

static void
count_notices (McSimDesk *desk)
{
  mc_sim_count_add (desk->world->count,
                    "verdict changed since a restore",
                    mc_store_notice_count (desk->store));
}

/* A code that is on two papers is on the screen of whoever has both. */
static void
check_codes (McSimWorld *world)
{
  g_autoptr (McQuery) query = mc_db_query (mc_sim_province_db (world->province),
                                           NULL,
                                           "SELECT line FROM op WHERE verb = 'dossier.receive'"
                                           " AND ruling NOT LIKE '\"refused:%' ORDER BY seq",
                                           "");
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 0), -1, NULL);

      if (!g_hash_table_add (codes, g_strdup (mc_json_string (op->body, "code"))))
        mc_sim_note (world, "verdict code twice");
    }
}

static void
count_rows (McSimWorld *world, McDb *db, const char *name, const char *sql)
{
  gint64 count = 0;

  if (mc_db_int (db, NULL, &count, sql, ""))
    mc_sim_count_add (world->count, name, (guint)count);
}

static void
count_province (McSimWorld *world)
{
  McDb *db = mc_sim_province_db (world->province);

  count_rows (world, db, "verdict fork", "SELECT count(*) - count(DISTINCT device || n) FROM op");
  count_rows (world, db, "verdict alone", "SELECT count(*) FROM taken WHERE flags & 1");
  count_rows (world, db, "verdict by receipt", "SELECT count(*) FROM taken WHERE flags & 2");
  count_rows (world, db, "twin", "SELECT count(*) FROM op WHERE verb = 'dossier.twin'");
}

void
mc_sim_oracle_shown (McSimWorld *world)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  count_verdicts (world);
  count_province (world);
  check_codes (world);
  for (guint i = 0; i < living->len; i++)
    {
      check_refused (living->pdata[i]);
      check_conflicts (living->pdata[i]);
      count_notices (living->pdata[i]);
    }
}
