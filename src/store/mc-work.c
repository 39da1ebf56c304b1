/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The second half of an upgrade and of a new key, which begins when the key file says so and can be
 * done again and again: the new database takes its place, then what is left in clear or under the
 * old key goes.
 */
#include "mc-store-private.h"

#include "mc-crypt-vfs.h"
#include "mc-desk.h"
#include "mc-error.h"
#include "mc-hygiene.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
fail (const char *path, GError **error)
{
  int saved = errno;

  g_set_error (error,
               MC_ERROR,
               saved == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
               "%s: %s",
               path,
               g_strerror (saved));
  return FALSE;
}

gboolean
mc_work_sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

void
mc_work_remove_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        mc_work_remove_tree (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static gboolean
remove_beside (const char *profile, const char *name)
{
  g_autofree char *path = g_build_filename (profile, name, NULL);

  return g_unlink (path) == 0 || errno == ENOENT;
}

/* The old one is put aside, not written over: what was plain is overwritten afterwards. */
static gboolean
swap (const char *profile, GError **error)
{
  g_autofree char *new_path = g_build_filename (profile, "desk.sqlite.new", NULL);
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autofree char *aside = g_build_filename (profile, "desk.sqlite.gone", NULL);

  if (!g_file_test (new_path, G_FILE_TEST_EXISTS))
    return TRUE;
  remove_beside (profile, "desk.sqlite-wal");
  remove_beside (profile, "desk.sqlite-shm");
  if (g_file_test (path, G_FILE_TEST_EXISTS) && g_rename (path, aside) != 0)
    return fail (path, error);
  if (g_rename (new_path, path) != 0 || !mc_work_sync_folder (profile))
    return fail (new_path, error);
  return TRUE;
}

gboolean
mc_work_swap (const char *profile, McVault *vault, GError **error)
{
  g_autofree char *rebuild = g_build_filename (profile, MC_REBUILD_FOLDER, NULL);

  if (vault == NULL)
    return TRUE;
  if (mc_vault_work (vault) != MC_VAULT_WORK_NONE)
    return swap (profile, error);
  /* Begun, and never said to be whole. */
  mc_work_remove_tree (rebuild);
  remove_beside (profile, "desk.sqlite.new-wal");
  remove_beside (profile, "desk.sqlite.new-shm");
  return remove_beside (profile, "desk.sqlite.new");
}

static char *
plain_path (McStore *store, const char *sha256)
{
  char folder[3] = { sha256[0], sha256[1], '\0' };

  return g_build_filename (store->profile, "blobs", folder, sha256, NULL);
}

/* Returns: what was read, as its hash; the copy is at @part. */
static char *
encrypt_file (McStore *store, const char *from, const char *part, GError **error)
{
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (from, NULL, "", error);
  g_autoptr (McBlobWriter) writer = mc_blob_writer_new (part, store->data_key, NULL, error);
  g_autofree guint8 *block = g_malloc (MC_BLOB_CHUNK);
  char *sha256 = NULL;
  gint64 at = 0;
  gssize got;

  if (reader == NULL || writer == NULL)
    return NULL;
  while ((got = mc_blob_reader_read (reader, at, block, MC_BLOB_CHUNK, error)) > 0)
    {
      if (!mc_blob_writer_write (writer, block, (gsize)got, error))
        return NULL;
      at += got;
    }
  return got == 0 && mc_blob_writer_finish (writer, &sha256, error) ? sha256 : NULL;
}

static gboolean
reads_back (McStore *store, const char *path, const char *sha256, GError **error)
{
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (path, store->data_key, sha256, error);
  gboolean end = FALSE;

  for (guint64 from = 0; reader != NULL && !end; from += 64)
    if (!mc_blob_reader_check (reader, from, 64, &end, error))
      return FALSE;
  return reader != NULL;
}

gboolean
mc_work_blob (McStore *store, const char *sha256, GError **error)
{
  g_autofree char *from = plain_path (store, sha256);
  g_autofree char *path = mc_store_blob_path (store, sha256);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *found = NULL;

  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return TRUE;
  g_mkdir_with_parents (folder, 0700);
  found = encrypt_file (store, from, part, error);
  if (found == NULL)
    return FALSE;
  if (!g_str_equal (found, sha256))
    {
      /* Rotten on the disk before it came here; kept, encrypted, in case somebody can use it. */
      g_autofree char *damaged = g_strconcat (path, ".damaged", NULL);

      g_rename (part, damaged);
      return mc_db_run (store->db,
                        error,
                        "UPDATE blob SET here = 0 WHERE sha256 = ?1",
                        "s",
                        sha256);
    }
  if (!reads_back (store, part, sha256, error))
    return FALSE;
  if (g_rename (part, path) != 0 || !mc_work_sync_folder (folder))
    return fail (path, error);
  return TRUE;
}

static GPtrArray *
held_scans (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256 FROM blob WHERE here = 1", "");

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, error))
    g_ptr_array_add (scans, g_strdup (mc_query_text (query, 0)));
  return g_steal_pointer (&scans);
}

