/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-error.h"

static void
side_free (McSide *side)
{
  g_free (side->op);
  g_free (side->value);
  g_free (side->by);
  g_free (side);
}

void
mc_conflict_free (McConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_free (conflict->id);
  g_free (conflict->dossier);
  g_free (conflict->code);
  g_free (conflict->applicant);
  g_free (conflict->group);
  g_free (conflict->before);
  g_ptr_array_unref (conflict->sides);
  g_free (conflict);
}

static McSide *
read_side (McStore *store, const McTip *tip, gboolean stands)
{
  McSide *side = g_new0 (McSide, 1);
  g_autofree char *device = mc_store_fact (store, "device");
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT coalesce (s.name, o.by), o.at, o.device FROM op o "
                   "LEFT JOIN staff s ON s.id = o.by WHERE o.id = ?1",
                   "s",
                   tip->op);

  side->op = g_strdup (tip->op);
  side->value = g_strdup (tip->value);
  side->stands = stands;
  if (query != NULL && mc_query_next (query, NULL))
    {
      side->by = g_strdup (mc_query_text (query, 0));
      side->at_ms = mc_stamp_ms (mc_query_int (query, 1));
      side->here = g_strcmp0 (mc_query_text (query, 2), device) == 0;
    }
  return side;
}

/* What @op wrote to @group, as text. */
static char *
written (McStore *store, const char *op_id, const char *group)
{
  g_autoptr (McOp) op = mc_ledger_op (store->db, op_id);
  g_autoptr (GPtrArray) writes = op ? mc_op_writes (op) : NULL;

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];

      if (g_str_equal (write->group, group))
        return mc_json_text (write->value);
    }
  return NULL;
}

/*
 * The value that the contested side started from: what the first op in its base wrote. A tip whose
 * author edited twice leads back through his own earlier edit, which is no common ground; so the
 * walk goes on while the author stays the same.
 */
static char *
value_before (McStore *store, const McTip *tip, const char *group)
{
  g_autoptr (McOp) op = mc_ledger_op (store->db, tip->op);

  for (guint i = 0; op != NULL && i < 100; i++)
    {
      const char *parent_id =
          json_string_value (json_array_get (json_object_get (op->base, group), 0));
      g_autoptr (McOp) parent = parent_id ? mc_ledger_op (store->db, parent_id) : NULL;

      if (parent == NULL)
        return NULL;
      if (!g_str_equal (parent->device, op->device) || mc_verb_creates (parent->verb))
        return written (store, parent_id, group);
      g_clear_pointer (&op, mc_op_unref);
      op = g_steal_pointer (&parent);
    }
  return NULL;
}

static McConflict *
make_conflict (McStore *store,
               McRecord *record,
               McGroupState *state,
               const char *code,
               const char *applicant)
{
  McConflict *conflict = g_new0 (McConflict, 1);

  conflict->id = g_strdup_printf ("%s/%s", record->id, state->name);
  conflict->dossier = g_strdup (record->id);
  conflict->code = g_strdup (code);
  conflict->applicant = g_strdup (applicant);
  conflict->group = g_strdup (state->name);
  conflict->sides = g_ptr_array_new_with_free_func ((GDestroyNotify)side_free);
  for (guint i = 0; i < state->tips->len; i++)
    g_ptr_array_add (conflict->sides, read_side (store, state->tips->pdata[i], i == 0));
  conflict->before = value_before (store, state->tips->pdata[state->tips->len - 1], state->name);
  return conflict;
}

static void
add_conflicts (McStore *store,
               GPtrArray *conflicts,
               const char *id,
               const char *code,
               const char *applicant)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, id, NULL);
  g_autoptr (GList) names = record ? g_hash_table_get_keys (record->groups) : NULL;

  names = g_list_sort (names, (GCompareFunc)g_strcmp0);
  for (GList *l = names; l != NULL; l = l->next)
    {
      McGroupState *state = mc_record_group (record, l->data);

      if (mc_group_contested (state))
        g_ptr_array_add (conflicts, make_conflict (store, record, state, code, applicant));
    }
}

GPtrArray *
mc_store_conflicts (McStore *store, const char *dossier, GError **error)
{
  g_autoptr (GPtrArray) conflicts =
      g_ptr_array_new_with_free_func ((GDestroyNotify)mc_conflict_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT id, code, applicant FROM dossier "
                   "WHERE contested > 0 AND (?1 IS NULL OR id = ?1) ORDER BY row",
                   "s",
                   dossier);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, NULL))
    add_conflicts (store,
                   conflicts,
                   mc_query_text (query, 0),
                   mc_query_text (query, 1),
                   mc_query_text (query, 2));
  return g_steal_pointer (&conflicts);
}
