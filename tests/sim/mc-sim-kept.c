/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Connections that outlive the programs of a run, for speed alone: a quarter of a run went into
 * reading the schema and preparing the same statements after every restart. What a program held in
 * memory dies with it all the same: the WAL's index is emptied, so that SQLite recovers the log
 * from the disk as after a kill and drops every page it had read, whatever lies there by then.
 */
#include "mc-db-private.h"
#include "mc-sim-disk.h"

McDb *__wrap_mc_db_open (const char *path, McDbMode mode, GError **error);
McDb *__real_mc_db_open_under (const char *path, McDbMode mode, McDataKey *key, GError **error);
McDb *__wrap_mc_db_open_under (const char *path, McDbMode mode, McDataKey *key, GError **error);
void __real_mc_db_close (McDb *db);
void __wrap_mc_db_close (McDb *db);

/* Pages in the log at which it goes into the file: a run is too short to reach SQLite's own number.
 */
#define OFTEN 60

static GHashTable *kept; /* path → McDb that nobody uses */

static void
close_kept (gpointer db)
{
  __real_mc_db_close (db);
}

McDb *
__wrap_mc_db_open (const char *path, McDbMode mode, GError **error)
{
  return __wrap_mc_db_open_under (path, mode, NULL, error);
}

/* An encrypted one is opened anew each time: the index of its log lies behind another VFS. */
McDb *
__wrap_mc_db_open_under (const char *path, McDbMode mode, McDataKey *key, GError **error)
{
  McSimDisk *disk = key == NULL ? mc_sim_disk_of (path) : NULL;
  McDb *db = kept && disk && !mc_sim_disk_dead (disk) && mode == MC_DB_WRITE
                 ? g_hash_table_lookup (kept, path)
                 : NULL;

  if (db == NULL)
    return __real_mc_db_open_under (path, mode, key, error);
  g_hash_table_steal (kept, path);
  mc_sim_vfs_forget (db->handle);
  db->failed = FALSE;
  return db;
}

static gboolean
idle (McDb *db)
{
  GHashTableIter iter;
  gpointer query;

  g_hash_table_iter_init (&iter, db->queries);
  while (g_hash_table_iter_next (&iter, NULL, &query))
    if (((McQuery *)query)->busy)
      return FALSE;
  return TRUE;
}

/* A statement that outlives its database is left to the real one to complain about. */
void
__wrap_mc_db_close (McDb *db)
{
  McSimDisk *disk = db && db->key == NULL ? mc_sim_disk_of (db->path) : NULL;

  if (disk == NULL || !idle (db))
    {
      __real_mc_db_close (db);
      return;
    }
  mc_db_rollback (db);
  if (!mc_sim_disk_dead (disk))
    sqlite3_wal_checkpoint_v2 (db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, close_kept);
  g_hash_table_replace (kept, db->path, db);
}

void
mc_sim_vfs_close_kept (void)
{
  g_clear_pointer (&kept, g_hash_table_unref);
}
