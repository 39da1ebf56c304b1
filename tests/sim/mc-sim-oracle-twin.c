/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two dossiers with one code, or of one resident for one matter: nobody may be left to find out by
 * himself. Read from the receptions and from what people answered, not from what the product
 * keeps to find them by.
 */
#include "mc-sim-oracle.h"

#include "mc-sim-desk.h"
#include "mc-sim-event.h"
#include "mc-sim-province.h"
#include <string.h>

#define TWIN_MS (60 * MC_SIM_DAY)

/* A reception that the province admitted. */
typedef struct
{
  McOp *op;
  McRecord *record; /* as it is now */
  gboolean by_receipt;
  gboolean was_closed; /* once at least */
} Received;

static void
received_free (gpointer data)
{
  Received *one = data;

  mc_op_unref (one->op);
  mc_record_free (one->record);
  g_free (one);
}

/* Any step that may end it counts, whether it was possible or not. */
static gboolean
was_closed (McDb *db, const char *record)
{
  gint64 one = 0;

  return mc_db_int (db,
                    NULL,
                    &one,
                    "SELECT 1 FROM op WHERE record = ?1 AND (verb = 'dossier.step'"
                    " AND (line LIKE '%\"step\":\"return\"%'"
                    " OR line LIKE '%\"step\":\"withdraw\"%' OR line LIKE '%\"step\":\"refuse\"%'"
                    " OR line LIKE '%\"step\":\"stop\"%') OR verb = 'conflict.settle'"
                    " AND line LIKE '%\"group\":\"status\"%') LIMIT 1",
                    "s",
                    record);
}

/* In the order taken. Returns: (transfer full): Received */
static GPtrArray *
all_received (McSimWorld *world)
{
  McDb *db = mc_sim_province_db (world->province);
  GPtrArray *all = g_ptr_array_new_with_free_func (received_free);
  g_autoptr (McQuery) query =
      mc_db_query (db,
                   NULL,
                   "SELECT line, coalesce (t.flags, 0) FROM op LEFT JOIN taken t ON t.op = op.id"
                   " WHERE verb = 'dossier.receive' AND ruling NOT LIKE '\"refused:%' ORDER BY seq",
                   "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      Received *one = g_new0 (Received, 1);

      one->op = mc_op_parse (mc_query_text (query, 0), -1, NULL);
      one->record = mc_ledger_record (db, one->op->on, NULL);
      one->by_receipt = (mc_query_int (query, 1) & MC_JUDGE_ADMITTED) != 0;
      one->was_closed = was_closed (db, one->op->on);
      g_ptr_array_add (all, one);
    }
  return all;
}

static gboolean
linked (const Received *one, const Received *other)
{
  g_autofree char *group = g_strconcat (MC_GROUP_TWIN_PREFIX, other->op->on, NULL);

  return mc_record_group (one->record, group) != NULL;
}

static gboolean
same_matter (const Received *one, const Received *other)
{
  json_t *a = json_object_get (one->op->body, "applicant");
  json_t *b = json_object_get (other->op->body, "applicant");
  gint64 apart = ABS (mc_stamp_ms (one->op->at) - mc_stamp_ms (other->op->at));

  return mc_json_string (a, "id") != NULL && apart <= TWIN_MS &&
         g_strcmp0 (mc_json_string (a, "id"), mc_json_string (b, "id")) == 0 &&
         g_strcmp0 (mc_json_string (one->op->body, "procedure"),
                    mc_json_string (other->op->body, "procedure")) == 0;
}

/* Whoever came after another that has been open all the time is linked with one of those that were
 * there before, and that one with him. What both came back with receipts was said before. */
static void
check_linked (McSimWorld *world, GPtrArray *all, guint place)
{
  const Received *late = all->pdata[place];
  gboolean must = FALSE;
  gboolean is = FALSE;

  for (guint i = 0; i < place; i++)
    {
      const Received *early = all->pdata[i];

      if (!same_matter (early, late))
        continue;
      must = must || (!early->was_closed && !(early->by_receipt && late->by_receipt));
      is = is || (linked (early, late) && linked (late, early));
    }
  if (must)
    mc_sim_note (world, "twin to be told");
  if (must && !is)
    mc_sim_bad (world,
                "TWIN NOT TOLD: %s is of the same resident and matter as one before it",
                mc_sim_short (late->op->on));
}

/* What a person at @desk can read of a dossier there. */
static gboolean
answered (McDb *db, const char *one, const char *other)
{
  g_autoptr (McRecord) record = mc_ledger_record (db, one, NULL);
  g_autofree char *group = g_strconcat (MC_GROUP_TWIN_PREFIX, other, NULL);
  g_autoptr (json_t) value = mc_record_json (record, group);

  return mc_json_string (value, "answer") != NULL;
}

static gboolean
names (const McConflict *conflict, const char *dossier)
{
  gboolean found = strcmp (conflict->dossier, dossier) == 0;

  for (guint i = 0; !found && i < conflict->others->len; i++)
    found = strcmp (((McOther *)conflict->others->pdata[i])->id, dossier) == 0;
  return found;
}

static gboolean
says_both (GPtrArray *conflicts, const char *one, const char *other)
{
  for (guint i = 0; i < conflicts->len; i++)
    {
      const McConflict *conflict = conflicts->pdata[i];

      if (conflict->kind == MC_CONFLICT_CODE && names (conflict, one) && names (conflict, other))
        return TRUE;
    }
  return FALSE;
}

/* Two that bear one code and lie on one desk are a question there until somebody has answered it.
 */
static void
check_codes (McSimDesk *desk)
{
  McDb *db = mc_store_db (desk->store);
  GPtrArray *conflicts = mc_sim_oracle_conflicts (desk);
  g_autoptr (McQuery) query = mc_db_query (db,
                                           NULL,
                                           "SELECT a.id, b.id FROM dossier a JOIN dossier b"
                                           " ON a.code = b.code AND a.row < b.row",
                                           "");

  while (query != NULL && mc_query_next (query, NULL))
    {
      const char *one = mc_query_text (query, 0);
      const char *other = mc_query_text (query, 1);
      gboolean open = !answered (db, one, other) && !answered (db, other, one);

      mc_sim_note (desk->world, open ? "code twice on a desk" : "code twice, answered");
      if (open && !says_both (conflicts, one, other))
        mc_sim_bad (desk->world,
                    "desk %u does not say that %s and %s have one code",
                    desk->number,
                    mc_sim_short (one),
                    mc_sim_short (other));
    }
}

void
mc_sim_oracle_twin (McSimWorld *world)
{
  g_autoptr (GPtrArray) living = mc_sim_living (world);
  g_autoptr (GPtrArray) all = all_received (world);

  for (guint i = 0; i < all->len; i++)
    check_linked (world, all, i);
  for (guint i = 0; i < living->len; i++)
    check_codes (living->pdata[i]);
}
