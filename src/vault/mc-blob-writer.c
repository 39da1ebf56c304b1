/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-blob-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct _McBlobWriter
{
  int fd;
  char *path;
  McDataKey *key; /* NULL: plain */
  char *sha256;   /* NULL: told at the end */
  guint8 file_key[MC_BLOB_KEY];
  GChecksum *sum;
  guint64 chunks; /* written, none of them the last */
  gint64 plain;   /* bytes, of a plain file */
  gsize filled;   /* of the chunk to come, which may become the last one */
  guint8 *chunk;
  guint8 *stored;
  gboolean finished;
};

static off_t
place_of (guint64 index)
{
  return (off_t)(MC_BLOB_HEAD + index * MC_BLOB_STORED);
}

static McBlobWriter *
writer_new (const char *path, McDataKey *key, const char *sha256, int flags, GError **error)
{
  g_autoptr (McBlobWriter) writer = g_new0 (McBlobWriter, 1);

  writer->path = g_strdup (path);
  writer->key = key ? mc_data_key_ref (key) : NULL;
  writer->sha256 = g_strdup (sha256);
  writer->sum = g_checksum_new (G_CHECKSUM_SHA256);
  writer->chunk = g_malloc (MC_BLOB_CHUNK);
  writer->stored = g_malloc (MC_BLOB_STORED);
  writer->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | flags, 0600);
  if (writer->fd >= 0)
    return g_steal_pointer (&writer);
  mc_blob_fail (path, error);
  return NULL;
}

gboolean
mc_blob_writer_restart (McBlobWriter *writer, GError **error)
{
  writer->chunks = 0;
  writer->plain = 0;
  writer->filled = 0;
  g_checksum_reset (writer->sum);
  randombytes_buf (writer->file_key, sizeof writer->file_key);
  if (ftruncate (writer->fd, 0) != 0)
    return mc_blob_fail (writer->path, error);
  /* Where the hash is known the key goes first, so that a killed program's chunks can be used. */
  return writer->key == NULL || writer->sha256 == NULL ||
         mc_blob_put_key (writer->fd, 0, writer->key, writer->sha256, writer->file_key, error);
}

McBlobWriter *
mc_blob_writer_new (const char *path, McDataKey *key, const char *sha256, GError **error)
{
  g_autoptr (McBlobWriter) writer = writer_new (path, key, sha256, O_TRUNC, error);

  if (writer == NULL || !mc_blob_writer_restart (writer, error))
    return NULL;
  return g_steal_pointer (&writer);
}

/* A plain part: what is there counts. */
static gboolean
resume_plain (McBlobWriter *writer, GError **error)
{
  gssize got;

  while ((got = read (writer->fd, writer->chunk, MC_BLOB_CHUNK)) > 0)
    {
      g_checksum_update (writer->sum, writer->chunk, got);
      writer->plain += got;
    }
  return got == 0 ? TRUE : mc_blob_fail (writer->path, error);
}

/* Takes up each whole chunk; one that was to be the last goes back into the buffer. */
static gboolean
resume_chunks (McBlobWriter *writer, GError **error)
{
  for (;;)
    {
      gssize got = pread (writer->fd, writer->stored, MC_BLOB_STORED, place_of (writer->chunks));
      gsize length = got > (gssize)MC_BLOB_OVERHEAD ? (gsize)got : 0;

      if (length == MC_BLOB_STORED && mc_blob_unseal (writer->file_key,
                                                      writer->chunks,
                                                      FALSE,
                                                      writer->stored,
                                                      length,
                                                      writer->chunk))
        {
          g_checksum_update (writer->sum, writer->chunk, MC_BLOB_CHUNK);
          writer->chunks++;
          continue;
        }
      if (length > 0 && mc_blob_unseal (writer->file_key,
                                        writer->chunks,
                                        TRUE,
                                        writer->stored,
                                        length,
                                        writer->chunk))
        {
          writer->filled = length - MC_BLOB_OVERHEAD;
          g_checksum_update (writer->sum, writer->chunk, (gssize)writer->filled);
        }
      break;
    }
  return ftruncate (writer->fd, place_of (writer->chunks)) == 0
             ? TRUE
             : mc_blob_fail (writer->path, error);
}

