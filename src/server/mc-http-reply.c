/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-error.h"

#define RETRY_SECONDS "10"

void
_mc_reply (SoupServerMessage *msg, guint status, json_t *json)
{
  char *text;

  json_object_set_new (json, "motcua", json_integer (MC_WIRE_VERSION));
  text = mc_json_text (json);
  json_decref (json);
  soup_server_message_set_status (msg, status, NULL);
  soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

void
_mc_reply_error (SoupServerMessage *msg, guint status, const char *word)
{
  _mc_reply (msg, status, json_pack ("{s:s}", "error", word));
}

void
_mc_reply_failure (SoupServerMessage *msg, const GError *error)
{
  gboolean full = g_error_matches (error, MC_ERROR, MC_ERROR_FULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (msg);

  g_message ("%s", error != NULL ? error->message : "failed without a reason");
  soup_message_headers_replace (headers, "Retry-After", RETRY_SECONDS);
  _mc_reply_error (msg,
                   full ? SOUP_STATUS_INSUFFICIENT_STORAGE : SOUP_STATUS_SERVICE_UNAVAILABLE,
                   full ? "full" : "store");
}

const char *
_mc_header (SoupServerMessage *msg, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (msg), name);
}

gint64
_mc_header_number (SoupServerMessage *msg, const char *name)
{
  const char *text = _mc_header (msg, name);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return -1;
  return (gint64)number;
}
