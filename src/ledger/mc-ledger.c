/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ledger.h"

#include "mc-error.h"

gboolean
mc_ledger_has (McDb *db, const char *op_id)
{
  gint64 one = 0;

  return mc_db_int (db, NULL, &one, "SELECT 1 FROM op WHERE id = ?1", "s", op_id);
}

McOp *
mc_ledger_op (McDb *db, const char *op_id)
{
  g_autofree char *line = mc_db_text (db, NULL, "SELECT line FROM op WHERE id = ?1", "s", op_id);

  return line ? mc_op_parse (line, -1, NULL) : NULL;
}

char *
mc_ledger_ruling (McDb *db, const char *op_id)
{
  return mc_db_text (db, NULL, "SELECT ruling FROM op WHERE id = ?1", "s", op_id);
}

GPtrArray *
mc_ledger_ops (McDb *db, const char *record_id, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (McQuery) query =
      mc_db_query (db, error, "SELECT line FROM op WHERE record = ?1 ORDER BY seq", "s", record_id);
  g_autoptr (GError) problem = NULL;

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    {
      McOp *op = mc_op_parse (mc_query_text (query, 0), -1, &problem);

      if (op == NULL)
        break;
      g_ptr_array_add (ops, op);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&ops);
}

McRecord *
mc_ledger_record (McDb *db, const char *record_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (db, error, "SELECT creator, state FROM record WHERE id = ?1", "s", record_id);

  if (query == NULL)
    return NULL;
  if (mc_query_next (query, &problem))
    return mc_record_load (record_id, mc_query_text (query, 0), mc_query_text (query, 1));
  if (problem == NULL)
    return mc_record_new (record_id);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* What is there already is not written again: a rebase leaves most of a record as it was. */
static gboolean
save_record (McDb *db, McRecord *record, GError **error)
{
  g_autofree char *state = mc_record_dump (record);

  return mc_db_run (db,
                    error,
                    "INSERT INTO record (id, creator, contested, state) VALUES (?1, ?2, ?3, ?4) "
                    "ON CONFLICT (id) DO UPDATE SET creator = ?2, contested = ?3, state = ?4 "
                    "WHERE state <> ?4 OR creator IS NOT ?2 OR contested <> ?3",
                    "ssis",
                    record->id,
                    record->creator,
                    (gint64)mc_record_contested (record),
                    state);
}

static gboolean
save_op (McDb *db, const McOp *op, const McRuling *ruling, GError **error)
{
  g_autofree char *text = mc_ruling_text (ruling);

  return mc_db_run (db,
                    error,
                    "INSERT INTO op (id, device, n, at, by, record, verb, ruling, line) "
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                    "ON CONFLICT (id) DO UPDATE SET ruling = ?8 WHERE ruling <> ?8",
                    "ssiisssss",
                    op->id,
                    op->device,
                    op->n,
                    op->at,
                    op->by,
                    op->on,
                    op->verb,
                    text,
                    op->line);
}

/* Looks earlier ops up in the table; each is read once. */
typedef struct
{
  McDb *db;
  GHashTable *ops;     /* id → McOp */
  GHashTable *refused; /* ids, a set */
} Lookup;

static void
lookup_clear (Lookup *lookup)
{
  g_clear_pointer (&lookup->ops, g_hash_table_unref);
  g_clear_pointer (&lookup->refused, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static Lookup
lookup_new (McDb *db)
{
  return (Lookup){
    db,
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)mc_op_unref),
    g_hash_table_new (g_str_hash, g_str_equal),
  };
}

static void
lookup_put (Lookup *lookup, McOp *op, gboolean refused)
{
  g_hash_table_replace (lookup->ops, op->id, mc_op_ref (op));
  if (refused)
    g_hash_table_add (lookup->refused, op->id);
}

static const McOp *
lookup_find (const char *id, gboolean *ret_refused, gpointer data)
{
  Lookup *lookup = data;
  McOp *known = g_hash_table_lookup (lookup->ops, id);

  if (known == NULL && lookup->db != NULL)
    {
      g_autofree char *ruling = mc_ledger_ruling (lookup->db, id);
      g_autoptr (McOp) op = ruling ? mc_ledger_op (lookup->db, id) : NULL;

      if (op == NULL)
        return NULL;
      lookup_put (lookup, op, g_str_has_prefix (ruling, "\"refused:"));
      known = g_hash_table_lookup (lookup->ops, id);
    }
  *ret_refused = known != NULL && g_hash_table_contains (lookup->refused, id);
  return known;
}

/* What is kept of an op is what is told of it: one text, at the province and at every desk. */
static McRuling *
judge (McRecord *record, const McOp *op, Lookup *lookup, const McRuling *forced, McJudgeFlags flags)
{
  McRuling *ruling = mc_judge (record, op, lookup_find, lookup, forced, flags);

  if (forced == NULL && mc_op_readable (op))
    mc_ruling_tell (ruling, op);
  return ruling;
}

McRuling *
mc_ledger_take (McDb *db,
                const McOp *op,
                const char *refusal,
                const McRuling *forced,
                McJudgeFlags flags,
                McRecord **ret_record,
                GError **error)
{
  g_auto (Lookup) lookup = lookup_new (db);
  g_autoptr (McRecord) record = mc_ledger_record (db, op->on, error);
  g_autofree char *kept = NULL;
  g_autoptr (McRuling) ruling = NULL;

  if (record == NULL)
    return NULL;
  kept = mc_ledger_ruling (db, op->id);
  if (kept != NULL)
    {
      if (ret_record != NULL)
        *ret_record = g_steal_pointer (&record);
      return mc_ruling_parse (kept, error);
    }
  ruling = refusal ? mc_ruling_refuse (refusal) : judge (record, op, &lookup, forced, flags);
  if (!save_op (db, op, ruling, error))
    return NULL;
  if (!ruling->refused && !save_record (db, record, error))
    return NULL;
  if (ret_record != NULL)
    *ret_record = g_steal_pointer (&record);
  return g_steal_pointer (&ruling);
}

McRecord *
mc_ledger_replay (const char *record_id,
                  const McReplay *replay,
                  guint length,
                  GPtrArray **ret_rulings)
{
  g_auto (Lookup) lookup = lookup_new (NULL);
  McRecord *record = mc_record_new (record_id);
  GPtrArray *rulings = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_ruling_free);

  for (guint i = 0; i < length; i++)
    {
      McRuling *ruling = judge (record, replay[i].op, &lookup, replay[i].forced, replay[i].flags);

      lookup_put (&lookup, replay[i].op, ruling->refused);
      g_ptr_array_add (rulings, ruling);
    }
  if (ret_rulings != NULL)
    *ret_rulings = rulings;
  else
    g_ptr_array_unref (rulings);
  return record;
}

McRecord *
mc_ledger_rebuild (McDb *db,
                   const char *record_id,
                   const McReplay *replay,
                   guint length,
                   GError **error)
{
  g_autoptr (GPtrArray) rulings = NULL;
  g_autoptr (McRecord) record = mc_ledger_replay (record_id, replay, length, &rulings);

  for (guint i = 0; i < length; i++)
    if (!save_op (db, replay[i].op, rulings->pdata[i], error))
      return NULL;
  if (!save_record (db, record, error))
    return NULL;
  return g_steal_pointer (&record);
}
