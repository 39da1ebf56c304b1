/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db-private.h"

#include "mc-error.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

static char *
script (const char *resources, int version, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%04d.sql", resources, version);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, error);

  if (bytes == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* A copy as of before the first step; made under another name and renamed, so that half a copy
 * never counts. */
static gboolean
back_up (McDb *db, int version, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s.v%d.bak", db->path, version);
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  g_unlink (part);
  if (!mc_db_run (db, error, "VACUUM INTO ?1", "s", part))
    return FALSE;
  if (g_rename (part, path) == 0)
    return TRUE;
  g_set_error_literal (error,
                       MC_ERROR,
                       MC_ERROR_STORE,
                       "the copy before the upgrade cannot be kept");
  return FALSE;
}

static gboolean
step_up (McDb *db, const char *resources, int version, GError **error)
{
  g_autofree char *sql = script (resources, version, error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version);
  gboolean ok;

  if (sql == NULL || !mc_db_begin (db, error))
    return FALSE;
  ok = mc_db_script (db, sql, error) && mc_db_script (db, mark, error);
  return mc_db_finish (db, ok, error);
}

/* What the newer program left in its log stays there: closing would write it into the file. */
static gboolean
refuse_newer (McDb *db, gint64 version, int target, GError **error)
{
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_NEWER,
               "%s is of version %" G_GINT64_FORMAT ", this program reads up to %d",
               db->path,
               version,
               target);
  return FALSE;
}

gboolean
mc_db_migrate (McDb *db, const char *resources, int target, GError **error)
{
  gint64 version = 0;

  if (!mc_db_int (db, error, &version, "PRAGMA user_version", ""))
    return FALSE;
  if (version > target)
    return refuse_newer (db, version, target, error);
  if (!mc_db_script (db, "PRAGMA journal_mode = WAL", error))
    return FALSE;
  if (version > 0 && version < target && !back_up (db, (int)version, error))
    return FALSE;
  for (int next = (int)version + 1; next <= target; next++)
    if (!step_up (db, resources, next, error))
      return FALSE;
  return TRUE;
}
