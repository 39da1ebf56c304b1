/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reader as a seekable GInputStream, for libraries that want one. It passes for a stream in
 * memory because poppler reads only those, and local files, where it needs to: of any other it
 * makes a copy in memory, a scan of 300 MB whole.
 */
#include "mc-blob-private.h"

#define MC_TYPE_BLOB_STREAM (mc_blob_stream_get_type ())
G_DECLARE_FINAL_TYPE (McBlobStream, mc_blob_stream, MC, BLOB_STREAM, GMemoryInputStream)

struct _McBlobStream
{
  GMemoryInputStream parent_instance;

  McBlobReader *reader;
  gint64 at;
};

static void mc_blob_stream_seekable (GSeekableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McBlobStream,
                               mc_blob_stream,
                               G_TYPE_MEMORY_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SEEKABLE, mc_blob_stream_seekable))

static gssize
stream_read (GInputStream *stream,
             void *buffer,
             gsize count,
             GCancellable *cancellable,
             GError **error)
{
  McBlobStream *self = MC_BLOB_STREAM (stream);
  gssize got;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  got = mc_blob_reader_read (self->reader, self->at, buffer, count, error);
  self->at += MAX (0, got);
  return got;
}

static gssize
stream_skip (GInputStream *stream, gsize count, GCancellable *cancellable, GError **error)
{
  McBlobStream *self = MC_BLOB_STREAM (stream);
  gint64 left = mc_blob_reader_size (self->reader) - self->at;
  gssize skipped = (gssize)MIN ((gint64)count, left);

  self->at += skipped;
  return skipped;
}

static gboolean
stream_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static goffset
stream_tell (GSeekable *seekable)
{
  return MC_BLOB_STREAM (seekable)->at;
}

static gboolean
stream_can_seek (GSeekable *seekable)
{
  return TRUE;
}

static gboolean
stream_seek (GSeekable *seekable,
             goffset offset,
             GSeekType type,
             GCancellable *cancellable,
             GError **error)
{
  McBlobStream *self = MC_BLOB_STREAM (seekable);
  gint64 size = mc_blob_reader_size (self->reader);
  gint64 from = type == G_SEEK_SET ? 0 : type == G_SEEK_CUR ? self->at : size;

  if (from + offset < 0 || from + offset > size)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "outside of the scan");
      return FALSE;
    }
  self->at = from + offset;
  return TRUE;
}

static gboolean
stream_can_truncate (GSeekable *seekable)
{
  return FALSE;
}

static gboolean
stream_truncate (GSeekable *seekable, goffset offset, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "a scan is only read");
  return FALSE;
}

static void
mc_blob_stream_seekable (GSeekableIface *iface)
{
  iface->tell = stream_tell;
  iface->can_seek = stream_can_seek;
  iface->seek = stream_seek;
  iface->can_truncate = stream_can_truncate;
  iface->truncate_fn = stream_truncate;
}

static void
mc_blob_stream_finalize (GObject *object)
{
  mc_blob_reader_unref (MC_BLOB_STREAM (object)->reader);
  G_OBJECT_CLASS (mc_blob_stream_parent_class)->finalize (object);
}

static void
mc_blob_stream_class_init (McBlobStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mc_blob_stream_finalize;
  stream_class->read_fn = stream_read;
  stream_class->skip = stream_skip;
  stream_class->close_fn = stream_close;
}

static void
mc_blob_stream_init (McBlobStream *self)
{
}

GInputStream *
mc_blob_reader_stream (McBlobReader *reader)
{
  McBlobStream *stream = g_object_new (MC_TYPE_BLOB_STREAM, NULL);

  stream->reader = mc_blob_reader_ref (reader);
  return G_INPUT_STREAM (stream);
}
