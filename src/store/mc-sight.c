/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records that leave the sight of this office. They go from the screen, and what others wrote of
 * them goes from the disk, but for what own work was built on; own ops stay, and what is still
 * waiting, whoever made it. Nothing of it is lost: the province has all that its feed had.
 */
#include "mc-store-private.h"

#include <string.h>

gboolean
mc_store_hidden (McStore *store, const char *record)
{
  gint64 n = 0;

  return mc_db_int (store->db, NULL, &n, "SELECT n FROM hidden WHERE record = ?1", "s", record);
}

gboolean
mc_store_hidden_before (McStore *store, const char *record, gint64 n)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM hidden WHERE record = ?1 AND n < ?2",
                    "si",
                    record,
                    n);
}

/* To the ops in @kept those that they were built on, and those that these were. */
static void
add_parents (GHashTable *ops, GHashTable *kept)
{
  g_autoptr (GList) todo = g_hash_table_get_keys (kept);

  while (todo != NULL)
    {
      const McOp *op = g_hash_table_lookup (ops, todo->data);
      g_autoptr (GPtrArray) parents = op ? mc_op_parents (op) : g_ptr_array_new ();

      todo = g_list_delete_link (todo, todo);
      for (guint i = 0; i < parents->len; i++)
        {
          const McOp *parent = g_hash_table_lookup (ops, parents->pdata[i]);

          if (parent != NULL && g_hash_table_add (kept, parent->id))
            todo = g_list_prepend (todo, parent->id);
        }
    }
}

/* The held ops of a record, and into @kept the ids of those that stay. What came after line @n, the
 * word on this office's own ops, does not come again when the dossier does. */
static GPtrArray *
sort_out (McStore *store, const char *record, gint64 n, GHashTable *kept, GError **error)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (GHashTable) ops = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      error,
      "SELECT o.line, w.device IS NOT NULL OR f.op IS NULL OR f.n > ?2 FROM op o "
      "LEFT JOIN own_device w ON w.device = o.device "
      "LEFT JOIN feed f ON f.op = o.id AND f.last = 1 WHERE o.record = ?1 ORDER BY o.seq",
      "si",
      record,
      n);

  while (query != NULL && mc_query_next (query, NULL))
    {
      McOp *op = mc_op_parse (mc_query_text (query, 0), -1, NULL);

      if (op == NULL)
        continue;
      g_ptr_array_add (all, op);
      g_hash_table_insert (ops, op->id, op);
      if (mc_query_int (query, 1) != 0)
        g_hash_table_add (kept, op->id);
    }
  add_parents (ops, kept);
  return all;
}

static gboolean
give_up (McStore *store, const McOp *op, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "UPDATE feed SET record = ?2 WHERE op = ?1 AND last = 1",
                    "ss",
                    op->id,
                    op->on) &&
         mc_db_run (store->db, error, "DELETE FROM op WHERE id = ?1", "s", op->id);
}

/* Scans that are not here yet are not asked for any more, unless another dossier names them too;
 * those that are here go later. */
static gboolean
let_scans_go (McStore *store, const char *id, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, id, error);
  g_autoptr (GPtrArray) documents = record ? mc_store_documents (record) : NULL;

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const char *sha256 = mc_json_string (documents->pdata[i], "sha256");

      if (!mc_db_run (store->db,
                      error,
                      "DELETE FROM blob WHERE sha256 = ?1 AND here = 0 AND NOT EXISTS "
                      "(SELECT 1 FROM record r WHERE r.id <> ?2 AND instr (r.state, ?1) > 0)",
                      "ss",
                      sha256,
                      id) ||
          !mc_store_blob_left (store, sha256, error))
        return FALSE;
    }
  return documents != NULL;
}

gboolean
mc_store_hide (McStore *store, const char *record, gint64 n, GError **error)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) ops = sort_out (store, record, n, kept, error);

  if (!let_scans_go (store, record, error))
    return FALSE;
  for (guint i = 0; i < ops->len; i++)
    if (!g_hash_table_contains (kept, ((McOp *)ops->pdata[i])->id) &&
        !give_up (store, ops->pdata[i], error))
      return FALSE;
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO hidden (record, n) VALUES (?1, ?2)",
                    "si",
                    record,
                    n) &&
         mc_store_unproject (store, record, error) &&
         mc_db_run (store->db, error, "DELETE FROM record WHERE id = ?1", "s", record);
}

gboolean
mc_store_unhide (McStore *store, const char *record, GError **error)
{
  return mc_db_run (store->db, error, "DELETE FROM hidden WHERE record = ?1", "s", record);
}

static gboolean
foreign_and_waiting (McStore *store, const char *op)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT 1 FROM op o WHERE o.id = ?1 "
                    "AND o.device NOT IN (SELECT device FROM own_device) "
                    "AND NOT EXISTS (SELECT 1 FROM feed f WHERE f.op = o.id AND f.last = 1)",
                    "s",
                    op);
}

/*
 * A line carried for another office is done with when the province has judged it: its word goes
 * into that office's feed, never into ours. Told by our own feed being read to its end without it.
 */
gboolean
mc_store_drop_delivered (McStore *store, const McSyncAnswer *answer, GError **error)
{
  for (guint i = 0; answer->cursor.n == answer->head && i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];
      g_autoptr (McOp) op = NULL;
      g_autoptr (GHashTable) records = NULL;

      if (one->ruling == NULL || !foreign_and_waiting (store, one->op))
        continue;
      op = mc_ledger_op (store->db, one->op);
      store->waiting = -1;
      records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_add (records, g_strdup (op->on));
      if (!mc_db_run (store->db, error, "DELETE FROM op WHERE id = ?1", "s", op->id) ||
          !mc_db_run (store->db, error, "DELETE FROM said WHERE op = ?1", "s", op->id) ||
          !mc_store_rebase_all (store, records, TRUE, error))
        return FALSE;
    }
  return TRUE;
}
