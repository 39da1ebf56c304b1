/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-sight.h"

#include <string.h>

static void
op_free (gpointer data)
{
  McSimOp *one = data;

  mc_op_unref (one->op);
  g_hash_table_unref (one->seen);
  g_free (one->content);
  g_free (one);
}

void
mc_sim_sight_init (McSimSight *sight)
{
  sight->ops = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, op_free);
  sight->order = g_ptr_array_new ();
}

void
mc_sim_sight_clear (McSimSight *sight)
{
  g_ptr_array_unref (sight->order);
  g_hash_table_unref (sight->ops);
}

McSimOp *
mc_sim_sight_find (McSimSight *sight, const char *id)
{
  return g_hash_table_lookup (sight->ops, id);
}

/* What a clerk takes for known of a group: a settlement shows all its tips, an edit what stands and
 * its equals. Two acts are never equals. */
static GHashTable *
shown (McRecord *screen, const char *group, gboolean settles)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  McGroupState *state = screen ? mc_record_group (screen, group) : NULL;

  for (guint i = 0; state != NULL && i < state->tips->len; i++)
    {
      const McTip *first = state->tips->pdata[0];
      const McTip *tip = state->tips->pdata[i];
      gboolean equal = !first->act && !tip->act && strcmp (first->value, tip->value) == 0;

      if (i == 0 || settles || equal)
        g_hash_table_add (ids, g_strdup (tip->op));
    }
  if (screen != NULL && screen->creator != NULL && (state == NULL || state->tips->len == 0))
    g_hash_table_add (ids, g_strdup (screen->creator));
  return ids;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
mc_sim_sight_content (McRecord *record)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McGroupState *state = value;
      gboolean content = strcmp (name, "status") != 0 && strcmp (name, "fee") != 0 &&
                         strcmp (name, "offices") != 0 && strcmp (name, "note") != 0 &&
                         strncmp (name, "twin:", 5) != 0;

      for (guint i = 0; content && i < state->tips->len; i++)
        g_ptr_array_add (lines,
                         g_strdup_printf ("%s %s",
                                          (char *)name,
                                          ((McTip *)state->tips->pdata[i])->op));
    }
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **)lines->pdata);
}

McSimOp *
mc_sim_sight_add (McSimSight *sight, McOp *op, McRecord *screen, guint desk)
{
  McSimOp *one = g_new0 (McSimOp, 1);
  g_autoptr (GPtrArray) writes = mc_op_writes (op);
  gboolean settles = strcmp (op->verb, MC_VERB_SETTLE) == 0;

  one->op = op;
  one->desk = desk;
  one->seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < writes->len; i++)
    {
      const McWrite *write = writes->pdata[i];
      /* Whoever says whether two dossiers are one matter is shown all that was said of it. */
      gboolean all = settles || g_str_has_prefix (write->group, MC_GROUP_TWIN_PREFIX);
      GHashTable *ids = shown (screen, write->group, all);

      /* What corrects a refused change was made with that change on the screen. */
      if (op->instead != NULL)
        g_hash_table_add (ids, g_strdup (op->instead));
      g_hash_table_insert (one->seen, g_strdup (write->group), ids);
    }
  if (op->read != NULL && screen != NULL)
    one->content = mc_sim_sight_content (screen);
  g_hash_table_insert (sight->ops, op->id, one);
  g_ptr_array_add (sight->order, one);
  return one;
}

McSimOp *
mc_sim_sight_add_found (McSimSight *sight, McOp *op, guint desk)
{
  McSimOp *one = mc_sim_sight_add (sight, op, NULL, desk);
  GHashTableIter iter;
  gpointer group, seen;

  g_hash_table_iter_init (&iter, one->seen);
  while (g_hash_table_iter_next (&iter, &group, &seen))
    {
      const json_t *ids = json_object_get (op->base, group);

      for (size_t i = 0; i < json_array_size (ids); i++)
        g_hash_table_add (seen, g_strdup (json_string_value (json_array_get (ids, i))));
    }
  return one;
}

void
mc_sim_sight_follow (McRecord *screen, const McSimOp *one)
{
  g_autoptr (GPtrArray) writes = mc_op_writes (one->op);

  for (guint i = 0; screen != NULL && screen->creator != NULL && i < writes->len; i++)
    {
      const McWrite *write = writes->pdata[i];
      GHashTable *seen = g_hash_table_lookup (one->seen, write->group);
      McGroupState *state = mc_record_group (screen, write->group);
      g_autofree char *value = mc_json_text (write->value);
      McTip *tip;

      for (guint t = state ? state->tips->len : 0; t-- > 0;)
        if (g_hash_table_contains (seen, ((McTip *)state->tips->pdata[t])->op))
          g_ptr_array_remove_index (state->tips, t);
      mc_record_put_tip (screen, write->group, one->op->id, value, write->act);
      state = mc_record_group (screen, write->group);
      tip = g_ptr_array_steal_index (state->tips, state->tips->len - 1);
      g_ptr_array_insert (state->tips, 0, tip);
    }
}
