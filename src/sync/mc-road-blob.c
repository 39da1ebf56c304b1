/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scans, in resumable chunks after the tus 1.0 protocol: HEAD says how much the province has, PATCH
 * appends a chunk. A cut costs at most one chunk.
 */
#include "mc-road-private.h"

#include "mc-error.h"

#define CHUNK (128 * 1024)
/* On a good line many small requests would wait for each other: the chunk grows while they go
 * quickly. */
#define CHUNK_MAX (8 * 1024 * 1024)
#define QUICK_US (500 * 1000)

static gboolean
fail (GError **error, McReply *reply, McOutcome outcome, const char *why)
{
  reply->outcome = outcome;
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "%s", why);
  return FALSE;
}

static gboolean
send_quietly (McRoad *road,
              SoupMessage *message,
              GCancellable *cancellable,
              McReply *reply,
              GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) body =
      soup_session_send_and_read (road->session, message, cancellable, &problem);

  if (body == NULL)
    return fail (error, reply, MC_OUTCOME_FAILED, problem->message);
  reply->outcome = mc_road_outcome (road, message, reply);
  return TRUE;
}

/* How much the province has: -1 where it has not heard of it. */
static gboolean
ask_offset (McRoad *road,
            const char *path,
            GCancellable *cancellable,
            gint64 *ret_offset,
            McReply *reply,
            GError **error)
{
  g_autoptr (SoupMessage) message = mc_road_message (road, "HEAD", path, NULL);
  const char *offset;

  if (message == NULL || !send_quietly (road, message, cancellable, reply, error))
    return FALSE;
  *ret_offset = -1;
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND)
    return TRUE;
  offset =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Upload-Offset");
  if (reply->outcome != MC_OUTCOME_DONE || offset == NULL)
    return fail (error, reply, MC_OUTCOME_FAILED, "not the province's answer");
  *ret_offset = g_ascii_strtoll (offset, NULL, 10);
  return TRUE;
}

static gboolean
announce (McRoad *road,
          const char *sha256,
          gint64 size,
          GCancellable *cancellable,
          McReply *reply,
          GError **error)
{
  g_autoptr (SoupMessage) message = mc_road_message (road, "POST", "/v1/blobs", NULL);
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return fail (error, reply, MC_OUTCOME_FAILED, "the province's address is none");
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Tus-Resumable", "1.0.0");
  soup_message_headers_replace (headers, "Upload-Length", length);
  soup_message_headers_replace (headers, "MC-Blob", sha256);
  if (!send_quietly (road, message, cancellable, reply, error))
    return FALSE;
  return reply->outcome == MC_OUTCOME_DONE
             ? TRUE
             : fail (error, reply, reply->outcome, "the province does not take this scan");
}

/* A portal says 200 to everything; the province also says where it is now. */
static gboolean
taken_up_to (SoupMessage *message, gint64 end)
{
  const char *offset =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Upload-Offset");

  return offset != NULL && g_ascii_strtoll (offset, NULL, 10) == end;
}

static gboolean
send_chunk (McRoad *road,
            const char *path,
            GBytes *chunk,
            gint64 offset,
            GCancellable *cancellable,
            McReply *reply,
            GError **error)
{
  g_autoptr (SoupMessage) message = mc_road_message (road, "PATCH", path, NULL);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Tus-Resumable", "1.0.0");
  soup_message_headers_replace (headers, "Upload-Offset", at);
  soup_message_set_request_body_from_bytes (message, "application/offset+octet-stream", chunk);
  if (!send_quietly (road, message, cancellable, reply, error))
    return FALSE;
  if (reply->outcome != MC_OUTCOME_DONE)
    return fail (error, reply, reply->outcome, "a chunk was not taken");
  if (!taken_up_to (message, offset + (gint64)g_bytes_get_size (chunk)))
    return fail (error, reply, MC_OUTCOME_FAILED, "not the province's answer");
  return TRUE;
}

static GBytes *
read_chunk (McBlobReader *scan, gint64 offset, gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  gssize got = mc_blob_reader_read (scan, offset, bytes, length, NULL);

  return got > 0 ? g_bytes_new_take (g_steal_pointer (&bytes), (gsize)got) : NULL;
}

