/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request of a scan's way to or from the province; what is asked is the transfer's to say. */
#include "mc-road-private.h"

#include "mc-error.h"
#include <gcrypt.h>
#include <sodium.h>
#include <string.h>

#define BODY_TYPE "application/offset+octet-stream"

static gboolean
fail (GError **error, McReply *reply, McOutcome outcome, const char *why)
{
  reply->outcome = outcome;
  g_set_error (error, MC_ERROR, MC_ERROR_NETWORK, "%s", why);
  return FALSE;
}

static const char *
answer_header (SoupMessage *message, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (message), name);
}

static gint64
answer_number (SoupMessage *message, const char *name)
{
  const char *text = answer_header (message, name);
  gint64 value = -1;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &value, NULL) ? value
                                                                                          : -1;
}

/* The path of where the scan is taken. Another host is not followed: scans go to the province. */
static char *
location (McRoad *road, SoupMessage *message)
{
  const char *text = answer_header (message, "Location");
  g_autoptr (GUri) base = g_uri_parse (road->server, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) uri =
      text != NULL && base != NULL
          ? g_uri_parse_relative (soup_message_get_uri (message), text, G_URI_FLAGS_NONE, NULL)
          : NULL;

  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), g_uri_get_host (base)) != 0)
    return NULL;
  return g_strdup (g_uri_get_path (uri));
}

static void
say (SoupMessage *message, const char *name, const char *value)
{
  soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
}

static void
say_number (SoupMessage *message, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  say (message, name, text);
}

static void
say_metadata (SoupMessage *message, const char *sha256)
{
  g_autofree char *value = g_base64_encode ((const guchar *)sha256, strlen (sha256));
  g_autofree char *text = g_strconcat ("sha256 ", value, NULL);

  say (message, "Upload-Metadata", text);
}

static void
say_sum (SoupMessage *message, const guint8 digest[32])
{
  g_autofree char *value = g_base64_encode (digest, 32);
  g_autofree char *text = g_strconcat ("sha256 ", value, NULL);

  say (message, "Upload-Checksum", text);
}

/* All that is left is read while it goes. It needs no sum of its own: the scan has one. */
static gboolean
set_rest (SoupMessage *message, const McTransfer *transfer, McBlobReader *scan)
{
  g_autoptr (GInputStream) stream = mc_blob_reader_stream (scan);
  guint8 digest[32];

  if (!g_seekable_seek (G_SEEKABLE (stream), transfer->offset, G_SEEK_SET, NULL, NULL))
    return FALSE;
  if (transfer->offset == 0 &&
      sodium_hex2bin (digest, sizeof digest, transfer->sha256, 64, NULL, NULL, NULL) == 0)
    say_sum (message, digest);
  mc_road_body (message, BODY_TYPE, stream, (gssize)(transfer->size - transfer->offset));
  return TRUE;
}

/* libgcrypt uses the processor's own instructions: GLib's sum takes nine times as long, which on a
 * good line is longer than the chunk's way. */
static gboolean
set_chunk (SoupMessage *message, const McTransfer *transfer, McBlobReader *scan, gsize length)
{
  g_autofree guint8 *bytes = g_malloc (length);
  g_autoptr (GBytes) chunk = NULL;
  guint8 digest[32];

  if (mc_blob_reader_read (scan, transfer->offset, bytes, length, NULL) != (gssize)length)
    return FALSE;
  gcry_md_hash_buffer (GCRY_MD_SHA256, digest, bytes, length);
  say_sum (message, digest);
  chunk = g_bytes_new_take (g_steal_pointer (&bytes), length);
  mc_road_body_bytes (message, BODY_TYPE, chunk);
  return TRUE;
}

/* The next piece of the scan. @ret_length: how many bytes it has */
static gboolean
set_piece (McRoad *road,
           SoupMessage *message,
           const McTransfer *transfer,
           McBlobReader *scan,
           gsize *ret_length)
{
  gint64 left = transfer->size - transfer->offset;

  say_number (message, "Upload-Offset", transfer->offset);
  *ret_length = (gsize)MIN (left, (gint64)road->up.chunk);
  return (gint64)*ret_length == left ? set_rest (message, transfer, scan)
                                     : set_chunk (message, transfer, scan, *ret_length);
}

/* The request for the next step. @ret_length: bytes of the scan that go with it. */
static SoupMessage *
request (McRoad *road, const McTransfer *transfer, McBlobReader *scan, gsize *ret_length)
{
  McTransferStep step = mc_transfer_next (transfer);
  const char *method = step == MC_TRANSFER_ASK        ? "HEAD"
                       : step == MC_TRANSFER_ANNOUNCE ? "POST"
                                                      : "PATCH";
  g_autoptr (SoupMessage) message =
      mc_road_message (road,
                       method,
                       step == MC_TRANSFER_ANNOUNCE ? "/v1/blobs" : transfer->path,
                       NULL);

  if (message == NULL)
    return NULL;
  say (message, "Tus-Resumable", "1.0.0");
  if (step == MC_TRANSFER_ANNOUNCE)
    {
      say_number (message, "Upload-Length", transfer->size);
      say_metadata (message, transfer->sha256);
      say (message, "MC-Blob", transfer->sha256);
    }
  if (step == MC_TRANSFER_SEND && !set_piece (road, message, transfer, scan, ret_length))
    return NULL;
  return g_steal_pointer (&message);
}

