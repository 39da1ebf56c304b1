/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db-private.h"

#include "mc-crypt-vfs.h"
#include "mc-error.h"

#define BUSY_MS 10000

static McError
code_of (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return MC_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return MC_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return MC_ERROR_BUSY;
    default:
      return MC_ERROR_STORE;
    }
}

/* A page that does not open under the key, or a file that is under another one, by name. */
static gboolean
locked_error (McDb *db, int rc, GError **error)
{
  g_autofree char *own_key = rc == SQLITE_NOTADB ? mc_crypt_file_key (db->path, NULL) : NULL;
  McCryptTrouble trouble;

  if (!mc_crypt_trouble (&trouble) && (own_key == NULL || *own_key == '\0'))
    return FALSE;
  if (trouble.page > 0)
    g_set_error (error,
                 MC_ERROR,
                 MC_ERROR_DAMAGED,
                 "page %" G_GINT64_FORMAT " of %s%s is damaged",
                 trouble.page,
                 db->path,
                 trouble.log ? "-wal" : "");
  else
    g_set_error (error, MC_ERROR, MC_ERROR_KEY, "%s is under another key", db->path);
  return TRUE;
}

gboolean
mc_db_error (McDb *db, int rc, GError **error)
{
  int plain = rc & 0xff;
  int extended = db->handle ? sqlite3_extended_errcode (db->handle) : rc;

  /* Not of another failure, after a bad page that somebody read around. */
  if ((extended == SQLITE_IOERR_DATA || plain == SQLITE_NOTADB) && locked_error (db, plain, error))
    return FALSE;
  g_set_error (error,
               MC_ERROR,
               code_of (rc),
               "database: %s (%d)",
               db->handle ? sqlite3_errmsg (db->handle) : sqlite3_errstr (rc),
               extended);
  return FALSE;
}

/*
 * The journal mode is a property of the file, so mc_db_migrate() sets it, once it knows that the
 * file is ours to change. FULL, because an acknowledged save has to survive the power cut that
 * comes a moment later; WAL in its default mode of NORMAL would give the last transactions back.
 */
static gboolean
configure (McDb *db, McDbMode mode, GError **error)
{
  sqlite3_busy_timeout (db->handle, BUSY_MS);
  sqlite3_extended_result_codes (db->handle, 1);
  /* An encrypted page is opened where it is read: what is in the cache need not be opened again. */
  if (mode == MC_DB_READ)
    return mc_db_script (db,
                         db->key ? "PRAGMA query_only = 1; PRAGMA cache_size = -16000;"
                                 : "PRAGMA query_only = 1; PRAGMA mmap_size = 268435456;",
                         error);
  return mc_db_script (db,
                       "PRAGMA synchronous = FULL;"
                       "PRAGMA foreign_keys = ON;"
                       "PRAGMA temp_store = MEMORY;"
                       "PRAGMA cache_size = -16000;"
                       "PRAGMA trusted_schema = OFF;",
                       error);
}

McDb *
mc_db_open (const char *path, McDbMode mode, GError **error)
{
  return mc_db_open_under (path, mode, NULL, error);
}

McDb *
mc_db_open_under (const char *path, McDbMode mode, McDataKey *key, GError **error)
{
  g_autoptr (McDb) db = g_new0 (McDb, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
  int rc;

  if (mode == MC_DB_WRITE)
    flags |= SQLITE_OPEN_CREATE;
  db->path = g_strdup (path);
  db->queries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, mc_query_free);
  db->key = key ? mc_data_key_ref (key) : NULL;
  rc = sqlite3_open_v2 (path, &db->handle, flags, key ? mc_crypt_vfs (key) : NULL);
  if (rc == SQLITE_OK && key != NULL)
    rc = mc_crypt_prepare (db->handle);
  if (rc != SQLITE_OK)
    {
      mc_db_error (db, rc, error);
      return NULL;
    }
  if (!configure (db, mode, error))
    return NULL;
  return g_steal_pointer (&db);
}

void
mc_db_close (McDb *db)
{
  if (db == NULL)
    return;
  g_clear_pointer (&db->queries, g_hash_table_unref);
  if (db->handle != NULL && sqlite3_close (db->handle) != SQLITE_OK)
    g_critical ("a statement outlives its database %s", db->path);
  mc_data_key_unref (db->key);
  g_free (db->path);
  g_free (db);
}

McDataKey *
mc_db_key (McDb *db)
{
  return db->key;
}

sqlite3 *
mc_db_handle (McDb *db)
{
  return db->handle;
}

const char *
mc_db_path (McDb *db)
{
  return db->path;
}

gboolean
mc_db_script (McDb *db, const char *sql, GError **error)
{
  int rc = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK ? TRUE : mc_db_error (db, rc, error);
}

gboolean
mc_db_begin (McDb *db, GError **error)
{
  db->failed = FALSE;
  return mc_db_run (db, error, "BEGIN IMMEDIATE", "");
}

/* Whoever read half of something and did not notice must not keep what he made of it. */
gboolean
mc_db_commit (McDb *db, GError **error)
{
  if (db->failed)
    {
      mc_db_rollback (db);
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_STORE,
                           "database: a statement of the transaction failed");
      return FALSE;
    }
  if (mc_db_run (db, error, "COMMIT", ""))
    return TRUE;
  mc_db_rollback (db);
  return FALSE;
}

void
mc_db_rollback (McDb *db)
{
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
mc_db_finish (McDb *db, gboolean ok, GError **error)
{
  if (ok)
    return mc_db_commit (db, error);
  mc_db_rollback (db);
  return FALSE;
}
