/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set of tips of a group is the same in whatever order ops arrive: all that wrote it, without
 * those that the author of another had on the screen. What was on the screen is known apart from
 * what the ops say.
 */
#include "mc-sim-history.h"
#include "mc-sim-oracle.h"

#include "mc-sim-province.h"
#include <string.h>

/* Says what the author named and what he saw where they are not the same. */
static void
check_base (McSimHistory *history, const McOp *op)
{
  McSimOp *made = mc_sim_sight_find (&history->world->sight, op->id);
  GHashTableIter iter;
  gpointer group, seen;

  if (made == NULL || mc_verb_creates (op->verb))
    return;
  g_hash_table_iter_init (&iter, made->seen);
  while (g_hash_table_iter_next (&iter, &group, &seen))
    {
      json_t *ids = json_object_get (op->base, group);
      gboolean same = json_array_size (ids) == g_hash_table_size (seen);

      for (size_t i = 0; i < json_array_size (ids); i++)
        same = same && g_hash_table_contains (seen, json_string_value (json_array_get (ids, i)));
      if (!same && !mc_group_append_only (group))
        {
          g_autofree char *base = mc_json_text (op->base);

          mc_sim_bad (history->world,
                      "%s %s of %s names %s, but %u ops were on the screen",
                      op->verb,
                      (char *)group,
                      mc_sim_short (op->id),
                      base,
                      g_hash_table_size (seen));
        }
    }
}

static gboolean
writes (const McOp *op, const char *group)
{
  g_autoptr (GPtrArray) all = mc_op_writes (op);

  for (guint i = 0; i < all->len; i++)
    if (strcmp (((McWrite *)all->pdata[i])->group, group) == 0)
      return TRUE;
  return FALSE;
}

/* Whether the op at @tip may stand although the author of @successor had seen it. Only what was
 * judged without a parent, or decided on content that had changed, leaves what stood; or it came
 * when its successor had given it up. */
static gboolean
may_stand (McSimHistory *history, guint successor, guint tip, const char *group)
{
  gboolean alone = mc_sim_history_alone (history, successor);
  const char *id = ((McOp *)history->ops->pdata[tip])->id;
  g_autoptr (McRecord) before = NULL;
  McGroupState *state;

  if (alone && tip > successor)
    return TRUE;
  if (!alone && !mc_sim_history_stale (history, successor))
    return FALSE;
  before = mc_sim_history_before (history, successor);
  state = mc_record_group (before, group);
  /* A group that nobody had written yet stands with the op that made the record. */
  return state == NULL || state->tips->len == 0 ||
         strcmp (((McTip *)state->tips->pdata[0])->op, id) == 0;
}

static gboolean
is_tip (McGroupState *state, const char *id)
{
  for (guint i = 0; state != NULL && i < state->tips->len; i++)
    if (strcmp (((McTip *)state->tips->pdata[i])->op, id) == 0)
      return TRUE;
  return FALSE;
}

static void
check_op_in_group (McSimHistory *history, guint place, McGroupState *state)
{
  McOp *op = history->ops->pdata[place];
  gboolean taken = FALSE;
  gboolean tip = is_tip (state, op->id);

  for (guint i = 0; i < history->ops->len; i++)
    {
      McOp *other = history->ops->pdata[i];
      g_autoptr (GHashTable) seen = NULL;

      if (i == place || mc_sim_history_refused (history, i) || !writes (other, state->name))
        continue;
      seen = mc_sim_history_named (history, other, state->name);
      taken = taken ||
              (g_hash_table_contains (seen, op->id) && !may_stand (history, i, place, state->name));
    }
  if (!taken && !tip)
    mc_sim_bad (history->world,
                "SILENTLY REDUCED: %s %s of %s: nobody who may take its place had seen it",
                op->verb,
                state->name,
                mc_sim_short (op->id));
  if (taken && tip)
    mc_sim_bad (history->world,
                "FALSE CONFLICT: %s %s of %s is a tip though its successor had seen it",
                op->verb,
                state->name,
                mc_sim_short (op->id));
}

