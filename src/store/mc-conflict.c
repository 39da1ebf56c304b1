/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-error.h"
#include <string.h>

static void
side_free (McSide *side)
{
  g_free (side->op);
  g_free (side->value);
  g_free (side->by);
  g_free (side->group);
  g_free (side->verb);
  g_free (side->step);
  g_free (side->document);
  g_free (side);
}

void
mc_other_free (McOther *other)
{
  if (other == NULL)
    return;
  g_free (other->id);
  g_free (other->code);
  g_free (other->applicant);
  g_free (other->office);
  g_free (other->procedure_name);
  g_free (other);
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
  g_clear_pointer (&conflict->others, g_ptr_array_unref);
  g_clear_pointer (&conflict->changes, g_ptr_array_unref);
  g_free (conflict);
}

McConflict *
mc_conflict_new (const char *dossier, const char *code, const char *applicant, const char *group)
{
  McConflict *conflict = g_new0 (McConflict, 1);

  conflict->id = g_strdup_printf ("%s/%s", dossier, group);
  conflict->dossier = g_strdup (dossier);
  conflict->code = g_strdup (code);
  conflict->applicant = g_strdup (applicant);
  conflict->group = g_strdup (group);
  conflict->sides = g_ptr_array_new_with_free_func ((GDestroyNotify)side_free);
  conflict->others = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_other_free);
  conflict->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)side_free);
  return conflict;
}

static void
fill_from_op (McSide *side, const char *line)
{
  g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);
  g_autoptr (json_t) value = mc_json_parse (side->value, -1, NULL);

  side->document = g_strdup (mc_json_string (json_object_get (value, "document"), "sha256"));
  if (op == NULL)
    return;
  side->verb = g_strdup (op->verb);
  side->settles = g_str_equal (op->verb, MC_VERB_SETTLE);
  if (g_str_equal (op->verb, MC_VERB_STEP))
    side->step = g_strdup (mc_json_string (op->body, "step"));
}

McSide *
mc_store_read_side (McStore *store,
                    const char *op,
                    const char *group,
                    const char *value,
                    gboolean stands)
{
  McSide *side = g_new0 (McSide, 1);
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT coalesce (s.name, o.by), o.at, w.device IS NOT NULL, o.line FROM op o "
                   "LEFT JOIN staff s ON s.id = o.by LEFT JOIN own_device w ON w.device = o.device "
                   "WHERE o.id = ?1",
                   "s",
                   op);

  side->op = g_strdup (op);
  side->group = g_strdup (group);
  side->value = g_strdup (value);
  side->stands = stands;
  if (query != NULL && mc_query_next (query, NULL))
    {
      side->by = g_strdup (mc_query_text (query, 0));
      side->at_ms = mc_stamp_ms (mc_query_int (query, 1));
      side->here = mc_query_int (query, 2) != 0;
      fill_from_op (side, mc_query_text (query, 3));
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
  McConflict *conflict = mc_conflict_new (record->id, code, applicant, state->name);

  for (guint i = 0; i < state->tips->len; i++)
    {
      const McTip *tip = state->tips->pdata[i];

      g_ptr_array_add (conflict->sides,
                       mc_store_read_side (store, tip->op, state->name, tip->value, i == 0));
    }
  mc_conflict_find_kind (store, conflict, state);
  if (conflict->kind == MC_CONFLICT_TWIN)
    {
      g_autoptr (json_t) said = mc_record_json (record, state->name);

      g_ptr_array_add (conflict->others,
                       mc_store_other (store, state->name + strlen (MC_GROUP_TWIN_PREFIX), said));
    }
  else
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

      if (mc_group_unsettled (state))
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
  return mc_store_add_codes (store, dossier, conflicts, error) ? g_steal_pointer (&conflicts)
                                                               : NULL;
}
