/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a backup to a profile, made under another name until it is whole. */
#include "mc-backup-private.h"

#include "mc-desk.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

void
mc_backup_free (McBackup *backup)
{
  if (backup == NULL)
    return;
  g_free (backup->path);
  g_free (backup->copy);
  g_free (backup->office);
  g_free (backup->slot);
  g_free (backup->machine);
  g_free (backup);
}

McBackup *
mc_backup_copy (const McBackup *backup)
{
  McBackup *copy = g_new0 (McBackup, 1);

  copy->path = g_strdup (backup->path);
  copy->copy = g_strdup (backup->copy);
  copy->office = g_strdup (backup->office);
  copy->slot = g_strdup (backup->slot);
  copy->machine = g_strdup (backup->machine);
  copy->at_ms = backup->at_ms;
  return copy;
}

static void
add_copies (const char *path, GPtrArray *found)
{
  g_autoptr (GPtrArray) copies = mc_backup_copies (path);

  for (guint i = 0; i < copies->len; i++)
    {
      g_autofree char *list_path = mc_backup_file (path, copies->pdata[i], "list");
      g_autoptr (json_t) list = mc_backup_read_list (list_path, NULL, NULL);
      McBackup *backup;

      if (list == NULL)
        continue;
      backup = g_new0 (McBackup, 1);
      backup->path = g_strdup (path);
      backup->copy = g_strdup (copies->pdata[i]);
      backup->office = g_strdup (mc_json_string (list, "office"));
      backup->slot = g_strdup (mc_json_string (list, "slot"));
      backup->machine = g_strdup (mc_json_string (list, "machine"));
      backup->at_ms = mc_json_int (list, "at", 0);
      g_ptr_array_add (found, backup);
    }
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(McBackup *const *)a)->at_ms;
  gint64 other = (*(McBackup *const *)b)->at_ms;

  return other > one ? 1 : other < one ? -1 : 0;
}

GPtrArray *
mc_backup_find (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_backup_free);
  g_autofree char *own = g_path_get_basename (folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s is not there", folder);
      return NULL;
    }
  if (g_str_has_prefix (own, "motcua-"))
    add_copies (folder, found);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, "motcua-"))
        add_copies (path, found);
    }
  g_ptr_array_sort (found, newest_first);
  return g_steal_pointer (&found);
}

/* The key file lies there under the copy's name: it is read by way of a folder of its own. */
McVault *
mc_backup_vault (const McBackup *backup, GError **error)
{
  g_autofree char *from = mc_backup_file (backup->path, backup->copy, "vault");

  return mc_vault_load_file (from, error);
}

char *
mc_backup_office (const McBackup *backup)
{
  return mc_backup_file (backup->path, backup->copy, "office");
}

static gboolean
damaged (const char *what, GError **error)
{
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "backup: %s", what);
  return FALSE;
}

static gboolean
as_written (const McBackup *backup, json_t *list, const char *ending, const char *name)
{
  g_autofree char *path = mc_backup_file (backup->path, backup->copy, ending);
  g_autofree char *hash = mc_backup_hash (path);

  return hash != NULL && g_strcmp0 (hash, mc_json_string (list, name)) == 0;
}

static guint
missing_scans (const McBackup *backup, json_t *scans)
{
  guint missing = 0;

  for (gsize i = 0; i < json_array_size (scans); i++)
    {
      json_t *scan = json_array_get (scans, i);
      const char *name = json_string_value (json_array_get (scan, 0));
      g_autofree char *path = name ? mc_backup_scan (backup->path, name) : NULL;
      GStatBuf info;

      if (path == NULL || g_stat (path, &info) != 0 ||
          info.st_size != json_integer_value (json_array_get (scan, 1)))
        missing++;
    }
  return missing;
}

gboolean
mc_backup_whole (const McBackup *backup, guint *ret_missing, GError **error)
{
  g_autofree char *path = mc_backup_file (backup->path, backup->copy, "list");
  g_autoptr (json_t) list = mc_backup_read_list (path, NULL, error);

  if (list == NULL)
    return FALSE;
  *ret_missing = missing_scans (backup, json_object_get (list, "scans"));
  if (!as_written (backup, list, "sqlite", "database"))
    return damaged ("the database is not what was written", error);
  return as_written (backup, list, "vault", "vault_file")
             ? TRUE
             : damaged ("the key file is not what was written", error);
}

static gboolean
restore_database (const McBackup *backup, json_t *list, const char *folder, GError **error)
{
  g_autofree char *from = mc_backup_file (backup->path, backup->copy, "sqlite");
  g_autofree char *to = g_build_filename (folder, "desk.sqlite", NULL);
  g_autofree char *hash = NULL;

  if (!mc_backup_copy_file (from, to, &hash, error))
    return FALSE;
  return g_strcmp0 (hash, mc_json_string (list, "database")) == 0
             ? TRUE
             : damaged ("the database is not what was written", error);
}

/* How the province is reached, for who comes to the restored profile; anew at each sign-in. */
static gboolean
restore_office (const McBackup *backup, json_t *list, const char *folder, GError **error)
{
  g_autofree char *from = mc_backup_office (backup);
  g_autofree char *to = g_build_filename (folder, "office", NULL);

  return !as_written (backup, list, "office", "office_file") ||
         mc_backup_copy_file (from, to, NULL, error);
}

