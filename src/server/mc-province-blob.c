/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-blob.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Not at every chunk: a scan's time is counted in days. */
#define TOUCH_MS (G_GINT64_CONSTANT (3600) * 1000)

gboolean
mc_blob_name_valid (const char *sha256)
{
  return sha256 != NULL && strlen (sha256) == 64 && strspn (sha256, "0123456789abcdef") == 64;
}

/*
 * What the database says of scans can be made again of their files: a power cut that takes the last
 * of it costs no scan, only that a piece is sent again. So these writes do not wait for the disk,
 * of which each scan would need twice as much. Every other write does.
 */
static gboolean
write_lazily (McProvince *province)
{
  return mc_db_script (province->db, "PRAGMA synchronous = NORMAL", NULL);
}

/* @lazily: what write_lazily() said: within a transaction nothing can be altered. */
static gboolean
write_durably (McProvince *province, gboolean lazily, gboolean ok)
{
  g_autoptr (GError) error = NULL;

  if (lazily && !mc_db_script (province->db, "PRAGMA synchronous = FULL", &error))
    g_error ("the database would not be durable: %s", error->message);
  return ok;
}

static gboolean
mark_complete (McProvince *province, const char *sha256, GError **error)
{
  gboolean lazily = write_lazily (province);

  return write_durably (province,
                        lazily,
                        mc_db_run (province->db,
                                   error,
                                   "UPDATE blob SET received = size, complete = 1 WHERE sha256 = ?",
                                   "s",
                                   sha256));
}

static gboolean
read_state (McProvince *province, const char *sha256, McBlobState *ret_state, GError **error)
{
  g_autoptr (McQuery) query = NULL;
  gint64 touched;

  query = mc_db_query (province->db,
                       error,
                       "SELECT size, received, complete, touched FROM blob WHERE sha256 = ?",
                       "s",
                       sha256);
  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  ret_state->size = mc_query_int (query, 0);
  ret_state->received = mc_query_int (query, 1);
  ret_state->complete = mc_query_int (query, 2) != 0;
  touched = mc_query_int (query, 3);
  ret_state->expires_ms =
      (touched != 0 ? touched : mc_clock_wall (province->clock)) + _mc_scan_lifetime (province);
  return TRUE;
}

/* What is really there: a power cut may take a new file with it, whatever was written into it. */
static gint64
part_size (McProvince *province, const char *sha256)
{
  g_autofree char *part = mc_province_blob_part (province, sha256);
  GStatBuf info;

  return g_stat (part, &info) == 0 ? info.st_size : 0;
}

/* A file of which the database knows nothing, after a power cut or on a restored one. It got its
 * name only after it was checked and durable. */
static gboolean
adopt (McProvince *province, const char *sha256, GError **error)
{
  g_autofree char *path = mc_province_blob_path (province, sha256);
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return FALSE;
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO blob (sha256, size, received, complete) VALUES (?1, ?2, ?2, 1)",
                    "si",
                    sha256,
                    (gint64)info.st_size);
}

gboolean
mc_province_blob (McProvince *province, const char *sha256, McBlobState *ret_state, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  if (!read_state (province, sha256, ret_state, &problem) &&
      (problem != NULL || !adopt (province, sha256, &problem) ||
       !read_state (province, sha256, ret_state, &problem)))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!ret_state->complete)
    {
      /* It got its name only after it was checked: the power went, or the database is an older one.
       */
      path = mc_province_blob_path (province, sha256);
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        {
          ret_state->received = MIN (ret_state->received, part_size (province, sha256));
          return mc_clock_wall (province->clock) <= ret_state->expires_ms;
        }
      if (!mark_complete (province, sha256, error))
        return FALSE;
    }
  ret_state->complete = TRUE;
  ret_state->received = ret_state->size;
  ret_state->expires_ms = 0;
  return TRUE;
}

/* Announced for the first time, or anew: its time was over, or the size differs from the one said
 * before. One of the two was wrong then; nothing of it is kept. */
static gboolean
announce (McProvince *province, const char *sha256, gint64 size, const char *device, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "DELETE FROM blob WHERE sha256 = ? AND complete = 0",
                    "s",
                    sha256) &&
         _mc_scan_room (province, device, size, error) &&
         mc_db_run (province->db,
                    error,
                    "INSERT INTO blob (sha256, size, device, touched) VALUES (?, ?, ?, ?)",
                    "sisi",
                    sha256,
                    size,
                    device,
                    mc_clock_wall (province->clock));
}

