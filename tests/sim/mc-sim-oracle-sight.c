/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The set of tips of a group is the same in whatever order ops arrive: all that wrote it, without
 * those that the author of another had on the screen. What was on the screen is known apart from
 * what the ops say.
 */
#include "mc-sim-oracle.h"

#include "mc-sim-province.h"
#include <string.h>

/* One op at the province, as far as one group is concerned. */
typedef struct
{
  McSimWorld *world;
  char *record;
  GPtrArray *ops;       /* McOp, in the order taken */
  GPtrArray *rulings;   /* McRuling */
  GHashTable *place_of; /* id → place + 1 */
  McOp *creator;
} History;

static void
history_clear (History *history)
{
  g_free (history->record);
  g_ptr_array_unref (history->ops);
  g_ptr_array_unref (history->rulings);
  g_hash_table_unref (history->place_of);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (History, history_clear)

static void
read_history (McSimWorld *world, const char *record, History *history)
{
  g_autoptr (McQuery) query = mc_db_query (mc_sim_province_db (world->province),
                                           NULL,
                                           "SELECT line, ruling FROM op WHERE record = ?1"
                                           " ORDER BY seq",
                                           "s",
                                           record);

  history->world = world;
  history->record = g_strdup (record);
  history->ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  history->rulings = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);
  history->place_of = g_hash_table_new (g_str_hash, g_str_equal);
  while (query != NULL && mc_query_next (query, NULL))
    {
      McOp *op = mc_op_parse (mc_query_text (query, 0), -1, NULL);
      McRuling *ruling = mc_ruling_parse (mc_query_text (query, 1), NULL);

      g_ptr_array_add (history->ops, op);
      g_ptr_array_add (history->rulings, ruling);
      g_hash_table_insert (history->place_of, op->id, GUINT_TO_POINTER (history->ops->len));
      if (history->creator == NULL && mc_verb_creates (op->verb) && !ruling->refused)
        history->creator = op;
    }
}

static gboolean
place_of (History *history, const char *id, guint *ret_place)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (history->place_of, id));

  *ret_place = place - 1;
  return place > 0;
}

static gboolean
refused (History *history, guint place)
{
  return ((McRuling *)history->rulings->pdata[place])->refused;
}

static gboolean
verdict_on (History *history, guint place, const char *group, McVerdict *ret_verdict)
{
  McRuling *ruling = history->rulings->pdata[place];
  guint i;

  if (ruling->refused || !g_ptr_array_find_with_equal_func (ruling->groups, group, g_str_equal, &i))
    return FALSE;
  *ret_verdict = g_array_index (ruling->verdicts, McVerdict, i);
  return TRUE;
}

static void
add_seen (History *history, const McOp *op, const char *group, GHashTable *named)
{
  McSimOp *made = mc_sim_sight_find (&history->world->sight, op->id);
  GHashTable *seen = made ? g_hash_table_lookup (made->seen, group) : NULL;
  GHashTableIter iter;
  gpointer id;
  guint place;

  if (seen == NULL)
    return;
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!g_hash_table_add (named, g_strdup (id)))
        continue;
      /* A refused change was never there: who saw it saw what it was built on. */
      if (place_of (history, id, &place) && refused (history, place))
        add_seen (history, history->ops->pdata[place], group, named);
    }
}

/* The province's own ops name what they say they name: nobody sat before a screen. */
static GHashTable *
named_by (History *history, const McOp *op, const char *group)
{
  GHashTable *named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  json_t *ids = json_object_get (op->base, group);

  add_seen (history, op, group, named);
  for (size_t i = 0;
       mc_sim_sight_find (&history->world->sight, op->id) == NULL && i < json_array_size (ids);
       i++)
    g_hash_table_add (named, g_strdup (json_string_value (json_array_get (ids, i))));
  return named;
}

/* Says what the author named and what he saw where they are not the same. */
static void
check_base (History *history, const McOp *op)
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

/* Ops that were judged without a parent, or on content that had changed: they are contested
 * although they name what stands, and so take nothing away that stands. */
static gboolean
contested (History *history, guint place, const char *group)
{
  McVerdict verdict;

  return verdict_on (history, place, group, &verdict) && verdict == MC_VERDICT_CONTESTED;
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
check_op_in_group (History *history, guint place, McGroupState *state)
{
  McOp *op = history->ops->pdata[place];
  gboolean named = FALSE;
  gboolean only_contested = TRUE;
  gboolean tip = is_tip (state, op->id);

  for (guint i = 0; i < history->ops->len; i++)
    {
      McOp *other = history->ops->pdata[i];
      g_autoptr (GHashTable) seen = NULL;

      if (i == place || refused (history, i) || !writes (other, state->name))
        continue;
      seen = named_by (history, other, state->name);
      if (!g_hash_table_contains (seen, op->id))
        continue;
      named = TRUE;
      only_contested = only_contested && contested (history, i, state->name);
    }
  if (!named && !tip)
    mc_sim_bad (history->world,
                "SILENTLY REDUCED: %s %s of %s: nobody who came after had seen it",
                op->verb,
                state->name,
                mc_sim_short (op->id));
  if (named && tip && !only_contested)
    mc_sim_bad (history->world,
                "FALSE CONFLICT: %s %s of %s is a tip though its successor had seen it",
                op->verb,
                state->name,
                mc_sim_short (op->id));
}

static void
check_group (History *history, McGroupState *state)
{
  for (guint i = 0; i < history->ops->len; i++)
    {
      McOp *op = history->ops->pdata[i];

      if (!refused (history, i) && (writes (op, state->name) || op == history->creator))
        check_op_in_group (history, i, state);
    }
}

/* Something done in the world twice was done twice, however equal. */
static void
check_acts (History *history, guint place)
{
  g_autoptr (GPtrArray) all = mc_op_writes (history->ops->pdata[place]);

  for (guint i = 0; i < all->len; i++)
    {
      McWrite *write = all->pdata[i];
      McVerdict verdict;

      if (write->act && verdict_on (history, place, write->group, &verdict) &&
          verdict == MC_VERDICT_MERGED)
        mc_sim_bad (history->world,
                    "TWO ACTS REDUCED TO ONE: %s",
                    mc_sim_short (((McOp *)history->ops->pdata[place])->id));
    }
}

static void
check_record (McSimWorld *world, const char *record)
{
  g_auto (History) history = { 0 };
  g_autoptr (McRecord) now = mc_ledger_record (mc_sim_province_db (world->province), record, NULL);
  GHashTableIter iter;
  gpointer state;

  read_history (world, record, &history);
  for (guint i = 0; i < history.ops->len; i++)
    {
      check_base (&history, history.ops->pdata[i]);
      check_acts (&history, i);
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
