/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a backup. */
#include "mc-backup-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEPT 2
#define MAC 32
#define BLOCK (256 * 1024)

char *
mc_backup_file (const char *backup, const char *copy, const char *ending)
{
  g_autofree char *name = g_strconcat (copy, ".", ending, NULL);

  return g_build_filename (backup, "copies", name, NULL);
}

char *
mc_backup_scan (const char *folder, const char *name)
{
  char begin[3] = { name[0], name[1], '\0' };

  return g_build_filename (folder, "blobs", begin, name, NULL);
}

static gboolean
fail (const char *path, int saved, GError **error)
{
  McError code = MC_ERROR_STORE;

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    code = MC_ERROR_FULL;
  else if (saved == ENOENT || saved == ENODEV || saved == ENXIO)
    code = MC_ERROR_NOT_FOUND;
  else if (saved == EROFS || saved == EACCES || saved == EPERM)
    code = MC_ERROR_REFUSED;
  if (code == MC_ERROR_REFUSED)
    g_set_error_literal (error, MC_ERROR, code, "read-only");
  else
    g_set_error (error, MC_ERROR, code, "%s: %s", path, g_strerror (saved));
  return FALSE;
}

static void
mac_of (const char *body, McDataKey *key, guint8 ret_mac[MAC])
{
  guint8 subkey[MC_SUBKEY_BYTES];

  mc_data_key_derive (key, MC_SUBKEY_BACKUP, subkey);
  crypto_generichash (ret_mac, MAC, (const guint8 *)body, strlen (body), subkey, sizeof subkey);
  sodium_memzero (subkey, sizeof subkey);
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  while (length > 0)
    {
      gssize put = write (fd, bytes, length);

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return FALSE;
      bytes += put;
      length -= (gsize)put;
    }
  return TRUE;
}

/* What @part is called from now on, on the disk for good. */
static gboolean
put_in_place (int fd, const char *part, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int dir;
  gboolean ok;

  if (fsync (fd) != 0 || rename (part, path) != 0)
    return FALSE;
  dir = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some file systems of sticks cannot sync a folder. */
  ok = dir >= 0 && (fsync (dir) == 0 || errno == EINVAL);
  if (dir >= 0)
    close (dir);
  return ok;
}

gboolean
mc_backup_write_list (const char *path, json_t *list, McDataKey *key, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *body = mc_json_text (list);
  g_autofree char *mac = NULL;
  g_autofree char *text = NULL;
  guint8 bytes[MAC];
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean ok;

  mac_of (body, key, bytes);
  mac = mc_base64_encode (bytes, sizeof bytes);
  text = g_strdup_printf ("%s\n%s\n", body, mac);
  ok = fd >= 0 && write_all (fd, text, strlen (text)) && put_in_place (fd, part, path);
  if (!ok)
    fail (path, errno, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

json_t *
mc_backup_read_list (const char *path, McDataKey *key, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (json_t) list = NULL;
  guint8 said[MAC];
  guint8 mac[MAC];

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (text, "\n", 4);
  if (lines != NULL && g_strv_length (lines) == 3)
    list = mc_json_parse (lines[0], -1, NULL);
  if (list == NULL || !mc_base64_decode (lines[1], said, sizeof said))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s: not a whole list", path);
      return NULL;
    }
  if (key == NULL)
    return g_steal_pointer (&list);
  if (g_strcmp0 (mc_json_string (list, "key"), mc_data_key_id (key)) != 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_KEY, "%s: of another key", path);
      return NULL;
    }
  mac_of (lines[0], key, mac);
  if (sodium_memcmp (mac, said, sizeof mac) == 0)
    return g_steal_pointer (&list);
  g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s: changed", path);
  return NULL;
}

static gboolean
pour (int from, int to, GChecksum *sum)
{
  g_autofree char *block = g_malloc (BLOCK);
  gssize got;

  while ((got = read (from, block, BLOCK)) > 0)
    {
      g_checksum_update (sum, (const guchar *)block, got);
      if (!write_all (to, block, (gsize)got))
        return FALSE;
    }
  return got == 0;
}

gboolean
mc_backup_copy_file (const char *from, const char *to, char **ret_sha256, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  int source = open (from, O_RDONLY | O_CLOEXEC);
  int target = -1;
  gboolean ok = FALSE;
  int saved;

  if (source >= 0 && g_mkdir_with_parents (folder, 0700) == 0)
    target = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (target >= 0)
    ok = pour (source, target, sum) && put_in_place (target, part, to);
  saved = errno;
  if (source >= 0)
    close (source);
  if (target >= 0)
    close (target);
  if (!ok)
    {
      g_unlink (part);
      return fail (to, saved, error);
    }
  if (ret_sha256 != NULL)
    *ret_sha256 = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

char *
mc_backup_hash (const char *path)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got = -1;

  while (fd >= 0 && (got = read (fd, block, BLOCK)) > 0)
    g_checksum_update (sum, block, got);
  if (fd >= 0)
    close (fd);
  return got == 0 ? g_strdup (g_checksum_get_string (sum)) : NULL;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)b, *(const char *const *)a);
}

GPtrArray *
mc_backup_copies (const char *backup)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_build_filename (backup, "copies", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".list"))
      g_ptr_array_add (copies, g_strndup (name, strlen (name) - strlen (".list")));
  g_ptr_array_sort (copies, newest_first);
  return copies;
}

/* Names of the newest copies that are true, and of the scans that they hold. */
static guint
note_kept (const char *backup, McDataKey *key, GHashTable *kept)
{
  g_autoptr (GPtrArray) copies = mc_backup_copies (backup);
  guint good = 0;

  for (guint i = 0; good < KEPT && i < copies->len; i++)
    {
      g_autofree char *path = mc_backup_file (backup, copies->pdata[i], "list");
      g_autoptr (json_t) list = mc_backup_read_list (path, key, NULL);
      json_t *scans = json_object_get (list, "scans");

      if (list == NULL)
        continue;
      good++;
      g_hash_table_add (kept, g_strdup (copies->pdata[i]));
      for (gsize scan = 0; scan < json_array_size (scans); scan++)
        g_hash_table_add (kept,
                          g_strdup (json_string_value (
                              json_array_get (json_array_get (scans, scan), 0))));
    }
  return good;
}

static void
drop_others (const char *folder, GHashTable *kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *base = g_strndup (name, strcspn (name, "."));

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        drop_others (path, kept);
      else if (!g_hash_table_contains (kept, base) || g_str_has_suffix (name, ".part"))
        g_unlink (path);
    }
}

void
mc_backup_prune (const char *backup, McDataKey *key)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *copies = g_build_filename (backup, "copies", NULL);
  g_autofree char *blobs = g_build_filename (backup, "blobs", NULL);

  if (note_kept (backup, key, kept) == 0)
    return;
  drop_others (copies, kept);
  drop_others (blobs, kept);
}
