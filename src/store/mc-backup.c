/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-backup-private.h"

#include "mc-desk.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define RETRY_MS (3600 * G_GINT64_CONSTANT (1000))
#define READ_ALL (G_GINT64_CONSTANT (1) << 30)
#define SHARES 14

/* One backup under way. */
typedef struct
{
  McStore *store;
  McDb *db; /* its own connection */
  char *path;
  char *copy;
  json_t *scans;
  gint64 bytes; /* of scans that were there already */
  McBackupDone done;
} Making;

static void
making_clear (Making *making)
{
  mc_db_close (making->db);
  g_free (making->path);
  g_free (making->copy);
  json_decref (making->scans);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
whole (McStore *store, const char *path, const char *sha256, GError **error)
{
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (path, store->data_key, sha256, error);
  gboolean end = FALSE;

  for (guint64 from = 0; reader != NULL && !end; from += 64)
    if (!mc_blob_reader_check (reader, from, 64, &end, error))
      return FALSE;
  return reader != NULL;
}

/* Under the data key of now: after a new one what lies in the backup opens with it no longer. */
static gboolean
opens (McStore *store, const char *path, const char *sha256)
{
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (path, store->data_key, sha256, NULL);

  return reader != NULL;
}

static gint64
size_of (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : -1;
}

/* Of what was there before, all is read where that is little, else a share each day. */
static gboolean
is_its_day (Making *making, const char *name)
{
  guint64 day = (guint64)(making->done.at_ms / DAY_MS);

  return making->bytes < READ_ALL || g_str_hash (name) % SHARES == day % SHARES;
}

static gboolean
copy_scan (Making *making, const char *sha256, GError **error)
{
  g_autofree char *from = mc_store_blob_path (making->store, sha256);
  g_autofree char *name = g_path_get_basename (from);
  g_autofree char *to = mc_backup_scan (making->path, name);
  gint64 size = size_of (from);
  gboolean there = size >= 0 && size_of (to) == size && opens (making->store, to, sha256);

  if (there)
    making->bytes += size;
  if (there && (!is_its_day (making, name) || whole (making->store, to, sha256, NULL)))
    {
      json_array_append_new (making->scans, json_pack ("[s,I]", name, (json_int_t)size));
      return TRUE;
    }
  /* Rotten here: the scrub sees to it; a copy of it would be no copy. */
  if (size < 0 || !whole (making->store, from, sha256, NULL))
    {
      making->done.scans_bad++;
      return TRUE;
    }
  if (!mc_backup_copy_file (from, to, NULL, error) || !whole (making->store, to, sha256, error))
    return FALSE;
  making->done.scans_new++;
  making->done.bytes_new += (guint64)size;
  json_array_append_new (making->scans, json_pack ("[s,I]", name, (json_int_t)size));
  return TRUE;
}

static gboolean
copy_scans (Making *making, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (making->db, error, "SELECT sha256 FROM blob WHERE here = 1 ORDER BY sha256", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      if (g_atomic_int_get (&making->store->stopped))
        {
          g_set_error_literal (error, MC_ERROR, MC_ERROR_BUSY, "the backup was stopped");
          return FALSE;
        }
      if (!copy_scan (making, mc_query_text (query, 0), error))
        return FALSE;
    }
  making->done.scans = (guint)json_array_size (making->scans);
  return TRUE;
}

static char *
fact (McDb *db, const char *key)
{
  return mc_db_text (db, NULL, "SELECT value FROM fact WHERE key = ?1", "s", key);
}

/* What the list says of the copy: whose it is, and what belongs to it. */
static json_t *
describe (Making *making, const char *profile_id)
{
  g_autofree char *office = fact (making->db, "office_name");
  g_autofree char *slot = fact (making->db, "slot");

  return json_pack ("{s:i,s:I,s:s,s:s*,s:s*,s:s,s:s,s:O}",
                    "backup",
                    1,
                    "at",
                    (json_int_t)making->done.at_ms,
                    "profile",
                    profile_id,
                    "office",
                    office,
                    "slot",
                    slot,
                    "machine",
                    g_get_host_name (),
                    "key",
                    mc_data_key_id (making->store->data_key),
                    "scans",
                    making->scans);
}

/* A small file of the profile goes along as it is, and its hash into the list. @optional: one that
 * is not there is no reason to stop. */
static gboolean
copy_along (Making *making, json_t *list, const char *name, gboolean optional, GError **error)
{
  g_autofree char *from = g_build_filename (making->store->profile, name, NULL);
  g_autofree char *to = mc_backup_file (making->path, making->copy, name);
  g_autofree char *along = g_strconcat (name, "_file", NULL);
  g_autofree char *hash = NULL;

  if (optional && !g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  return mc_backup_copy_file (from, to, &hash, error) &&
         json_object_set_new (list, along, json_string (hash)) == 0;
}

/* The database first: every scan that it names is there by then, and copied after it. "office" is
 * what the province needs to open the copy to somebody who has no secret of it. */
static gboolean
make_copy (Making *making, const char *profile_id, GError **error)
{
  McDataKey *key = making->store->data_key;
  g_autofree char *database = mc_backup_file (making->path, making->copy, "sqlite");
  g_autofree char *list_path = mc_backup_file (making->path, making->copy, "list");
  g_autofree char *hash = NULL;
  g_autoptr (json_t) list = NULL;

  if (!mc_db_copy (making->db, database, key, error))
    return FALSE;
  list = describe (making, profile_id);
  if (!copy_along (making, list, "vault", FALSE, error) ||
      !copy_along (making, list, "office", TRUE, error) || !copy_scans (making, error))
    return FALSE;
  hash = mc_backup_hash (database);
  json_object_set_new (list, "database", json_string (hash ? hash : ""));
  return mc_backup_write_list (list_path, list, key, error);
}

static void
drop_copy (Making *making)
{
  static const char *const endings[] = { "sqlite", "sqlite-wal", "sqlite-shm",
                                         "vault",  "office",     "list" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = mc_backup_file (making->path, making->copy, endings[i]);

      g_unlink (path);
    }
}

static gboolean
make_folder (const char *folder, const char *path, GError **error)
{
  g_autofree char *copies = g_build_filename (path, "copies", NULL);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s is not there", folder);
      return FALSE;
    }
  if (g_mkdir_with_parents (copies, 0700) == 0 && g_access (copies, W_OK) == 0)
    return TRUE;
  if (errno == ENOSPC)
    g_set_error (error, MC_ERROR, MC_ERROR_FULL, "%s is full", folder);
  else
    g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "read-only");
  return FALSE;
}

