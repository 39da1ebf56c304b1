/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of disagreement a contested group is: which sentence is said of it. Told from the
 * group, the verbs and the values of the sides, never from who was first.
 */
#include "mc-store-private.h"

#include <string.h>

static gboolean
has_state (const McSide *side, const char *state)
{
  g_autoptr (json_t) value = mc_json_parse (side->value, -1, NULL);

  return g_strcmp0 (mc_json_string (value, "state"), state) == 0;
}

static guint
count_settlements (const McConflict *conflict)
{
  guint count = 0;

  for (guint i = 0; i < conflict->sides->len; i++)
    count += ((McSide *)conflict->sides->pdata[i])->settles;
  return count;
}

/* A deciding step that named what stands and is contested all the same: what it had read was
 * changed beside it. */
static McOp *
stale_decision (McStore *store, const McGroupState *state)
{
  const McTip *first = state->tips->pdata[0];

  for (guint i = 1; i < state->tips->len; i++)
    {
      const McTip *tip = state->tips->pdata[i];
      g_autoptr (McOp) op = mc_ledger_op (store->db, tip->op);
      json_t *named = op ? json_object_get (op->base, state->name) : NULL;

      for (size_t j = 0; op != NULL && op->read != NULL && j < json_array_size (named); j++)
        if (g_strcmp0 (json_string_value (json_array_get (named, j)), first->op) == 0)
          return g_steal_pointer (&op);
    }
  return NULL;
}

static gboolean
is_content (const char *group)
{
  return !g_str_equal (group, MC_GROUP_STATUS) && !g_str_equal (group, MC_GROUP_FEE) &&
         !g_str_equal (group, MC_GROUP_OFFICES) && !mc_group_append_only (group) &&
         !g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX);
}

/* Tips of the content that came after what the decision was built on, from another desk. */
static void
add_changes (McStore *store, McConflict *conflict, McRecord *record, const McOp *decision)
{
  const char *ground =
      json_string_value (json_array_get (json_object_get (decision->base, MC_GROUP_STATUS), 0));
  gint64 from = 0;
  GHashTableIter iter;
  gpointer value;

  mc_db_int (store->db, NULL, &from, "SELECT seq FROM op WHERE id = ?1", "s", ground);
  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      McGroupState *state = value;

      for (guint i = 0; is_content (state->name) && i < state->tips->len; i++)
        {
          const McTip *tip = state->tips->pdata[i];
          gint64 one = 0;

          if (mc_db_int (store->db,
                         NULL,
                         &one,
                         "SELECT 1 FROM op WHERE id = ?1 AND seq > ?2 AND device <> ?3",
                         "sis",
                         tip->op,
                         from,
                         decision->device))
            g_ptr_array_add (conflict->changes,
                             mc_store_read_side (store, tip->op, state->name, tip->value, i == 0));
        }
    }
}

static McConflictKind
kind_of_status (McStore *store, McConflict *conflict, const McGroupState *state)
{
  g_autoptr (McOp) decision = stale_decision (store, state);
  guint withdrawn = 0;

  if (decision != NULL)
    {
      g_autoptr (McRecord) record = mc_ledger_record (store->db, conflict->dossier, NULL);

      if (record != NULL)
        add_changes (store, conflict, record, decision);
      return MC_CONFLICT_CHANGED;
    }
  for (guint i = 0; i < conflict->sides->len; i++)
    withdrawn += has_state (conflict->sides->pdata[i], MC_STATE_WITHDRAWN);
  return withdrawn > 0 && withdrawn < conflict->sides->len ? MC_CONFLICT_WITHDRAWAL
                                                           : MC_CONFLICT_STEPS;
}

/* Two sides with documents that differ; one without is a matter of ticks and counts. */
static gboolean
two_documents (const McConflict *conflict)
{
  const char *first = NULL;

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      const McSide *side = conflict->sides->pdata[i];

      if (side->document != NULL && first != NULL && !g_str_equal (side->document, first))
        return TRUE;
      first = first ? first : side->document;
    }
  return FALSE;
}

static gboolean
two_fees (const McConflict *conflict)
{
  guint taken = 0;

  for (guint i = 0; i < conflict->sides->len; i++)
    {
      g_autoptr (json_t) value =
          mc_json_parse (((McSide *)conflict->sides->pdata[i])->value, -1, NULL);

      taken += json_object_get (value, "taken") != NULL;
    }
  return taken > 1;
}

void
mc_conflict_find_kind (McStore *store, McConflict *conflict, const McGroupState *state)
{
  const char *group = conflict->group;

  if (g_str_has_prefix (group, MC_GROUP_TWIN_PREFIX))
    conflict->kind = MC_CONFLICT_TWIN;
  else if (count_settlements (conflict) > 1)
    conflict->kind = MC_CONFLICT_SETTLEMENTS;
  else if (g_str_equal (group, MC_GROUP_STATUS))
    conflict->kind = kind_of_status (store, conflict, state);
  else if (g_str_equal (group, MC_GROUP_FEE) && two_fees (conflict))
    conflict->kind = MC_CONFLICT_FEES;
  else if (g_str_equal (group, MC_GROUP_OFFICES))
    conflict->kind = MC_CONFLICT_TRANSFERS;
  else if (g_str_has_prefix (group, MC_GROUP_PART_PREFIX) && two_documents (conflict))
    conflict->kind = MC_CONFLICT_DOCUMENTS;
}

static gboolean
has_document (json_t *documents, const char *sha256)
{
  for (size_t i = 0; i < json_array_size (documents); i++)
    if (g_strcmp0 (mc_json_string (json_array_get (documents, i), "sha256"), sha256) == 0)
      return TRUE;
  return FALSE;
}

static void
add_document (json_t *documents, json_t *document)
{
  if (document != NULL && !has_document (documents, mc_json_string (document, "sha256")))
    json_array_append (documents, document);
}

json_t *
mc_conflict_both (const McConflict *conflict)
{
  g_autoptr (json_t) documents = NULL;
  json_t *kept;

  if (conflict->kind != MC_CONFLICT_DOCUMENTS)
    return NULL;
  documents = json_array ();
  for (guint i = 0; i < conflict->sides->len; i++)
    {
      g_autoptr (json_t) part =
          mc_json_parse (((McSide *)conflict->sides->pdata[i])->value, -1, NULL);
      json_t *also = json_object_get (part, "also");

      add_document (documents, json_object_get (part, "document"));
      for (size_t j = 0; j < json_array_size (also); j++)
        add_document (documents, json_array_get (also, j));
    }
  kept = mc_json_parse (((McSide *)conflict->sides->pdata[0])->value, -1, NULL);
  if (!json_is_object (kept))
    {
      json_decref (kept);
      kept = json_object ();
    }
  json_object_set_new (kept, "ticked", json_true ());
  json_object_set (kept, "document", json_array_get (documents, 0));
  json_array_remove (documents, 0);
  json_object_set (kept, "also", documents);
  return kept;
}
