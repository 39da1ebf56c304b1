/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program that is brought up to date reads what the one before only kept: a record that was made
 * by an op too new for that one is made now, once.
 */
#include "mc-store-private.h"

#define FACT_READS "reads"
#define MADE_BY_NOBODY                                                                             \
  "SELECT DISTINCT record FROM op WHERE record NOT IN "                                            \
  "(SELECT id FROM record WHERE creator IS NOT NULL)"

static gboolean
make_records (McStore *store, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = mc_db_query (store->db, error, MADE_BY_NOBODY, "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    g_hash_table_add (records, g_strdup (mc_query_text (query, 0)));
  g_clear_pointer (&query, mc_query_done);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return mc_store_rebase_all (store, records, TRUE, error);
}

gboolean
mc_store_catch_up (McStore *store, GError **error)
{
  if (mc_store_fact_int (store, FACT_READS, 0) >= MC_OP_VERSION)
    return TRUE;
  if (!mc_db_begin (store->db, error))
    return FALSE;
  return mc_db_finish (store->db,
                       make_records (store, error) &&
                           mc_store_set_fact_int (store, FACT_READS, MC_OP_VERSION, error),
                       error);
}
