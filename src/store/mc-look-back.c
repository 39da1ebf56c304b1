/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-look-back-private.h"

#include "mc-applicant.h"
#include "mc-judge.h"
#include "mc-ledger.h"

struct _McLookBack
{
  GHashTable *seen; /* op ids; empty: not known */
  gint64 at_ms;
  gboolean numbered;
};

json_t *
mc_look_back_seen (McRecord *record)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) sorted = NULL;
  json_t *seen = json_array ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((McGroupState *)value)->tips->len > 0)
      g_hash_table_add (ids, ((McTip *)((McGroupState *)value)->tips->pdata[0])->op);
  if (record->creator != NULL)
    g_hash_table_add (ids, record->creator);
  sorted = g_list_sort (g_hash_table_get_keys (ids), (GCompareFunc)g_strcmp0);
  for (GList *l = sorted; l != NULL; l = l->next)
    json_array_append_new (seen, json_string (l->data));
  return seen;
}

void
mc_store_look_back (McStore *store, const json_t *seen, gint64 at_ms, gboolean numbered)
{
  g_return_if_fail (store != NULL);

  mc_store_look_now (store);
  store->back = g_new0 (McLookBack, 1);
  store->back->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  store->back->at_ms = at_ms;
  store->back->numbered = numbered;
  for (size_t i = 0; i < json_array_size (seen); i++)
    if (json_is_string (json_array_get (seen, i)))
      g_hash_table_add (store->back->seen, g_strdup (json_string_value (json_array_get (seen, i))));
}

void
mc_store_look_now (McStore *store)
{
  g_return_if_fail (store != NULL);

  if (store->back == NULL)
    return;
  g_hash_table_unref (store->back->seen);
  g_clear_pointer (&store->back, g_free);
}

gint64
mc_look_back_ms (const McLookBack *back)
{
  return back->at_ms;
}

gboolean
mc_look_back_numbered (const McLookBack *back)
{
  return back->numbered;
}

/* From @id back to everything that it was built on. */
static void
add_known (GHashTable *ops, GHashTable *known, const char *id)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (todo, g_strdup (id));
  while (todo->len > 0)
    {
      g_autofree char *one = g_ptr_array_steal_index_fast (todo, todo->len - 1);
      const McOp *op = g_hash_table_lookup (ops, one);
      g_autoptr (GPtrArray) parents = NULL;

      if (op == NULL || !g_hash_table_add (known, op->id))
        continue;
      parents = mc_op_parents (op);
      g_ptr_array_extend_and_steal (todo, g_steal_pointer (&parents));
    }
}

/* Ids of @ops that were on the screen, or on which what was there was built. */
static GHashTable *
known_of (const McLookBack *back, GPtrArray *ops)
{
  GHashTable *known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < ops->len; i++)
    g_hash_table_insert (by_id, ((McOp *)ops->pdata[i])->id, ops->pdata[i]);
  g_hash_table_iter_init (&iter, back->seen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_known (by_id, known, id);
  for (guint i = 0; g_hash_table_size (known) == 0 && i < ops->len; i++)
    if (mc_stamp_ms (((McOp *)ops->pdata[i])->at) > back->at_ms)
      g_hash_table_remove (by_id, ((McOp *)ops->pdata[i])->id);
  if (g_hash_table_size (known) > 0)
    return known;
  g_hash_table_unref (known);
  return g_steal_pointer (&by_id);
}

/* What stood on that screen was taken there, whatever the province said later. Of what this program
 * cannot read only the province knows what it wrote. */
static McReplay
as_it_was (McReplay one)
{
  if (mc_op_readable (one.op))
    {
      one.forced = NULL;
      one.flags = MC_JUDGE_ADMITTED;
    }
  return one;
}

McRecord *
mc_store_record (McStore *store, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) rulings = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) then = NULL;
  g_autoptr (GHashTable) known = NULL;

  if (store->back == NULL)
    return mc_ledger_record (store->db, id, error);
  all = mc_store_replay_of (store, id, &ops, &rulings, error);
  if (all == NULL)
    return NULL;
  known = known_of (store->back, ops);
  then = g_array_new (FALSE, FALSE, sizeof (McReplay));
  for (guint i = 0; i < all->len; i++)
    {
      McReplay one = as_it_was (g_array_index (all, McReplay, i));

      if (g_hash_table_contains (known, one.op->id))
        g_array_append_val (then, one);
    }
  return mc_ledger_replay (id, (const McReplay *)(void *)then->data, then->len, NULL);
}

/* What was done, as far as it was seen; what was said beside it (notes), by when it was said. */
static gboolean
seen_by_then (const McLookBack *back, GHashTable *known, const McEvent *event)
{
  return g_hash_table_contains (known, event->op) ||
         (g_str_equal (event->verb, MC_VERB_NOTE) && event->at_ms <= back->at_ms);
}

void
mc_look_back_dossier (McStore *store, McDossier *dossier)
{
  const json_t *applicant = mc_record_peek (dossier->record, MC_GROUP_APPLICANT);
  const json_t *status = mc_record_peek (dossier->record, MC_GROUP_STATUS);
  g_autoptr (GPtrArray) ops = mc_ledger_ops (store->db, dossier->row->id, NULL);
  g_autoptr (GHashTable) known = ops != NULL ? known_of (store->back, ops) : NULL;

  for (guint i = dossier->events->len; known != NULL && i-- > 0;)
    if (!seen_by_then (store->back, known, dossier->events->pdata[i]))
      g_ptr_array_remove_index (dossier->events, i);
  g_free (dossier->row->applicant);
  dossier->row->applicant = g_strdup (mc_json_string (applicant, "name"));
  g_free (dossier->row->applicant_id);
  dossier->row->applicant_id = g_strdup (mc_json_string (applicant, "id"));
  g_clear_pointer (&dossier->row->state, g_free);
  g_clear_pointer (&dossier->row->due, g_free);
  if (dossier->row->linked)
    mc_store_linked_status (store, dossier->record, &dossier->row->state, &dossier->row->due);
  else
    {
      dossier->row->state = g_strdup (mc_json_string (status, "state"));
      dossier->row->due = g_strdup (mc_json_string (status, "due"));
    }
}
