/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db-private.h"

#include "mc-crypt-vfs.h"
#include "mc-error.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define SLICE 100000

/* By SQLite's own words for it, so that the copy goes through the VFS of the other key. */
static gboolean
vacuum_into (McDb *db, const char *path, McDataKey *key, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  g_autofree char *uri = g_strdup_printf ("file:%s?vfs=%s", escaped, mc_crypt_vfs (key));
  int reserve = 40;

  /* What a plain file lacks: room for nonce and tag in each page of the copy. */
  sqlite3_file_control (db->handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  return mc_db_run (db, error, "VACUUM INTO ?1", "s", uri);
}

/* Now, while it may still be thrown away: the first page is never again written without the log,
 * in which it is whole where it was torn in the file. */
static gboolean
give_log (const char *path, McDataKey *key, GError **error)
{
  g_autoptr (McDb) copy = mc_db_open_under (path, MC_DB_WRITE, key, error);

  return copy != NULL && mc_db_script (copy, "PRAGMA journal_mode = WAL", error);
}

static gboolean
check_bytes (const char *path, McDataKey *key, GError **error)
{
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean end = FALSE;

  for (guint32 from = 1; !end && bad->len == 0; from += SLICE)
    if (!mc_crypt_check_pages (path, key, from, SLICE, bad, &end, error))
      return FALSE;
  if (bad->len == 0)
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_DAMAGED,
               "page %u of %s is damaged",
               g_array_index (bad, guint32, 0),
               path);
  return FALSE;
}

static gboolean
check_content (const char *path, McDataKey *key, GError **error)
{
  g_autoptr (McDb) copy = mc_db_open_under (path, MC_DB_READ, key, error);
  g_autofree char *said = copy ? mc_db_text (copy, error, "PRAGMA quick_check(1)", "") : NULL;

  if (said == NULL)
    return FALSE;
  if (g_str_equal (said, "ok"))
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s: %s", path, said);
  return FALSE;
}

static gboolean
sync_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
mc_db_make (const char *path, McDataKey *key, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".new", NULL);

  g_unlink (part);
  if (!give_log (part, key, error))
    return FALSE;
  if (sync_file (part) && g_rename (part, path) == 0)
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s cannot be made", path);
  return FALSE;
}

gboolean
mc_db_copy (McDb *db, const char *path, McDataKey *key, GError **error)
{
  gboolean ok;

  if (g_unlink (path) != 0 && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s cannot be written", path);
      return FALSE;
    }
  ok = vacuum_into (db, path, key, error) && give_log (path, key, error) &&
       check_bytes (path, key, error) && check_content (path, key, error);
  if (ok && !sync_file (path))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s cannot be synced", path);
      ok = FALSE;
    }
  if (!ok)
    g_unlink (path);
  return ok;
}
