/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-blob-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A PDF is read here and there: its table at the end, then a page. */
#define KEPT 4

typedef struct
{
  gint64 index; /* -1: nothing */
  gsize length;
  guint8 *bytes;
} Kept;

struct _McBlobReader
{
  gint users; /* atomic */
  int fd;
  char *sha256;
  gboolean plain;
  gint64 size;
  guint64 chunks;
  guint8 *file_key; /* sodium_malloc() */
  GMutex lock;      /* over what follows */
  guint8 *stored;
  Kept kept[KEPT];
  guint next;
};

McBlobReader *
mc_blob_reader_ref (McBlobReader *reader)
{
  g_atomic_int_inc (&reader->users);
  return reader;
}

void
mc_blob_reader_unref (McBlobReader *reader)
{
  if (reader == NULL || !g_atomic_int_dec_and_test (&reader->users))
    return;
  for (guint i = 0; i < KEPT; i++)
    if (reader->kept[i].bytes != NULL)
      {
        sodium_memzero (reader->kept[i].bytes, MC_BLOB_CHUNK);
        g_free (reader->kept[i].bytes);
      }
  if (reader->fd >= 0)
    close (reader->fd);
  sodium_free (reader->file_key);
  g_mutex_clear (&reader->lock);
  g_free (reader->stored);
  g_free (reader->sha256);
  g_free (reader);
}

static gsize
stored_length (McBlobReader *reader, guint64 index)
{
  gint64 all = reader->size + (gint64)(reader->chunks * MC_BLOB_OVERHEAD);

  return (gsize)MIN (MC_BLOB_STORED, all - (gint64)(index * MC_BLOB_STORED));
}

/* The chunk in clear, kept for a while. With the lock. */
static const Kept *
load (McBlobReader *reader, guint64 index, GError **error)
{
  gsize length = stored_length (reader, index);
  Kept *kept;
  gssize got;

  for (guint i = 0; i < KEPT; i++)
    if (reader->kept[i].index == (gint64)index)
      return &reader->kept[i];
  got = pread (reader->fd, reader->stored, length, (off_t)(MC_BLOB_HEAD + index * MC_BLOB_STORED));
  if (got < 0)
    {
      mc_blob_fail (reader->sha256, error);
      return NULL;
    }
  kept = &reader->kept[reader->next];
  reader->next = (reader->next + 1) % KEPT;
  if (kept->bytes == NULL)
    kept->bytes = g_malloc (MC_BLOB_CHUNK);
  kept->index = -1;
  if ((gsize)got != length || !mc_blob_unseal (reader->file_key,
                                               index,
                                               index + 1 == reader->chunks,
                                               reader->stored,
                                               length,
                                               kept->bytes))
    {
      g_autofree char *why = g_strdup_printf ("chunk %" G_GUINT64_FORMAT " is damaged", index + 1);

      mc_blob_damaged (reader->sha256, why, error);
      return NULL;
    }
  kept->index = (gint64)index;
  kept->length = length - MC_BLOB_OVERHEAD;
  return kept;
}

/* What the length of the file says; the last chunk says that nothing was cut off. */
static gboolean
measure (McBlobReader *reader, gint64 size, GError **error)
{
  gint64 stored = size - MC_BLOB_HEAD;
  gint64 rest = stored % (gint64)MC_BLOB_STORED;

  if (stored < (gint64)MC_BLOB_OVERHEAD || (rest > 0 && rest < (gint64)MC_BLOB_OVERHEAD))
    return mc_blob_damaged (reader->sha256, "cut off", error);
  reader->chunks = (guint64)(stored / (gint64)MC_BLOB_STORED) + (rest > 0 ? 1 : 0);
  reader->size = stored - (gint64)(reader->chunks * MC_BLOB_OVERHEAD);
  return load (reader, reader->chunks - 1, error) != NULL;
}

McBlobReader *
mc_blob_reader_new (const char *path, McDataKey *key, const char *sha256, GError **error)
{
  g_autoptr (McBlobReader) reader = g_new0 (McBlobReader, 1);
  struct stat info;

  reader->users = 1;
  g_mutex_init (&reader->lock);
  reader->sha256 = g_strdup (sha256);
  reader->plain = key == NULL;
  for (guint i = 0; i < KEPT; i++)
    reader->kept[i].index = -1;
  reader->fd = open (path, O_RDONLY | O_CLOEXEC);
  if (reader->fd < 0 || fstat (reader->fd, &info) != 0)
    {
      mc_blob_fail (path, error);
      return NULL;
    }
  if (reader->plain)
    {
      reader->size = info.st_size;
      return g_steal_pointer (&reader);
    }
  reader->file_key = sodium_malloc (MC_BLOB_KEY);
  reader->stored = g_malloc (MC_BLOB_STORED);
  if (reader->file_key == NULL)
    g_error ("no memory that can be locked for a key");
  if (!mc_blob_get_key (reader->fd, key, sha256, reader->file_key, NULL, error) ||
      !measure (reader, info.st_size, error))
    return NULL;
  return g_steal_pointer (&reader);
}

gint64
mc_blob_reader_size (McBlobReader *reader)
{
  return reader->size;
}

static gssize
read_plain (McBlobReader *reader, gint64 offset, void *bytes, gsize length, GError **error)
{
  gsize have = 0;

  while (have < length)
    {
      gssize got = pread (reader->fd, (guint8 *)bytes + have, length - have, offset + (gint64)have);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          mc_blob_fail (reader->sha256, error);
          return -1;
        }
      if (got == 0)
        break;
      have += (gsize)got;
    }
  return (gssize)have;
}

gssize
mc_blob_reader_read (McBlobReader *reader, gint64 offset, void *bytes, gsize length, GError **error)
{
  gsize have = 0;
  gboolean ok = TRUE;

  if (offset < 0 || offset >= reader->size)
    return 0;
  if (reader->plain)
    return read_plain (reader, offset, bytes, length, error);
  length = (gsize)MIN ((gint64)length, reader->size - offset);
  g_mutex_lock (&reader->lock);
  while (ok && have < length)
    {
      gsize skip = (gsize)(offset + (gint64)have) % MC_BLOB_CHUNK;
      const Kept *kept = load (reader, (guint64)(offset + (gint64)have) / MC_BLOB_CHUNK, error);
      gsize part;

      ok = kept != NULL && kept->length > skip;
      if (!ok)
        break;
      part = MIN (length - have, kept->length - skip);
      memcpy ((guint8 *)bytes + have, kept->bytes + skip, part);
      have += part;
    }
  g_mutex_unlock (&reader->lock);
  if (!ok && error != NULL && *error == NULL)
    mc_blob_damaged (reader->sha256, "a chunk is too short", error);
  return ok ? (gssize)have : -1;
}

gboolean
mc_blob_reader_check (McBlobReader *reader,
                      guint64 from,
                      guint64 count,
                      gboolean *ret_end,
                      GError **error)
{
  gboolean ok = TRUE;

  *ret_end = reader->plain || from + count >= reader->chunks;
  g_mutex_lock (&reader->lock);
  for (guint64 i = from; ok && !reader->plain && i < MIN (from + count, reader->chunks); i++)
    ok = load (reader, i, error) != NULL;
  g_mutex_unlock (&reader->lock);
  return ok;
}
