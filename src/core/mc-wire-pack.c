/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-wire.h"

#include <string.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16)

GBytes *
mc_wire_pack (GBytes *bytes)
{
  z_stream stream = { 0 };
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  guint8 *out;
  gsize capacity;

  if (deflateInit2 (&stream, 6, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    g_error ("zlib does not start");
  capacity = deflateBound (&stream, size);
  out = g_malloc (capacity);
  stream.next_in = (Bytef *)data;
  stream.avail_in = (uInt)size;
  stream.next_out = out;
  stream.avail_out = (uInt)capacity;
  deflate (&stream, Z_FINISH);
  size = stream.total_out;
  deflateEnd (&stream);
  return g_bytes_new_take (out, size);
}

/* Grows what comes out, up to @max. Z_STREAM_END where it is whole and nothing follows. */
static int
inflate_all (z_stream *stream, GByteArray *out, gsize max)
{
  guint8 block[32768];
  int rc = Z_OK;

  while (rc == Z_OK)
    {
      stream->next_out = block;
      stream->avail_out = sizeof block;
      rc = inflate (stream, Z_NO_FLUSH);
      if (rc != Z_OK && rc != Z_STREAM_END)
        break;
      if (out->len + (sizeof block - stream->avail_out) > max)
        return Z_MEM_ERROR;
      g_byte_array_append (out, block, (guint)(sizeof block - stream->avail_out));
      if (rc == Z_OK && stream->avail_in == 0 && stream->avail_out > 0)
        return Z_BUF_ERROR;
    }
  return rc == Z_STREAM_END && stream->avail_in > 0 ? Z_DATA_ERROR : rc;
}

GBytes *
mc_wire_unpack (GBytes *bytes, gsize max, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  z_stream stream = { 0 };
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  int rc;

  if (size > max || inflateInit2 (&stream, GZIP_WINDOW) != Z_OK)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "packed body too large");
      return NULL;
    }
  stream.next_in = (Bytef *)data;
  stream.avail_in = (uInt)size;
  rc = inflate_all (&stream, out, max);
  inflateEnd (&stream);
  if (rc != Z_STREAM_END)
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_FORMAT,
                           rc == Z_MEM_ERROR ? "unpacks to too much" : "torn packed body");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