/* A stick that was pulled out meanwhile says so by many errors. */
static void
name_trouble (const char *folder, GError *problem, GError **error)
{
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s is gone", folder);
      g_error_free (problem);
      return;
    }
  g_propagate_error (error, problem);
}

gboolean
mc_backup_make (McStore *store, const char *folder, McBackupDone *ret_done, GError **error)
{
  g_auto (Making) making = { .store = store };
  g_autoptr (McVault) vault = mc_vault_load (store->profile, error);
  g_autofree char *database = g_build_filename (store->profile, "desk.sqlite", NULL);
  g_autofree char *name = NULL;
  GError *problem = NULL;

  if (vault == NULL)
    return FALSE;
  name = g_strconcat ("motcua-", mc_vault_profile (vault), NULL);
  making.path = g_build_filename (folder, name, NULL);
  making.scans = json_array ();
  making.done.at_ms = mc_clock_wall (store->clock);
  making.copy = g_strdup_printf ("%013" G_GINT64_FORMAT, making.done.at_ms);
  making.db = mc_db_open_under (database, MC_DB_WRITE, store->data_key, error);
  if (making.db == NULL || !make_folder (folder, making.path, error))
    return FALSE;
  if (!make_copy (&making, mc_vault_profile (vault), &problem))
    {
      drop_copy (&making);
      name_trouble (folder, problem, error);
      return FALSE;
    }
  mc_backup_prune (making.path, store->data_key);
  if (ret_done != NULL)
    *ret_done = making.done;
  return TRUE;
}

void
mc_backup_stop (McStore *store)
{
  g_atomic_int_set (&store->stopped, 1);
}

