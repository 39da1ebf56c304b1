/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-history.h"

#include "mc-sim-province.h"
#include <string.h>

void
mc_sim_history_clear (McSimHistory *history)
{
  g_free (history->record);
  g_ptr_array_unref (history->ops);
  g_ptr_array_unref (history->rulings);
  g_array_unref (history->flags);
  g_hash_table_unref (history->place_of);
}
void
mc_sim_history_read (McSimHistory *history, McSimWorld *world, const char *record)
{
  g_autoptr (McQuery) query = mc_db_query (mc_sim_province_db (world->province),
                                           NULL,
                                           "SELECT line, ruling, coalesce (t.flags, 0) FROM op"
                                           " LEFT JOIN taken t ON t.op = op.id"
                                           " WHERE record = ?1 ORDER BY seq",
                                           "s",
                                           record);

  history->world = world;
  history->record = g_strdup (record);
  history->ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  history->rulings = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);
  history->flags = g_array_new (FALSE, FALSE, sizeof (McJudgeFlags));
  history->place_of = g_hash_table_new (g_str_hash, g_str_equal);
  while (query != NULL && mc_query_next (query, NULL))
    {
      McOp *op = mc_op_parse (mc_query_text (query, 0), -1, NULL);
      McRuling *ruling = mc_ruling_parse (mc_query_text (query, 1), NULL);

      McJudgeFlags flags = (McJudgeFlags)mc_query_int (query, 2);

      g_array_append_val (history->flags, flags);
      g_ptr_array_add (history->ops, op);
      g_ptr_array_add (history->rulings, ruling);
      g_hash_table_insert (history->place_of, op->id, GUINT_TO_POINTER (history->ops->len));
      if (history->creator == NULL && mc_verb_creates (op->verb) && !ruling->refused)
        history->creator = op;
    }
}

gboolean
mc_sim_history_place (McSimHistory *history, const char *id, guint *ret_place)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (history->place_of, id));

  *ret_place = place - 1;
  return place > 0;
}

gboolean
mc_sim_history_refused (McSimHistory *history, guint place)
{
  return ((McRuling *)history->rulings->pdata[place])->refused;
}

gboolean
mc_sim_history_verdict (McSimHistory *history,
                        guint place,
                        const char *group,
                        McVerdict *ret_verdict)
{
  McRuling *ruling = history->rulings->pdata[place];
  guint i;

  if (ruling->refused || !g_ptr_array_find_with_equal_func (ruling->groups, group, g_str_equal, &i))
    return FALSE;
  *ret_verdict = g_array_index (ruling->verdicts, McVerdict, i);
  return TRUE;
}

static void
add_seen (McSimHistory *history, const McOp *op, const char *group, GHashTable *named)
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
      if (mc_sim_history_place (history, id, &place) && mc_sim_history_refused (history, place))
        add_seen (history, history->ops->pdata[place], group, named);
    }
}

/* The province's own ops and those of strangers name what they say they name: nobody sat before a
 * screen. */
GHashTable *
mc_sim_history_named (McSimHistory *history, const McOp *op, const char *group)
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

gboolean
mc_sim_history_alone (McSimHistory *history, guint place)
{
  return (g_array_index (history->flags, McJudgeFlags, place) & MC_JUDGE_ALONE) != 0;
}

McRecord *
mc_sim_history_before (McSimHistory *history, guint place)
{
  g_autofree McReplay *replay = g_new0 (McReplay, place + 1);

  for (guint i = 0; i < place; i++)
    {
      replay[i].op = history->ops->pdata[i];
      replay[i].forced = history->rulings->pdata[i];
    }
  return mc_ledger_replay (history->record, replay, place, NULL);
}

gboolean
mc_sim_history_stale (McSimHistory *history, guint place)
{
  const McOp *op = history->ops->pdata[place];
  McSimOp *made = mc_sim_sight_find (&history->world->sight, op->id);
  g_autoptr (McRecord) before = NULL;
  g_autofree char *content = NULL;

  if (op->read == NULL || made == NULL || made->content == NULL)
    return FALSE;
  before = mc_sim_history_before (history, place);
  content = mc_sim_sight_content (before);
  return strcmp (content, made->content) != 0;
}
