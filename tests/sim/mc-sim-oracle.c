/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-oracle.h"

#include "mc-sim-desk.h"
#include "mc-sim-event.h"
#include "mc-sim-province.h"
#include "mc-sync-store.h"
#include <string.h>

static gboolean
has (McDb *db, const char *sql, const char *a, const char *b)
{
  gint64 one = 0;

  return b ? mc_db_int (db, NULL, &one, sql, "ss", a, b) : mc_db_int (db, NULL, &one, sql, "s", a);
}

static gboolean
in_sight (McSimWorld *world, const char *record, const char *office)
{
  return has (mc_sim_province_db (world->province),
              "SELECT 1 FROM sight WHERE record = ?1 AND office = ?2",
              record,
              office);
}

static void
findings (McSimWorld *world, const char *where, GPtrArray *found, const GError *error)
{
  if (error != NULL)
    mc_sim_bad (world, "%s: check fails: %s", where, error->message);
  for (guint i = 0; found != NULL && i < found->len; i++)
    mc_sim_bad (world, "%s: check finds: %s", where, (char *)found->pdata[i]);
}

static void
check_stores (McSimWorld *world, GPtrArray *living)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  mc_province_check (world->province->province, found, &error);
  findings (world, "province", found, error);
  for (guint i = 0; i < living->len; i++)
    {
      McSimDesk *desk = living->pdata[i];
      g_autofree char *where = g_strdup_printf ("desk %u", desk->number);
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (GError) problem = NULL;

      mc_op_pretend (desk->version);
      mc_store_check (desk->store, &faults, &problem);
      mc_op_pretend (MC_OP_VERSION);
      findings (world, where, faults, problem);
    }
}

static void
check_waiting (McSimDesk *desk)
{
  g_autoptr (GPtrArray) lines = mc_store_outbox (desk->store, 1, G_MAXSIZE / 2, NULL, NULL, NULL);

  if (lines != NULL && lines->len > 0)
    mc_sim_bad (desk->world,
                "desk %u waits for ever with %u ops: %.120s",
                desk->number,
                mc_sim_desk_waiting (desk),
                strchr (lines->pdata[0], '{'));
}

/* What the desk shows of a record must be what the province says of it, to the letter. */
static void
compare_record (McSimDesk *desk, const char *record, const char *theirs)
{
  McDb *db = mc_store_db (desk->store);
  g_autofree char *ours =
      mc_db_text (db, NULL, "SELECT state FROM record WHERE id = ?1", "s", record);
  const char *office = desk->world->base->offices[desk->office];
  gboolean sees = in_sight (desk->world, record, office);
  gboolean lists = has (db, "SELECT 1 FROM dossier WHERE id = ?1", record, NULL);

  if (sees && g_strcmp0 (ours, theirs) != 0)
    mc_sim_bad (desk->world,
                "desk %u shows another state of %s:\n--- desk\n%s\n--- province\n%s",
                desk->number,
                mc_sim_short (record),
                ours ? ours : "(nothing)",
                theirs);
  if (lists != sees)
    mc_sim_bad (desk->world,
                "desk %u %s %s, which its office %s",
                desk->number,
                lists ? "lists" : "does not list",
                mc_sim_short (record),
                sees ? "sees" : "does not see");
}

static void
compare_dossiers (McSimWorld *world, GPtrArray *living)
{
  g_autoptr (McQuery) query =
      mc_db_query (mc_sim_province_db (world->province),
                   NULL,
                   "SELECT r.id, r.state FROM record r WHERE r.creator IS NOT NULL"
                   " AND EXISTS (SELECT 1 FROM op o WHERE o.id = r.creator"
                   "             AND o.verb = 'dossier.receive') ORDER BY r.id",
                   "");

  while (query != NULL && mc_query_next (query, NULL))
    for (guint i = 0; i < living->len; i++)
      compare_record (living->pdata[i], mc_query_text (query, 0), mc_query_text (query, 1));
}

/* Of another office a desk knows that there is one, and nothing of its papers. */
static char *
as_told (McSimDesk *desk, const char *record, const char *state)
{
  g_autofree char *own = mc_store_fact (desk->store, "office");
  g_auto (GStrv) lines = g_strsplit (state, "\n", -1);
  g_autoptr (GPtrArray) told = g_ptr_array_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_equal (record, own) || !g_str_has_prefix (lines[i], MC_GROUP_PAPERS_PREFIX))
      g_ptr_array_add (told, lines[i]);
  g_ptr_array_add (told, NULL);
  return g_strjoinv ("\n", (char **)told->pdata);
}