gboolean
mc_backup_set_folder (McStore *store, const char *folder, GError **error)
{
  return mc_store_set_fact (store, "backup_folder", folder ? folder : "", error) &&
         mc_store_set_fact (store, "backup_trouble", "", error) &&
         mc_store_set_fact_int (store, "backup_tried", 0, error);
}

char *
mc_backup_folder (McStore *store)
{
  char *folder = mc_store_fact (store, "backup_folder");

  if (folder == NULL || *folder != '\0')
    return folder;
  g_free (folder);
  return NULL;
}

/* A clock that was set back must not stop the backups. */
static gboolean
passed (McStore *store, const char *since, gint64 ms)
{
  gint64 now = mc_clock_wall (store->clock);
  gint64 then = mc_store_fact_int (store, since, 0);

  return now < then || now - then >= ms;
}

static gboolean
wanted (McStore *store)
{
  g_autofree char *folder = mc_backup_folder (store);

  return folder != NULL && (passed (store, "backup_at", DAY_MS) || mc_backup_outdated (store));
}

gboolean
mc_backup_due (McStore *store)
{
  return wanted (store) && passed (store, "backup_tried", RETRY_MS);
}

gboolean
mc_backup_missed (McStore *store)
{
  g_autofree char *trouble = NULL;

  mc_backup_last (store, &trouble);
  return g_strcmp0 (trouble, "gone") == 0 && wanted (store) && !mc_backup_due (store);
}

gboolean
mc_backup_hint_due (McStore *store)
{
  g_autofree char *folder = mc_backup_folder (store);
  g_autofree char *hinted = mc_store_fact (store, "backup_hinted");
  gint64 first = G_MAXINT64;

  return folder == NULL && hinted == NULL &&
         mc_db_int (store->db, NULL, &first, "SELECT min (received) FROM dossier", "") &&
         first > 0 && mc_clock_wall (store->clock) - first >= DAY_MS;
}

gboolean
mc_backup_hinted (McStore *store, GError **error)
{
  return mc_store_set_fact (store, "backup_hinted", "1", error);
}

gboolean
mc_backup_outdated (McStore *store)
{
  g_autofree char *key = mc_store_fact (store, "backup_key");

  return store->data_key != NULL && key != NULL && mc_store_fact_int (store, "backup_at", 0) > 0 &&
         !g_str_equal (key, mc_data_key_id (store->data_key));
}

gint64
mc_backup_last (McStore *store, char **ret_trouble)
{
  if (ret_trouble != NULL)
    {
      *ret_trouble = mc_store_fact (store, "backup_trouble");
      if (*ret_trouble != NULL && **ret_trouble == '\0')
        g_clear_pointer (ret_trouble, g_free);
    }
  return mc_store_fact_int (store, "backup_at", 0);
}

static const char *
trouble_name (const GError *problem)
{
  if (problem == NULL)
    return "";
  switch (problem->domain == MC_ERROR ? problem->code : MC_ERROR_STORE)
    {
    case MC_ERROR_NOT_FOUND:
      return "gone";
    case MC_ERROR_FULL:
      return "full";
    case MC_ERROR_REFUSED:
      return "read-only";
    case MC_ERROR_DAMAGED:
      return "damaged";
    default:
      return "other";
    }
}

gboolean
mc_backup_note (McStore *store, gint64 at_ms, const GError *problem, GError **error)
{
  const char *key = store->data_key != NULL ? mc_data_key_id (store->data_key) : "";

  return mc_store_set_fact_int (store, "backup_tried", at_ms, error) &&
         (problem != NULL || (mc_store_set_fact_int (store, "backup_at", at_ms, error) &&
                              mc_store_set_fact (store, "backup_key", key, error))) &&
         mc_store_set_fact (store, "backup_trouble", trouble_name (problem), error);
}

gboolean
mc_backup_daily (McStore *store, GError **error)
{
  g_autofree char *folder = mc_backup_folder (store);
  g_autoptr (GError) problem = NULL;

  if (!mc_backup_due (store))
    return TRUE;
  mc_backup_make (store, folder, NULL, &problem);
  if (!mc_backup_note (store, mc_clock_wall (store->clock), problem, error))
    return FALSE;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
