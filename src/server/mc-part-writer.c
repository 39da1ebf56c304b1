/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-part-writer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* soup gives eight KiB at a time; a write and a sum of that little cost as much again. */
#define BLOCK (128 * 1024)
/* So many writers have two blocks each; however many scans come in, the rest write as it comes. */
#define BUFFERED_MAX 32
#define THREADS 2

static gint buffered; /* atomic */

static void
write_out (McPartWriter *writer, const guint8 *bytes, gsize length)
{
  while (writer->failure == 0 && length > 0)
    {
      gssize wrote = write (writer->fd, bytes, length);

      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0)
        {
          g_atomic_int_set (&writer->failure, errno);
          return;
        }
      if (writer->sum != NULL)
        gcry_md_write (writer->sum, bytes, (gsize)wrote);
      bytes += wrote;
      length -= (gsize)wrote;
      writer->offset += wrote;
    }
}

/* On a thread of the pool. */
static void
write_flying (gpointer data, gpointer unused)
{
  McPartWriter *writer = data;

  write_out (writer, writer->flying, writer->flown);
  g_mutex_lock (&writer->lock);
  writer->spare = g_steal_pointer (&writer->flying);
  g_cond_signal (&writer->landed);
  g_mutex_unlock (&writer->lock);
}

static GThreadPool *
pool (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize)g_thread_pool_new (write_flying, NULL, THREADS, FALSE, NULL));
  return (GThreadPool *)once;
}

static void
wait_landed (McPartWriter *writer)
{
  g_mutex_lock (&writer->lock);
  while (writer->flying != NULL)
    g_cond_wait (&writer->landed, &writer->lock);
  g_mutex_unlock (&writer->lock);
}

McPartWriter *
_mc_part_writer_new (int fd, gint64 offset, gcry_md_hd_t sum)
{
  McPartWriter *writer = g_new0 (McPartWriter, 1);

  g_mutex_init (&writer->lock);
  g_cond_init (&writer->landed);
  writer->fd = fd;
  writer->offset = offset;
  writer->sum = sum;
  writer->buffered = g_atomic_int_add (&buffered, 1) < BUFFERED_MAX;
  return writer;
}

void
_mc_part_writer_free (McPartWriter *writer)
{
  if (writer == NULL)
    return;
  wait_landed (writer);
  g_atomic_int_add (&buffered, -1);
  gcry_md_close (writer->sum);
  close (writer->fd);
  g_free (writer->filling);
  g_free (writer->spare);
  g_mutex_clear (&writer->lock);
  g_cond_clear (&writer->landed);
  g_free (writer);
}

void
_mc_part_writer_flush (McPartWriter *writer)
{
  if (writer->filled == 0)
    return;
  wait_landed (writer);
  writer->flown = writer->filled;
  writer->filled = 0;
  writer->flying = g_steal_pointer (&writer->filling);
  writer->filling = g_steal_pointer (&writer->spare);
  g_thread_pool_push (pool (), writer, NULL);
}

static void
fill (McPartWriter *writer, const guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gsize part = MIN (length, BLOCK - writer->filled);

      if (writer->filling == NULL)
        writer->filling = g_malloc (BLOCK);
      memcpy (writer->filling + writer->filled, bytes, part);
      writer->filled += part;
      bytes += part;
      length -= part;
      if (writer->filled == BLOCK)
        _mc_part_writer_flush (writer);
    }
}

int
_mc_part_writer_write (McPartWriter *writer, const void *bytes, gsize length)
{
  if (writer->buffered)
    fill (writer, bytes, length);
  else
    write_out (writer, bytes, length);
  return g_atomic_int_get (&writer->failure);
}

void
_mc_part_writer_settle (McPartWriter *writer)
{
  wait_landed (writer);
  write_out (writer, writer->filling, writer->filled);
  writer->filled = 0;
}