/* Offices, staff, catalogue: what is at the desk is as the province has it. */
static void
compare_admin (McSimDesk *desk)
{
  McDb *theirs = mc_sim_province_db (desk->world->province);
  g_autoptr (McQuery) query =
      mc_db_query (mc_store_db (desk->store),
                   NULL,
                   "SELECT r.id, r.state FROM record r JOIN op o ON o.id = r.creator"
                   " WHERE o.verb NOT LIKE 'dossier.%'",
                   "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      g_autofree char *state = mc_db_text (theirs,
                                           NULL,
                                           "SELECT state FROM record WHERE id = ?1",
                                           "s",
                                           mc_query_text (query, 0));
      g_autofree char *told =
          state != NULL ? as_told (desk, mc_query_text (query, 0), state) : NULL;

      if (g_strcmp0 (told, mc_query_text (query, 1)) != 0)
        mc_sim_bad (desk->world,
                    "desk %u knows another state of the admin record %s: %s, province %s",
                    desk->number,
                    mc_sim_short (mc_query_text (query, 0)),
                    mc_query_text (query, 1),
                    state ? state : "(nothing)");
    }
}

/* Nothing that a living desk holds may be lost to the province, and nothing is held that the office
 * never saw. */
static void
check_held (McSimDesk *desk)
{
  McSimWorld *world = desk->world;
  const char *office = world->base->offices[desk->office];
  g_autoptr (McQuery) query = mc_db_query (mc_store_db (desk->store),
                                           NULL,
                                           "SELECT id, record, verb FROM op ORDER BY seq",
                                           "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      const char *id = mc_query_text (query, 0);
      g_autofree char *seen = g_strconcat (mc_query_text (query, 1), " ", office, NULL);
      gboolean own = g_hash_table_contains (desk->own, id);

      if (g_hash_table_contains (world->forged, id))
        mc_sim_bad (world, "desk %u holds %s, which is forged", desk->number, mc_sim_short (id));
      if (!mc_ledger_has (mc_sim_province_db (world->province), id))
        mc_sim_bad (world,
                    "LOST: %s %s, held by desk %u, is not at the province",
                    mc_query_text (query, 2),
                    mc_sim_short (id),
                    desk->number);
      if (!own && g_str_has_prefix (mc_query_text (query, 2), "dossier.") &&
          !g_hash_table_contains (world->ever_seen, seen) &&
          g_strcmp0 (g_hash_table_lookup (world->strange, id), office) != 0 &&
          (mc_sim_sight_find (&world->sight, id) == NULL ||
           ((McSimDesk *)world->desks->pdata[mc_sim_sight_find (&world->sight, id)->desk])
                   ->office != desk->office))
        mc_sim_bad (world,
                    "desk %u holds %s of %s, which its office never saw",
                    desk->number,
                    mc_sim_short (id),
                    mc_sim_short (mc_query_text (query, 1)));
    }
}

/* Told twice, where the office neither lost sight of the record before nor gained it in between
 * (the verdict on its own op was then told to one that did not see the record). */
static void
check_feeds (McSimWorld *world)
{
  g_autoptr (McQuery) query = mc_db_query (
      mc_sim_province_db (world->province),
      NULL,
      "SELECT a.op FROM feed a WHERE a.kind = 'op' AND EXISTS (SELECT 1 FROM feed b"
      " WHERE b.office = a.office AND b.op = a.op AND b.n > a.n AND NOT EXISTS "
      "(SELECT 1 FROM feed g"
      " WHERE g.office = a.office AND g.kind = 'gone' AND g.n < b.n"
      " AND g.op = (SELECT record FROM op WHERE id = a.op)) AND NOT EXISTS (SELECT 1 FROM feed c"
      " WHERE c.office = a.office AND c.n > a.n AND c.n < b.n AND c.op = (SELECT r.creator"
      " FROM record r JOIN op o ON o.record = r.id WHERE o.id = a.op)))",
      "");

  while (query != NULL && mc_query_next (query, NULL))
    mc_sim_bad (world, "an op is told twice: %s", mc_sim_short (mc_query_text (query, 0)));
}

void
mc_sim_oracle_replicas (McSimWorld *world)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);

  for (guint i = 0; i < living->len; i++)
    {
      check_waiting (living->pdata[i]);
      mc_sim_desk_check_own (living->pdata[i]);
      check_held (living->pdata[i]);
      compare_admin (living->pdata[i]);
    }
  compare_dossiers (world, living);
  check_feeds (world);
  check_stores (world, living);
}
