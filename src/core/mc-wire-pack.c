/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-wire.h"

#include <string.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16)
#define BARE_WINDOW (-15) /* no head, no checksum: the request's signature is over the body */

/*
 * What nearly every small request says: it need not travel. Part of the protocol, and never
 * changed: what is packed with one cannot be unpacked with another.
 */
static const char words[] =
    "\"},\"channel\":\"direct\",\"code\":\"H\"procedure\":\"1.00\"received\":\"202"
    "{\"body\":{\"offices\":[\"\"do\":\"dossier.transfer\""
    "\"body\":{\"part\":\"\",\"ticked\":true,\"document\":{\"name\":\".pdf\",\"pages\":1,"
    "\"sha256\":\"\","
    "\"size\":\"do\":\"part.attach\""
    "\"body\":{\"method\":\"cash\",\"taken\":000},\"do\":\"fee.take\",\"base\":{\"fee\":[\""
    "\"body\":{\"group\":\"contact\",\"value\":{\"phone\":\"09\"do\":\"conflict.settle\""
    "\"body\":{\"groups\":{\"contact\":{\"phone\":\"09\"applicant\":{\"name\":\"do\":\"dossier."
    "set\""
    "\"body\":{\"text\":\"\"do\":\"note.add\",\"base\":{\"note\":[\""
    "\"step\":\"withdraw\"complete\"supplement\"return\"approve\"},\"read\":\""
    ",\"left\":0,\"limit\":1000,\"wait\":30}\n"
    "{\"cursor\":[1,\"\"],\"motcua\":1,\"ops\":1}\n "
    "{\"at\":1790000,\"base\":{\"status\":[\"01a2\"]},"
    "\"body\":{\"step\":\"appraise\"},\"by\":\"01a2\",\"dev\":\"01a2\",\"do\":\"dossier.step\","
    "\"id\":\"01a2\",\"n\":1,\"on\":\"01a2\",\"v\":1}\n";

static GBytes *
pack (GBytes *bytes, int window, gboolean with_words)
{
  z_stream stream = { 0 };
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  guint8 *out;
  gsize capacity;

  if (deflateInit2 (&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    g_error ("zlib does not start");
  if (with_words)
    deflateSetDictionary (&stream, (const Bytef *)words, sizeof words - 1);
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

GBytes *
mc_wire_pack (GBytes *bytes)
{
  return pack (bytes, GZIP_WINDOW, FALSE);
}

GBytes *
mc_wire_pack_small (GBytes *bytes)
{
  return pack (bytes, BARE_WINDOW, TRUE);
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

static GBytes *
unpack (GBytes *bytes, int window, gboolean with_words, gsize max, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  z_stream stream = { 0 };
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  int rc;

  if (size > max || inflateInit2 (&stream, window) != Z_OK)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "packed body too large");
      return NULL;
    }
  if (with_words)
    inflateSetDictionary (&stream, (const Bytef *)words, sizeof words - 1);
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

GBytes *
mc_wire_unpack (GBytes *bytes, gsize max, GError **error)
{
  return unpack (bytes, GZIP_WINDOW, FALSE, max, error);
}

GBytes *
mc_wire_unpack_small (GBytes *bytes, gsize max, GError **error)
{
  return unpack (bytes, BARE_WINDOW, TRUE, max, error);
}
