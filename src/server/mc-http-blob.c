/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-error.h"
#include "mc-province-blob.h"

#define RETRY_SOON "1"
/* Another desk is sending it: by then that has gone on a good way. */
#define RETRY_LATER "5"

gboolean
_mc_is_blobs (const char *path)
{
  return g_str_equal (path, MC_BLOBS) || _mc_blob_of (path) != NULL;
}

const char *
_mc_blob_of (const char *path)
{
  return g_str_has_prefix (path, MC_BLOBS "/") ? path + strlen (MC_BLOBS "/") : NULL;
}

/* What the province has of the scan; or FALSE with the answer given. */
static gboolean
state_of (McServer *server, SoupServerMessage *msg, const char *sha256, McBlobState *ret_state)
{
  g_autoptr (GError) error = NULL;

  if (mc_blob_name_valid (sha256) && mc_province_blob (server->province, sha256, ret_state, &error))
    return TRUE;
  if (error != NULL)
    _mc_reply_failure (msg, error);
  else
    _mc_reply_error (msg, SOUP_STATUS_NOT_FOUND, "blob");
  return FALSE;
}

static void
retry_after (SoupServerMessage *msg, const char *seconds)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                "Retry-After",
                                seconds);
}

static void
come_again (SoupServerMessage *msg)
{
  retry_after (msg, RETRY_SOON);
  _mc_reply_error (msg, SOUP_STATUS_SERVICE_UNAVAILABLE, "busy");
}

/* Whether nobody is sending the scan; else the answer is given. */
static gboolean
at_rest (McServer *server, SoupServerMessage *msg, const char *sha256, const McDevice *device)
{
  switch (_mc_upload_yield (server, sha256, device->id))
    {
    case MC_YIELD_NONE:
      return TRUE;
    case MC_YIELD_ENDING:
      come_again (msg);
      return FALSE;
    default:
      retry_after (msg, RETRY_LATER);
      _mc_reply_error (msg, SOUP_STATUS_LOCKED, "busy");
      return FALSE;
    }
}

/* Which scan of which size is announced; or FALSE with the answer given. */
static gboolean
announced (SoupServerMessage *msg, char **ret_sha256, gint64 *ret_size)
{
  g_autofree char *sha256 = _mc_tus_blob (msg);

  *ret_size = _mc_header_number (msg, "Upload-Length");
  if (sha256 == NULL || *ret_size < 1)
    {
      _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "format");
      return FALSE;
    }
  if (*ret_size > MC_BLOB_MAX)
    {
      _mc_reply_error (msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
      return FALSE;
    }
  *ret_sha256 = g_steal_pointer (&sha256);
  return TRUE;
}

/* Another size than the one said before drops what came: not while it is coming. Nor is a scan said
 * to be there a moment too early: then nobody would bring it again. */
static gboolean
may_announce (McServer *server,
              SoupServerMessage *msg,
              const char *sha256,
              gint64 size,
              const McDevice *device)
{
  McBlobState state = { 0 };

  if (_mc_upload_naming (server, sha256))
    {
      come_again (msg);
      return FALSE;
    }
  return !mc_province_blob (server->province, sha256, &state, NULL) || state.complete ||
         state.size == size || at_rest (server, msg, sha256, device);
}

void
_mc_http_blob_begin (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = NULL;
  McBlobState state = { 0 };
  gint64 size;

  if (!_mc_tus_agreed (msg))
    return;
  device = _mc_device (server, msg, body);
  if (device == NULL || !announced (msg, &sha256, &size) ||
      !may_announce (server, msg, sha256, size, device))
    return;
  if (!mc_province_blob_begin (server->province, sha256, size, device->id, &state, &error))
    {
      if (!g_error_matches (error, MC_ERROR, MC_ERROR_REFUSED))
        _mc_reply_failure (msg, error);
      else
        {
          g_message ("device %s: %s", device->id, error->message);
          _mc_reply_error (msg, SOUP_STATUS_INSUFFICIENT_STORAGE, "quota");
        }
      return;
    }
  _mc_tus_state (msg, &state);
  _mc_tus_location (msg, sha256);
  _mc_reply (msg,
             state.complete ? SOUP_STATUS_OK : SOUP_STATUS_CREATED,
             json_pack ("{s:I,s:I}",
                        "offset",
                        (json_int_t)state.received,
                        "size",
                        (json_int_t)state.size));
}

void
_mc_http_blob_state (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  McBlobState state = { 0 };

  if (!state_of (server, msg, sha256, &state))
    return;
  _mc_tus_state (msg, &state);
  soup_server_message_set_status (msg, SOUP_STATUS_OK, NULL);
}

void
_mc_http_blob_head (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = NULL;

  if (!_mc_tus_agreed (msg))
    return;
  device = _mc_device (server, msg, NULL);
  if (device == NULL)
    return;
  /* A desk whose line broke asks where to go on: what came until then is not to be sent again. */
  if (_mc_upload_yield (server, sha256, device->id) == MC_YIELD_ENDING)
    _mc_upload_ask (server, sha256, msg);
  else
    _mc_http_blob_state (server, msg, sha256);
}

void
_mc_http_blob_delete (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  McBlobState state = { 0 };
  gboolean ours;

  if (!_mc_tus_agreed (msg))
    return;
  device = _mc_device (server, msg, NULL);
  if (device == NULL || !state_of (server, msg, sha256, &state))
    return;
  ours = mc_province_blob_begun_by (server->province, sha256, device->office, &error);
  /* What is whole may be the only one that is left. */
  if (error == NULL && (state.complete || !ours))
    {
      _mc_reply_error (msg, SOUP_STATUS_FORBIDDEN, state.complete ? "whole" : "office");
      return;
    }
  if (error == NULL && !at_rest (server, msg, sha256, device))
    return;
  if (error != NULL || !mc_province_blob_drop (server->province, sha256, &error))
    {
      _mc_reply_failure (msg, error);
      return;
    }
  soup_server_message_set_status (msg, SOUP_STATUS_NO_CONTENT, NULL);
}

/* Whether the body that follows is the next piece of the scan; or FALSE with the answer given. */
static gboolean
next_piece (SoupServerMessage *msg, const McBlobState *state)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (msg);
  gint64 offset = _mc_header_number (msg, "Upload-Offset");

  if (offset < 0)
    _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "format");
  else if (state->complete || offset != state->received)
    {
      _mc_tus_state (msg, state);
      _mc_reply_error (msg, SOUP_STATUS_CONFLICT, "offset");
    }
  else if (soup_message_headers_get_content_length (headers) > state->size - offset)
    _mc_reply_error (msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
  else
    return TRUE;
  return FALSE;
}

void
_mc_http_blob_patch (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = NULL;
  g_autoptr (GError) error = NULL;
  McBlobState state = { 0 };
  McChunkSum sum = { 0 };

  if (!_mc_tus_agreed (msg))
    return;
  device = _mc_device (server, msg, NULL);
  if (device == NULL || !state_of (server, msg, sha256, &state) || !_mc_tus_body (msg) ||
      !_mc_tus_checksum (msg, &sum) || !at_rest (server, msg, sha256, device) ||
      !next_piece (msg, &state))
    return;
  if (_mc_upload_crowded (server, device->id))
    come_again (msg);
  else if (!mc_province_blob_touch (server->province, sha256, &error))
    _mc_reply_failure (msg, error);
  else
    _mc_upload_begin (server, msg, sha256, device->id, &state, &sum);
}
