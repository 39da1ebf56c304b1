/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-province-blob.h"

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

void
_mc_http_blob_begin (McServer *server, SoupServerMessage *msg, GBytes *body)
{
  g_autoptr (McDevice) device = _mc_device (server, msg, body);
  const char *sha256 = _mc_header (msg, "MC-Blob");
  gint64 size = _mc_header_number (msg, "Upload-Length");
  g_autoptr (GError) error = NULL;
  McBlobState state = { 0 };

  if (device == NULL)
    return;
  if (!mc_blob_name_valid (sha256) || size < 1)
    {
      _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "format");
      return;
    }
  if (size > MC_BLOB_MAX)
    {
      _mc_reply_error (msg, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "size");
      return;
    }
  if (!mc_province_blob_begin (server->province, sha256, size, &state, &error))
    {
      _mc_reply_failure (msg, error);
      return;
    }
  _mc_reply_offset (msg, state.received, state.size);
  _mc_reply (msg,
             state.complete ? SOUP_STATUS_OK : SOUP_STATUS_CREATED,
             json_pack ("{s:I,s:I}",
                        "offset",
                        (json_int_t)state.received,
                        "size",
                        (json_int_t)state.size));
}

void
_mc_http_blob_head (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = _mc_device (server, msg, NULL);
  McBlobState state = { 0 };

  if (device == NULL || !state_of (server, msg, sha256, &state))
    return;
  _mc_reply_offset (msg, state.received, state.size);
  soup_server_message_set_status (msg, SOUP_STATUS_OK, NULL);
}

void
_mc_http_blob_patch (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = _mc_device (server, msg, NULL);
  McBlobState state = { 0 };

  if (device == NULL || !state_of (server, msg, sha256, &state))
    return;
  if (!_mc_upload_yield (server, sha256))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                    "Retry-After",
                                    "1");
      _mc_reply_error (msg, SOUP_STATUS_SERVICE_UNAVAILABLE, "busy");
      return;
    }
  if (state.complete || _mc_header_number (msg, "Upload-Offset") != state.received)
    {
      _mc_reply_offset (msg, state.received, state.size);
      _mc_reply_error (msg, SOUP_STATUS_CONFLICT, "offset");
      return;
    }
  _mc_upload_begin (server, msg, sha256, state.received, state.size);
}
