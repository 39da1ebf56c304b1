/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-province-blob.h"
#include <string.h>

/* Below this gzip costs more than it saves. */
#define PACK_FROM 300

static gboolean
accepts_gzip (SoupServerMessage *msg)
{
  const char *accepted = _mc_header (msg, "Accept-Encoding");

  return accepted != NULL && soup_header_contains (accepted, "gzip");
}

/* The body as the desk wrote it, or NULL. */
static GBytes *
unpack (SoupServerMessage *msg, GBytes *body)
{
  const char *encoding = _mc_header (msg, "Content-Encoding");

  if (g_bytes_get_size (body) == 0)
    return NULL;
  if (g_strcmp0 (encoding, MC_WIRE_SMALL) == 0)
    return mc_wire_unpack_small (body, MC_WIRE_MAX, NULL);
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "gzip") == 0)
    return mc_wire_unpack (body, MC_WIRE_MAX, NULL);
  return g_bytes_ref (body);
}

void
_mc_http_answer (SoupServerMessage *msg, const McSyncAnswer *answer)
{
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (msg);

  if (accepts_gzip (msg) && g_bytes_get_size (bytes) > PACK_FROM)
    {
      GBytes *packed = mc_wire_pack (bytes);

      g_bytes_unref (bytes);
      bytes = packed;
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
    }
  soup_message_body_append_bytes (soup_server_message_get_response_body (msg), bytes);
  soup_server_message_set_status (msg, SOUP_STATUS_OK, NULL);
}

McSyncRequest *
_mc_http_read_sync (SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (GBytes) unpacked = unpack (msg, body);

  if (unpacked == NULL || g_bytes_get_size (unpacked) == 0)
    return NULL;
  return mc_sync_request_read (unpacked, NULL);
}

void
_mc_http_say_scan (McServer *server,
                   const McDevice *device,
                   const McSyncRequest *request,
                   McSyncAnswer *answer)
{
  McBlobState state = { 0 };

  if (request->scan != NULL && mc_blob_name_valid (request->scan) &&
      mc_province_blob_readable (server->province, request->scan, device->office, NULL) &&
      mc_province_blob (server->province, request->scan, &state, NULL) && state.complete)
    answer->scan = g_strdup (request->scan);
}

/* There is nothing to say yet, and the desk would rather wait than ask again. */
static gboolean
may_wait (McServer *server, const McSyncRequest *request, const McSyncAnswer *answer)
{
  return request->wait > 0 && request->limit > 0 && !request->first.on &&
         request->lines->len == 0 && answer->entries->len == 0 && !answer->reset &&
         answer->scan == NULL && server->stopped == NULL;
}

static McSyncAnswer *
judge (McServer *server, const McDevice *device, const McSyncRequest *request, GError **error)
{
  McSyncAnswer *answer = mc_province_sync (server->province, device, request, error);

  if (answer != NULL)
    _mc_http_say_scan (server, device, request, answer);
  return answer;
}

/* Takes @request. */
static void
sync_now (McServer *server, SoupServerMessage *msg, const McDevice *device, McSyncRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McSyncAnswer) answer = judge (server, device, request, &error);

  if (answer != NULL && may_wait (server, request, answer))
    {
      _mc_hold (server, msg, device, request);
      return;
    }
  if (answer != NULL)
    _mc_http_answer (msg, answer);
  else
    _mc_reply_failure (msg, error);
  mc_sync_request_free (request);
}

void
_mc_http_sync (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (McDevice) device = _mc_device (server, msg, body);
  g_autoptr (McSyncRequest) request = NULL;

  if (device == NULL)
    return;
  request = _mc_http_read_sync (msg, body);
  if (request == NULL)
    _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "format");
  else if (!_mc_turn_wait (server, msg, device, request, body))
    sync_now (server, msg, device, g_steal_pointer (&request));
}

void
_mc_http_sync_again (McServer *server,
                     SoupServerMessage *msg,
                     const char *id,
                     const McSyncRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDevice) device = mc_province_device (server->province, id, &error);
  g_autoptr (McSyncAnswer) answer = NULL;

  if (device != NULL && !device->suspended)
    answer = judge (server, device, request, &error);
  if (answer != NULL)
    _mc_http_answer (msg, answer);
  else if (error != NULL)
    _mc_reply_failure (msg, error);
  else
    _mc_reply_error (msg, SOUP_STATUS_FORBIDDEN, "suspended");
  soup_server_message_unpause (msg);
}