/* A scan that is not there any more is no reason to stop: it is fetched from the province. */
static gboolean
restore_scans (const McBackup *backup,
               json_t *list,
               const char *folder,
               McProfileTell tell,
               gpointer data,
               GError **error)
{
  json_t *scans = json_object_get (list, "scans");
  gsize count = json_array_size (scans);

  for (gsize i = 0; i < count; i++)
    {
      const char *name = json_string_value (json_array_get (json_array_get (scans, i), 0));
      g_autofree char *from = name ? mc_backup_scan (backup->path, name) : NULL;
      g_autofree char *to = name ? mc_backup_scan (folder, name) : NULL;
      g_autoptr (GError) problem = NULL;

      if (name != NULL && !mc_backup_copy_file (from, to, NULL, &problem) &&
          !g_error_matches (problem, MC_ERROR, MC_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (tell != NULL)
        tell ((double)(i + 1) / (double)count, data);
    }
  return TRUE;
}

static gboolean
note_scans (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256 FROM blob WHERE here = 1", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autoptr (McBlobPlace) place = mc_store_blob_place (store, mc_query_text (query, 0));
      g_autoptr (McBlobReader) reader = mc_blob_place_read (place, NULL);

      if (reader == NULL)
        g_ptr_array_add (lost, g_strdup (mc_query_text (query, 0)));
    }
  g_clear_pointer (&query, mc_query_done);
  for (guint i = 0; i < lost->len; i++)
    if (!mc_db_run (store->db,
                    error,
                    "UPDATE blob SET here = 0 WHERE sha256 = ?1",
                    "s",
                    lost->pdata[i]))
      return FALSE;
  return TRUE;
}

/* It is another desk from now on, of this machine; where the old one's backups went says nothing
 * here. */
static gboolean
note_restored (const char *folder, McDataKey *key, guint64 *ret_epoch, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "desk.sqlite", NULL);
  McStore bare = { .profile = (char *)folder, .data_key = key, .clock = mc_clock_system () };
  gboolean ok;

  bare.db = mc_db_open_under (path, MC_DB_WRITE, key, error);
  ok = bare.db != NULL && mc_store_mark_copied (&bare, "machine", error) &&
       mc_store_set_fact (&bare, "next_key", "", error) &&
       mc_store_set_fact (&bare, "session", "", error) &&
       mc_backup_set_folder (&bare, NULL, error) && note_scans (&bare, error);
  *ret_epoch = ok ? (guint64)mc_store_fact_int (&bare, "epoch", 0) : 0;
  mc_db_close (bare.db);
  return ok;
}

static gboolean
give_vault (const McBackup *backup,
            McDataKey *key,
            const char *folder,
            const McProfilePerson *person,
            guint64 epoch,
            GError **error)
{
  g_autoptr (McVault) old = mc_backup_vault (backup, error);
  g_autoptr (McVault) vault = old ? mc_vault_move (old, folder, key, epoch) : NULL;

  return vault != NULL && mc_vault_set_person (vault,
                                               key,
                                               person->login,
                                               person->name,
                                               person->secret,
                                               person->machine,
                                               error);
}

static gboolean
make_whole (const McBackup *backup,
            McDataKey *key,
            const char *folder,
            const McProfilePerson *person,
            McProfileTell tell,
            gpointer data,
            GError **error)
{
  g_autofree char *list_path = mc_backup_file (backup->path, backup->copy, "list");
  g_autoptr (json_t) list = mc_backup_read_list (list_path, key, error);
  g_autofree char *blobs = g_build_filename (folder, "blobs", NULL);
  guint64 epoch = 0;

  if (list == NULL)
    return FALSE;
  if (g_mkdir_with_parents (blobs, 0700) != 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s: %s", blobs, g_strerror (errno));
      return FALSE;
    }
  return restore_database (backup, list, folder, error) &&
         restore_office (backup, list, folder, error) &&
         restore_scans (backup, list, folder, tell, data, error) &&
         note_restored (folder, key, &epoch, error) &&
         give_vault (backup, key, folder, person, epoch, error);
}

gboolean
mc_backup_restore (const McBackup *backup,
                   McDataKey *key,
                   const char *profile,
                   const McProfilePerson *person,
                   McProfileTell tell,
                   gpointer data,
                   GError **error)
{
  g_autofree char *part = g_strconcat (profile, ".restoring", NULL);
  g_autofree char *above = g_path_get_dirname (profile);

  /* An empty folder is no profile. */
  g_rmdir (profile);
  if (g_file_test (profile, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_BUSY, "%s: there is a profile", profile);
      return FALSE;
    }
  mc_work_remove_tree (part);
  if (!make_whole (backup, key, part, person, tell, data, error))
    {
      mc_work_remove_tree (part);
      return FALSE;
    }
  if (g_rename (part, profile) == 0 && mc_work_sync_folder (above))
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s: %s", profile, g_strerror (errno));
  return FALSE;
}