typedef void (*EachFile) (const char *path, const char *name, gpointer data);

static void
each_file (const char *folder, EachFile each, gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        each_file (path, each, data);
      else
        each (path, name, data);
    }
}

/* A plain scan has its whole hash for a name; so has half a one. */
static void
shred_plain (const char *path, const char *name, gpointer data)
{
  gsize digits = strspn (name, "0123456789abcdef");

  if (digits == 64 || g_str_equal (name, "import.part"))
    mc_shred (path);
}

static void
forget_old (const char *path, const char *name, gpointer key)
{
  if (g_str_has_suffix (name, ".part"))
    g_unlink (path);
  else
    mc_blob_forget (path, key, NULL);
}

/* Copies that migrations made under another key or before there was one, and keys in files. */
static void
shred_beside (const char *profile, McDataKey *now)
{
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (profile, name, NULL);
      g_autofree char *key = NULL;

      if (g_str_has_suffix (name, ".key") || g_str_has_prefix (name, "desk.sqlite.gone"))
        mc_shred (path);
      if (!g_str_has_suffix (name, ".bak") && !g_str_has_suffix (name, ".bak.part") &&
          !g_str_equal (name, "desk.sqlite.damaged"))
        continue;
      key = mc_crypt_file_key (path, NULL);
      if (g_strcmp0 (key, mc_data_key_id (now)) != 0)
        mc_shred (path);
    }
}

static gboolean
end_upgrade (McStore *store, McProfileTell tell, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) scans = held_scans (store, error);
  g_autofree char *blobs = g_build_filename (store->profile, "blobs", NULL);

  if (scans == NULL)
    return FALSE;
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *plain = plain_path (store, scans->pdata[i]);

      if (!mc_work_blob (store, scans->pdata[i], error))
        return FALSE;
      mc_shred (plain);
      if (tell != NULL)
        tell (0.5 + 0.5 * (i + 1) / scans->len, data);
    }
  each_file (blobs, shred_plain, NULL);
  mc_store_drop_old_key (store);
  return TRUE;
}

gboolean
mc_work_end (McStore *store, McVault *vault, McProfileTell tell, gpointer data, GError **error)
{
  g_autofree char *blobs = g_build_filename (store->profile, "blobs", NULL);

  if (vault == NULL || mc_vault_work (vault) == MC_VAULT_WORK_NONE)
    return TRUE;
  if (mc_vault_work (vault) == MC_VAULT_WORK_UPGRADE && !end_upgrade (store, tell, data, error))
    return FALSE;
  each_file (blobs, forget_old, store->data_key);
  shred_beside (store->profile, store->data_key);
  return mc_vault_set_work (vault, store->data_key, MC_VAULT_WORK_NONE, error);
}