static void
check_group (McSimHistory *history, McGroupState *state)
{
  for (guint i = 0; i < history->ops->len; i++)
    {
      McOp *op = history->ops->pdata[i];

      if (!mc_sim_history_refused (history, i) &&
          (writes (op, state->name) || op == history->creator))
        check_op_in_group (history, i, state);
    }
}

/* Something done in the world twice was done twice, however equal. */
static void
check_acts (McSimHistory *history, guint place)
{
  g_autoptr (GPtrArray) all = mc_op_writes (history->ops->pdata[place]);

  for (guint i = 0; i < all->len; i++)
    {
      McWrite *write = all->pdata[i];
      McVerdict verdict;

      if (write->act && mc_sim_history_verdict (history, place, write->group, &verdict) &&
          verdict == MC_VERDICT_MERGED)
        mc_sim_bad (history->world,
                    "TWO ACTS REDUCED TO ONE: %s",
                    mc_sim_short (((McOp *)history->ops->pdata[place])->id));
    }
}

/* What an approval or a return was decided on, and what was said of it for that. */
static void
check_read (McSimHistory *history, guint place)
{
  const McOp *op = history->ops->pdata[place];
  McSimOp *made = mc_sim_sight_find (&history->world->sight, op->id);
  McVerdict verdict = MC_VERDICT_APPLIED;
  g_autoptr (McRecord) before = NULL;
  g_autoptr (GHashTable) named = NULL;
  McGroupState *state;
  gboolean stale, stood;

  if (op->read == NULL || made == NULL || made->content == NULL ||
      mc_sim_history_refused (history, place))
    return;
  mc_sim_history_verdict (history, place, MC_GROUP_STATUS, &verdict);
  stale = mc_sim_history_stale (history, place);
  mc_sim_note (history->world, stale ? "decided on what had changed" : "decided on what stood");
  if (stale && verdict != MC_VERDICT_CONTESTED)
    mc_sim_bad (
        history->world,
        "SILENTLY DECIDED: %s was decided on content that had changed, and is not contested",
        mc_sim_short (op->id));
  if (stale || verdict != MC_VERDICT_CONTESTED || mc_sim_history_alone (history, place))
    return;
  before = mc_sim_history_before (history, place);
  state = mc_record_group (before, MC_GROUP_STATUS);
  named = mc_sim_history_named (history, op, MC_GROUP_STATUS);
  stood = state == NULL || state->tips->len == 0 ||
          g_hash_table_contains (named, ((McTip *)state->tips->pdata[0])->op);
  if (stood)
    mc_sim_bad (history->world,
                "FALSE CONFLICT: %s was decided on what stood, and is contested",
                mc_sim_short (op->id));
}

static void
check_record (McSimWorld *world, const char *record)
{
  g_auto (McSimHistory) history = { 0 };
  g_autoptr (McRecord) now = mc_ledger_record (mc_sim_province_db (world->province), record, NULL);
  GHashTableIter iter;
  gpointer state;

  mc_sim_history_read (&history, world, record);
  for (guint i = 0; i < history.ops->len; i++)
    {
      check_base (&history, history.ops->pdata[i]);
      check_acts (&history, i);
      check_read (&history, i);
    }
  g_hash_table_iter_init (&iter, now->groups);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    if (!mc_group_append_only (((McGroupState *)state)->name))
      check_group (&history, state);
}

void
mc_sim_oracle_sight (McSimWorld *world)
{
  g_autoptr (McQuery) query = mc_db_query (mc_sim_province_db (world->province),
                                           NULL,
                                           "SELECT DISTINCT record FROM op"
                                           " WHERE verb = 'dossier.receive' ORDER BY record",
                                           "");

  while (query != NULL && mc_query_next (query, NULL))
    check_record (world, mc_query_text (query, 0));
}