/* What the answer means for the line: the transfer says what it means for the scan. */
static McOutcome
answered (McRoad *road,
          McTransfer *transfer,
          SoupMessage *message,
          gsize sent,
          GBytes *body,
          McReply *reply)
{
  g_autofree char *path = location (road, message);
  g_autofree char *word = mc_road_word (body);
  McTransferAnswer answer = {
    .status = soup_message_get_status (message),
    .offset = answer_number (message, "Upload-Offset"),
    .path = path,
    .word = word,
    .sent = (gint64)sent,
  };

  mc_road_outcome (road, message, reply);
  return mc_transfer_answered (transfer, &answer);
}

gboolean
mc_road_send_step (McRoad *road,
                   McTransfer *transfer,
                   McBlobReader *scan,
                   GCancellable *cancellable,
                   McReply *reply,
                   GError **error)
{
  gsize size = 0;
  g_autoptr (SoupMessage) message = request (road, transfer, scan, &size);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 began = g_get_monotonic_time ();

  if (message == NULL)
    return fail (error, reply, MC_OUTCOME_DENIED, "the scan cannot be read");
  body = soup_session_send_and_read (road->session, message, cancellable, &problem);
  if (body == NULL && problem->domain == MC_ERROR)
    return fail (error, reply, MC_OUTCOME_DENIED, problem->message);
  if (body == NULL)
    {
      mc_pace_broke (&road->up);
      return fail (error, reply, MC_OUTCOME_FAILED, problem->message);
    }
  reply->outcome = answered (road, transfer, message, size, body, reply);
  if (reply->outcome == MC_OUTCOME_TOO_LARGE && road->up.chunk > MC_PACE_MIN)
    {
      mc_pace_broke (&road->up);
      reply->outcome = MC_OUTCOME_DONE;
    }
  else if (reply->outcome == MC_OUTCOME_TOO_LARGE)
    reply->outcome = MC_OUTCOME_DENIED;
  else if (size > 0)
    mc_pace_took (&road->up, size, (g_get_monotonic_time () - began) / 1000);
  if (reply->outcome == MC_OUTCOME_DONE)
    return TRUE;
  return fail (error, reply, reply->outcome, "the province did not take it");
}

/* Appends what comes; what has come stays there whatever happens next. */
static gboolean
drain (GInputStream *stream,
       McTransfer *transfer,
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
          reply->outcome = MC_OUTCOME_DENIED;
          return FALSE;
        }
      transfer->offset += got;
      reply->bytes_down += got;
    }
  if (got < 0)
    reply->outcome = MC_OUTCOME_FAILED;
  return got == 0;
}

/* Whether the body that follows goes on where the file ends; a 200 is the whole: it begins anew. */
static gboolean
goes_on (SoupMessage *message, McTransfer *transfer, McBlobWriter *writer)
{
  goffset from = 0, to = 0, total = 0;

  if (soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT)
    return soup_message_headers_get_content_range (soup_message_get_response_headers (message),
                                                   &from,
                                                   &to,
                                                   &total) &&
           from == transfer->offset;
  if (soup_message_get_status (message) != SOUP_STATUS_OK ||
      soup_message_headers_get_content_length (soup_message_get_response_headers (message)) !=
          transfer->size)
    return FALSE;
  if (transfer->offset > 0 && !mc_blob_writer_restart (writer, NULL))
    return FALSE;
  transfer->offset = 0;
  return TRUE;
}

gboolean
mc_road_fetch_step (McRoad *road,
                    McTransfer *transfer,
                    McBlobWriter *writer,
                    GCancellable *cancellable,
                    McReply *reply,
                    GError **error)
{
  g_autoptr (SoupMessage) message = mc_road_message (road, "GET", transfer->path, NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 began = g_get_monotonic_time ();
  gint64 before = transfer->offset;
  gint64 end = MIN (transfer->size, before + (gint64)road->down.chunk);

  if (message == NULL)
    return fail (error, reply, MC_OUTCOME_FAILED, "the province's address is none");
  soup_message_headers_set_range (soup_message_get_request_headers (message), before, end - 1);
  stream = soup_session_send (road->session, message, cancellable, &problem);
  if (stream == NULL)
    return fail (error, reply, MC_OUTCOME_FAILED, problem->message);
  reply->outcome = mc_road_outcome (road, message, reply);
  /* Not there yet, or not for this office: other scans may be. */
  if (soup_message_get_status (message) == SOUP_STATUS_NOT_FOUND)
    return fail (error, reply, MC_OUTCOME_DENIED, "the province does not have it yet");
  if (reply->outcome != MC_OUTCOME_DONE || !goes_on (message, transfer, writer))
    return fail (error,
                 reply,
                 reply->outcome != MC_OUTCOME_DONE ? reply->outcome : MC_OUTCOME_FAILED,
                 "not the province's answer");
  if (!drain (stream, transfer, writer, cancellable, reply, error))
    {
      mc_pace_broke (&road->down);
      return FALSE;
    }
  mc_pace_took (&road->down,
                (gsize)(transfer->offset - before),
                (g_get_monotonic_time () - began) / 1000);
  return TRUE;
}
