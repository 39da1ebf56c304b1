/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a PDF into the profile: copied under its hash, on the disk for good before anybody names
 * it. The file is looked at by poppler first, so that what cannot be read later is said now.
 */
#include "mc-desk-private.h"

#include "mc-error.h"
#include "mc-text.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>
#include <unistd.h>

/* Large enough for any register scanned whole; the province takes no more. */
#define DOCUMENT_MAX (1024 * 1024 * G_GINT64_CONSTANT (1024))
#define TAIL_BYTES 2048

static gboolean
bad (GError **error, const char *word)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, word);
  return FALSE;
}

/* Without the file's name, which is often a resident's. */
static gboolean
fail_file (GError **error)
{
  int saved = errno;

  g_set_error (error,
               MC_ERROR,
               saved == ENOSPC || saved == EDQUOT || saved == EFBIG ? MC_ERROR_FULL
                                                                    : MC_ERROR_STORE,
               "scan: %s",
               g_strerror (saved));
  return FALSE;
}

static gboolean
has_bytes (const char *text, gssize length, const char *wanted)
{
  return length > 0 && memmem (text, (gsize)length, wanted, strlen (wanted)) != NULL;
}

/* A PDF begins with its mark (within the first KiB) and ends with %%EOF; a torn one lacks the end.
 */
static gboolean
check_ends (int fd, gint64 size, GError **error)
{
  char head[1024];
  char tail[TAIL_BYTES];
  gssize got = pread (fd, head, sizeof head, 0);
  gint64 from = MAX (0, size - TAIL_BYTES);

  if (size == 0)
    return bad (error, "empty");
  if (!has_bytes (head, got, "%PDF-"))
    return bad (error, "not-pdf");
  got = pread (fd, tail, sizeof tail, from);
  return has_bytes (tail, got, "%%EOF") ? TRUE : bad (error, "truncated");
}

static gboolean
check_pages (McBlobReader *reader, int *ret_pages, GError **error)
{
  g_autoptr (GInputStream) stream = mc_blob_reader_stream (reader);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GObject) opened = NULL;
  PopplerDocument *document =
      poppler_document_new_from_stream (stream, mc_blob_reader_size (reader), NULL, NULL, &problem);

  if (document == NULL)
    return bad (error,
                g_error_matches (problem, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED) ? "encrypted"
                                                                                  : "truncated");
  opened = G_OBJECT (document);
  *ret_pages = poppler_document_get_n_pages (document);
  return *ret_pages > 0 ? TRUE : bad (error, "empty");
}

/* Copies, hashes and encrypts in one go; the copy is synced before it is believed. */
static char *
copy_in (McStore *store, int from, const char *part, GError **error)
{
  g_autoptr (McBlobWriter) writer = mc_blob_writer_new (part, store->data_key, NULL, error);
  g_autofree guint8 *block = g_malloc (256 * 1024);
  char *sha256 = NULL;
  gssize got = 0;

  if (writer == NULL)
    return NULL;
  while ((got = read (from, block, 256 * 1024)) > 0)
    if (!mc_blob_writer_write (writer, block, (gsize)got, error))
      return NULL;
  if (got < 0)
    {
      fail_file (error);
      return NULL;
    }
  return mc_blob_writer_finish (writer, &sha256, error) ? sha256 : NULL;
}

/* The copy is what is looked at: the original may be on a stick that is pulled out meanwhile. */
static gboolean
check_copy (McStore *store, const char *part, const char *sha256, int *ret_pages, GError **error)
{
  g_autoptr (McBlobReader) reader = mc_blob_reader_new (part, store->data_key, sha256, error);

  return reader != NULL && check_pages (reader, ret_pages, error);
}

/* The name is only on the disk when its folder is. */
static gboolean
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
put_in_place (McStore *store, const char *part, const char *sha256, GError **error)
{
  g_autofree char *final = mc_store_blob_path (store, sha256);
  g_autofree char *folder = g_path_get_dirname (final);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_rename (part, final) != 0 ||
      !sync_folder (final))
    return fail_file (error);
  return TRUE;
}

json_t *
mc_desk_import_open (McDesk *desk, int fd, const char *path, GError **error)
{
  g_autofree char *part = g_build_filename (desk->store->profile, "blobs", "import.part", NULL);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *name = mc_text_clean (shown);
  g_autofree char *sha256 = NULL;
  GStatBuf info;
  int pages = 0;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      bad (error, "not-pdf");
      return NULL;
    }
  if (info.st_size > DOCUMENT_MAX)
    {
      bad (error, "too-large");
      return NULL;
    }
  if (!check_ends (fd, info.st_size, error))
    return NULL;
  sha256 = copy_in (desk->store, fd, part, error);
  if (sha256 == NULL || !check_copy (desk->store, part, sha256, &pages, error) ||
      !put_in_place (desk->store, part, sha256, error) ||
      !mc_store_blob_stays (desk->store, sha256, error))
    {
      g_unlink (part);
      return NULL;
    }
  return json_pack ("{s:s,s:s,s:I,s:i}",
                    "sha256",
                    sha256,
                    "name",
                    name,
                    "size",
                    (json_int_t)info.st_size,
                    "pages",
                    pages);
}

json_t *
mc_desk_import (McDesk *desk, const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  json_t *document;

  if (fd < 0)
    {
      fail_file (error);
      return NULL;
    }
  document = mc_desk_import_open (desk, fd, path, error);
  close (fd);
  return document;
}