static gboolean
send_from (McRoad *road,
           const char *path,
           McBlobReader *scan,
           gint64 offset,
           GCancellable *cancellable,
           McReply *reply,
           GError **error)
{
  gsize length = CHUNK;

  while (offset < mc_blob_reader_size (scan))
    {
      g_autoptr (GBytes) chunk = read_chunk (scan, offset, length);
      gint64 began = g_get_monotonic_time ();

      if (chunk == NULL)
        return fail (error, reply, MC_OUTCOME_FAILED, "the scan cannot be read");
      if (!send_chunk (road, path, chunk, offset, cancellable, reply, error))
        return FALSE;
      offset += (gint64)g_bytes_get_size (chunk);
      length = g_get_monotonic_time () - began < QUICK_US ? MIN (length * 2, CHUNK_MAX) : CHUNK;
    }
  return TRUE;
}

gboolean
mc_road_send_blob (McRoad *road,
                   const char *sha256,
                   McBlobPlace *place,
                   GCancellable *cancellable,
                   McReply *ret_reply,
                   GError **error)
{
  g_autofree char *url = g_strconcat ("/v1/blobs/", sha256, NULL);
  gint64 offset = 0;
  gboolean ok;
  g_autoptr (McBlobReader) scan = mc_blob_place_read (place, NULL);

  if (scan == NULL)
    return fail (error, ret_reply, MC_OUTCOME_FAILED, "the scan cannot be read");
  ok = ask_offset (road, url, cancellable, &offset, ret_reply, error);
  if (ok && offset < 0)
    {
      ok = announce (road, sha256, mc_blob_reader_size (scan), cancellable, ret_reply, error);
      offset = 0;
    }
  return ok && send_from (road, url, scan, offset, cancellable, ret_reply, error);
}

/* Appends what comes to the file; what has come stays there whatever happens next. */
static gboolean
drain (GInputStream *stream,
       McBlobWriter *writer,
       GCancellable *cancellable,
       McReply *reply,
       GError **error)
{
  g_autofree guint8 *block = g_malloc (64 * 1024);
  gssize got;

  while ((got = g_input_stream_read (stream, block, 64 * 1024, cancellable, error)) > 0)
    {
      if (!mc_blob_writer_write (writer, block, (gsize)got, error))
        {
          reply->outcome = MC_OUTCOME_DONE;
          return FALSE;
        }
      reply->bytes_down += got;
    }
  if (got < 0)
    reply->outcome = MC_OUTCOME_FAILED;
  return got == 0;
}

/* Whole: it is on the disk for good, or it was something else and begins anew. */
static gboolean
end_part (McBlobWriter *writer, McReply *reply, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (mc_blob_writer_finish (writer, NULL, &problem))
    return TRUE;
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_DAMAGED))
    mc_blob_writer_restart (writer, NULL);
  reply->outcome = MC_OUTCOME_DONE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_road_fetch_blob (McRoad *road,
                    const char *sha256,
                    McBlobPlace *place,
                    GCancellable *cancellable,
                    McReply *ret_reply,
                    GError **error)
{
  g_autofree char *url = g_strconcat ("/v1/blobs/", sha256, NULL);
  g_autoptr (SoupMessage) message = mc_road_message (road, "GET", url, NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (McBlobWriter) writer = mc_blob_place_write (place, NULL);
  gint64 have = writer ? mc_blob_writer_have (writer) : 0;
  guint status;
  gboolean ok;

  if (writer == NULL || message == NULL)
    return fail (error, ret_reply, MC_OUTCOME_FAILED, "the scan has no place to go");
  if (have > 0)
    soup_message_headers_set_range (soup_message_get_request_headers (message), have, -1);
  stream = soup_session_send (road->session, message, cancellable, &problem);
  ret_reply->outcome = stream ? mc_road_outcome (road, message, ret_reply) : MC_OUTCOME_FAILED;
  status = stream ? soup_message_get_status (message) : 0;
  /* A 200 to a request for the rest is the whole: the part begins anew. 416: it was whole already.
   */
  if (status == SOUP_STATUS_OK && have > 0 && !mc_blob_writer_restart (writer, NULL))
    ok = fail (error, ret_reply, MC_OUTCOME_FAILED, "the scan cannot be written");
  else if (status == SOUP_STATUS_OK || status == SOUP_STATUS_PARTIAL_CONTENT)
    ok = drain (stream, writer, cancellable, ret_reply, error);
  else if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    ok = TRUE;
  else
    ok = fail (error,
               ret_reply,
               ret_reply->outcome,
               problem ? problem->message : "the province does not have it yet");
  return ok && end_part (writer, ret_reply, error);
}