gboolean
mc_province_blob_begin (McProvince *province,
                        const char *sha256,
                        gint64 size,
                        const char *device,
                        McBlobState *ret_state,
                        GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean lazily;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);
  g_return_val_if_fail (size > 0 && size <= MC_BLOB_MAX && device != NULL, FALSE);

  if (mc_province_blob (province, sha256, ret_state, &problem) &&
      (ret_state->complete || ret_state->size == size))
    return TRUE;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  lazily = write_lazily (province);
  return write_durably (province,
                        lazily,
                        _mc_province_begin (province, error) &&
                            _mc_province_end (province,
                                              announce (province, sha256, size, device, error),
                                              error)) &&
         mc_province_blob (province, sha256, ret_state, error);
}

gboolean
mc_province_blob_received (McProvince *province,
                           const char *sha256,
                           gint64 received,
                           GError **error)
{
  gboolean lazily;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  lazily = write_lazily (province);
  return write_durably (
      province,
      lazily,
      mc_db_run (province->db,
                 error,
                 "UPDATE blob SET received = ?, touched = ? WHERE sha256 = ? AND complete = 0",
                 "iis",
                 received,
                 mc_clock_wall (province->clock),
                 sha256));
}

gboolean
mc_province_blob_touch (McProvince *province, const char *sha256, GError **error)
{
  gint64 now;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  now = mc_clock_wall (province->clock);
  return mc_db_run (province->db,
                    error,
                    "UPDATE blob SET touched = ?1 WHERE sha256 = ?2 AND touched < ?1 - ?3",
                    "isi",
                    now,
                    sha256,
                    TOUCH_MS);
}

/* The file first: a row without it is met again, a file without a row by nobody. */
gboolean
mc_province_blob_drop (McProvince *province, const char *sha256, GError **error)
{
  g_autofree char *part = NULL;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  part = mc_province_blob_part (province, sha256);
  g_unlink (part);
  return mc_db_run (province->db,
                    error,
                    "DELETE FROM blob WHERE sha256 = ? AND complete = 0",
                    "s",
                    sha256);
}

gboolean
mc_province_blob_begun_by (McProvince *province,
                           const char *sha256,
                           const char *office,
                           GError **error)
{
  gboolean begun = FALSE;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256) && office != NULL, FALSE);

  return _mc_province_has (province,
                           "SELECT 1 FROM blob b JOIN device d ON d.id = b.device"
                           " WHERE b.sha256 = ? AND d.office = ?",
                           sha256,
                           office,
                           &begun,
                           error) &&
         begun;
}

char *
mc_province_blob_path (McProvince *province, const char *sha256)
{
  g_autofree char *folder = g_strndup (sha256, 2);

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), NULL);
  return g_build_filename (province->data, "blobs", folder, sha256, NULL);
}

char *
mc_province_blob_part (McProvince *province, const char *sha256)
{
  g_autofree char *path = mc_province_blob_path (province, sha256);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  return g_strconcat (path, ".part", NULL);
}

/* By errno, which is looked at first. */
static gboolean
fail_by_errno (const char *what, const char *path, GError **error)
{
  int code = errno;

  g_set_error (error,
               MC_ERROR,
               code == ENOSPC || code == EDQUOT ? MC_ERROR_FULL : MC_ERROR_STORE,
               "cannot %s %s: %s",
               what,
               path,
               g_strerror (code));
  return FALSE;
}

/* A file is only there after a power cut when its folder is. */
static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_by_errno ("sync", folder, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
mc_province_blob_keep (McProvince *province, const char *sha256, GError **error)
{
  g_autofree char *part = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  part = mc_province_blob_part (province, sha256);
  path = mc_province_blob_path (province, sha256);
  if (g_rename (part, path) != 0)
    return fail_by_errno ("keep", path, error);
  return sync_folder (path, error);
}

gboolean
mc_province_blob_finish (McProvince *province, const char *sha256, gboolean good, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256), FALSE);

  if (!good)
    return mc_province_blob_drop (province, sha256, error);
  path = mc_province_blob_path (province, sha256);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !mc_province_blob_keep (province, sha256, error))
    return FALSE;
  return mark_complete (province, sha256, error);
}

gboolean
mc_province_blob_readable (McProvince *province,
                           const char *sha256,
                           const char *office,
                           GError **error)
{
  gboolean readable = FALSE;

  g_return_val_if_fail (province != NULL && mc_blob_name_valid (sha256) && office != NULL, FALSE);

  return _mc_province_has (province,
                           "SELECT 1 FROM blob_use u JOIN sight s ON s.record = u.record"
                           " WHERE u.sha256 = ? AND s.office = ?",
                           sha256,
                           office,
                           &readable,
                           error) &&
         readable;
}
