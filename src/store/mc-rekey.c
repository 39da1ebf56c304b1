/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new data key. Everything is made ready under it beside the old: a copy of the database, a
 * second wrapping of each scan's own key. Then the key file turns, in one write, and the old goes.
 */
#include "mc-profile.h"

#include "mc-crypt-vfs.h"
#include "mc-desk.h"
#include "mc-error.h"
#include "mc-hygiene.h"
#include "mc-store-private.h"
#include <glib/gstdio.h>

/* One that is not whole or not there is no reason to stop: it is fetched again. */
static gboolean
rewrap_scans (McStore *store, McDataKey *next, McProfileTell tell, gpointer data, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256 FROM blob WHERE here = 1", "");
  gint64 all = 0;
  gint64 done = 0;

  if (query == NULL ||
      !mc_db_int (store->db, error, &all, "SELECT count(*) FROM blob WHERE here = 1", ""))
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autofree char *path = mc_store_blob_path (store, mc_query_text (query, 0));
      g_autoptr (GError) problem = NULL;

      if (!mc_blob_rewrap (path, store->data_key, next, mc_query_text (query, 0), &problem) &&
          (g_error_matches (problem, MC_ERROR, MC_ERROR_FULL) ||
           g_error_matches (problem, MC_ERROR, MC_ERROR_STORE)))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (tell != NULL)
        tell (0.5 + 0.5 * (double)++done / (double)all, data);
    }
  return TRUE;
}

gboolean
mc_profile_rekey_begun (McStore *store)
{
  g_autofree char *from = mc_store_fact (store, "rekey_from");

  return store->data_key != NULL && g_strcmp0 (from, mc_data_key_id (store->data_key)) == 0;
}

static gboolean
make_ready (McStore *store, McDataKey *next, McProfileTell tell, gpointer data, GError **error)
{
  g_autofree char *path = g_build_filename (store->profile, "desk.sqlite.new", NULL);

  return mc_store_set_fact (store, "rekey_from", mc_data_key_id (store->data_key), error) &&
         mc_db_copy (store->db, path, next, error) && rewrap_scans (store, next, tell, data, error);
}

/* Opening it does what the key file now asks for. */
static gboolean
settle (const char *profile, McDataKey *next, GError **error)
{
  g_autoptr (McStore) store = mc_store_open_on (profile, mc_clock_system (), next, "", error);

  return store != NULL;
}

McDataKey *
mc_profile_rekey (const char *profile,
                  McDataKey *key,
                  const char *drop,
                  McProfileTell tell,
                  gpointer data,
                  GError **error)
{
  g_autoptr (McStore) store = mc_store_open_on (profile, mc_clock_system (), key, "", error);
  g_autoptr (McDataKey) next = mc_data_key_renew (key);
  g_autoptr (McVault) vault = NULL;

  if (store == NULL || !make_ready (store, next, tell, data, error))
    return NULL;
  vault = mc_vault_load (profile, error);
  g_clear_pointer (&store, mc_store_close);
  if (vault == NULL || !mc_vault_turn (vault, key, next, drop, MC_VAULT_WORK_SWAP, error) ||
      !settle (profile, next, error))
    return NULL;
  mc_crypt_vfs_forget (key);
  return g_steal_pointer (&next);
}

/* What a profile fetched before anybody signed in is under names that a key in clear gave. */
static gboolean
drop_scans (McStore *store, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256 FROM blob WHERE here = 1", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autofree char *path = mc_store_blob_path (store, mc_query_text (query, 0));

      g_unlink (path);
    }
  return mc_db_run (store->db, error, "UPDATE blob SET here = 0 WHERE sent = 1", "");
}

McDataKey *
mc_profile_first_person (const char *profile, const McProfilePerson *person, GError **error)
{
  g_autoptr (McDataKey) fresh = mc_profile_fresh_key (profile, error);
  g_autoptr (McDataKey) key = mc_data_key_new ();
  g_autofree char *path = g_build_filename (profile, "desk.sqlite.new", NULL);
  g_autoptr (McStore) store = NULL;
  g_autoptr (McVault) vault = NULL;
  gboolean ok;

  if (fresh == NULL)
    return NULL;
  store = mc_store_open_on (profile, mc_clock_system (), fresh, "", error);
  ok = store != NULL && drop_scans (store, error) && mc_db_copy (store->db, path, key, error);
  g_clear_pointer (&store, mc_store_close);
  vault = ok ? mc_vault_load (profile, error) : NULL;
  if (vault == NULL)
    return NULL;
  mc_vault_begin_person (vault, fresh, key, MC_VAULT_WORK_SWAP);
  if (!mc_vault_set_person (vault,
                            key,
                            person->login,
                            person->name,
                            person->secret,
                            person->machine,
                            error) ||
      !settle (profile, key, error))
    return NULL;
  mc_crypt_vfs_forget (fresh);
  return g_steal_pointer (&key);
}