McBlobWriter *
mc_blob_writer_resume (const char *path, McDataKey *key, const char *sha256, GError **error)
{
  g_autoptr (McBlobWriter) writer = writer_new (path, key, sha256, 0, error);
  gboolean ok;

  if (writer == NULL)
    return NULL;
  if (key == NULL)
    ok = resume_plain (writer, error);
  else if (mc_blob_get_key (writer->fd, key, sha256, writer->file_key, NULL, NULL))
    ok = resume_chunks (writer, error);
  else
    ok = mc_blob_writer_restart (writer, error);
  return ok ? g_steal_pointer (&writer) : NULL;
}

gint64
mc_blob_writer_have (McBlobWriter *writer)
{
  return writer->plain + (gint64)(writer->chunks * MC_BLOB_CHUNK + writer->filled);
}

static gboolean
write_all (McBlobWriter *writer, const guint8 *bytes, gsize length, off_t at, GError **error)
{
  while (length > 0)
    {
      gssize put = pwrite (writer->fd, bytes, length, at);

      if (put < 0 && errno == EINTR)
        continue;
      if (put <= 0)
        return mc_blob_fail (writer->path, error);
      bytes += put;
      at += put;
      length -= (gsize)put;
    }
  return TRUE;
}

static gboolean
put_chunk (McBlobWriter *writer, gboolean last, GError **error)
{
  gsize length = mc_blob_seal (writer->file_key,
                               writer->chunks,
                               last,
                               writer->chunk,
                               writer->filled,
                               writer->stored);

  return write_all (writer, writer->stored, length, place_of (writer->chunks), error);
}

void
mc_blob_writer_free (McBlobWriter *writer)
{
  if (writer == NULL)
    return;
  /* What did not fill a chunk is kept as if it were the last one: on a bad line that is all there
   * is. The hash says that it is not the whole. */
  if (writer->fd >= 0 && writer->key != NULL && writer->sha256 != NULL && writer->filled > 0 &&
      !writer->finished)
    put_chunk (writer, TRUE, NULL);
  if (writer->fd >= 0)
    close (writer->fd);
  sodium_memzero (writer->file_key, sizeof writer->file_key);
  sodium_memzero (writer->chunk, MC_BLOB_CHUNK);
  mc_data_key_unref (writer->key);
  g_checksum_free (writer->sum);
  g_free (writer->chunk);
  g_free (writer->stored);
  g_free (writer->sha256);
  g_free (writer->path);
  g_free (writer);
}

gboolean
mc_blob_writer_write (McBlobWriter *writer, const void *bytes, gsize length, GError **error)
{
  const guint8 *from = bytes;

  if (writer->key == NULL)
    {
      if (!write_all (writer, from, length, writer->plain, error))
        return FALSE;
      g_checksum_update (writer->sum, from, (gssize)length);
      writer->plain += (gint64)length;
      return TRUE;
    }
  while (length > 0)
    {
      gsize part;

      if (writer->filled == MC_BLOB_CHUNK)
        {
          if (!put_chunk (writer, FALSE, error))
            return FALSE;
          writer->chunks++;
          writer->filled = 0;
        }
      part = MIN (length, MC_BLOB_CHUNK - writer->filled);
      memcpy (writer->chunk + writer->filled, from, part);
      g_checksum_update (writer->sum, from, (gssize)part);
      writer->filled += part;
      from += part;
      length -= part;
    }
  return TRUE;
}

gboolean
mc_blob_writer_finish (McBlobWriter *writer, char **ret_sha256, GError **error)
{
  const char *sha256 = g_checksum_get_string (writer->sum);

  if (writer->sha256 != NULL && !g_str_equal (sha256, writer->sha256))
    return mc_blob_damaged (writer->sha256, "the bytes are others", error);
  if (writer->key != NULL &&
      (!put_chunk (writer, TRUE, error) ||
       (writer->sha256 == NULL &&
        !mc_blob_put_key (writer->fd, 0, writer->key, sha256, writer->file_key, error))))
    return FALSE;
  if (fsync (writer->fd) != 0)
    return mc_blob_fail (writer->path, error);
  writer->finished = TRUE;
  if (ret_sha256 != NULL)
    *ret_sha256 = g_strdup (sha256);
  return TRUE;
}
