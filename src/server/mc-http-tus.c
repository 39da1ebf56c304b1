/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tus 1.0 says in headers: https://tus.io/protocols/resumable-upload */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-province-blob.h"
#include <sodium.h>
#include <string.h>

#define TUS_VERSION "1.0.0"
#define TUS_EXTENSIONS "creation,checksum,expiration,termination"
#define METADATA_MAX 4096

static void
say (SoupServerMessage *msg, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (msg), name, value);
}

const char *
_mc_method (SoupServerMessage *msg)
{
  const char *override = NULL;

  if (_mc_is_blobs (g_uri_get_path (soup_server_message_get_uri (msg))))
    override = _mc_header (msg, "X-HTTP-Method-Override");
  return override != NULL ? override : soup_server_message_get_method (msg);
}

void
_mc_tus_head (SoupServerMessage *msg)
{
  say (msg, "Tus-Resumable", TUS_VERSION);
}

gboolean
_mc_tus_agreed (SoupServerMessage *msg)
{
  const char *version = _mc_header (msg, "Tus-Resumable");

  /* The first desks said it of what they send, not when they asked how far it is. */
  if (g_strcmp0 (version, TUS_VERSION) == 0 ||
      (version == NULL && g_str_equal (_mc_method (msg), "HEAD")))
    return TRUE;
  say (msg, "Tus-Version", TUS_VERSION);
  _mc_reply_error (msg, SOUP_STATUS_PRECONDITION_FAILED, "tus");
  return FALSE;
}

void
_mc_http_blob_options (SoupServerMessage *msg)
{
  say (msg, "Tus-Version", TUS_VERSION);
  say (msg, "Tus-Extension", TUS_EXTENSIONS);
  say (msg, "Tus-Checksum-Algorithm", "sha256,sha1");
  say (msg, "Tus-Max-Size", G_STRINGIFY (MC_BLOB_MAX));
  soup_server_message_set_status (msg, SOUP_STATUS_NO_CONTENT, NULL);
}

/* The value of one key of Upload-Metadata ("key base64, key base64, …"), or NULL. */
static char *
metadata (SoupServerMessage *msg, const char *key)
{
  const char *header = _mc_header (msg, "Upload-Metadata");
  g_auto (GStrv) pairs = NULL;

  if (header == NULL || strlen (header) > METADATA_MAX)
    return NULL;
  pairs = g_strsplit (header, ",", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (pairs[i]), " ", 2);
      gsize length = 0;

      if (words[0] == NULL || words[1] == NULL || !g_str_equal (words[0], key))
        continue;
      g_autofree guchar *value = g_base64_decode (words[1], &length);
      return memchr (value, '\0', length) == NULL ? g_strndup ((char *)value, length) : NULL;
    }
  return NULL;
}

char *
_mc_tus_blob (SoupServerMessage *msg)
{
  const char *ours = _mc_header (msg, "MC-Blob");
  g_autofree char *theirs = metadata (msg, "sha256");

  if (theirs == NULL)
    theirs = g_strdup (ours);
  if (!mc_blob_name_valid (theirs) || (ours != NULL && !g_str_equal (ours, theirs)))
    return NULL;
  return g_steal_pointer (&theirs);
}

static const struct
{
  const char *name;
  McSum sum;
  gsize length;
} algorithms[] = {
  { "sha256", MC_SUM_SHA256, 32 },
  { "sha1", MC_SUM_SHA1, 20 },
};

gboolean
_mc_tus_checksum (SoupServerMessage *msg, McChunkSum *ret_sum)
{
  const char *header = _mc_header (msg, "Upload-Checksum");
  g_auto (GStrv) words = NULL;

  ret_sum->sum = MC_SUM_NONE;
  if (header == NULL)
    return TRUE;
  words = g_strsplit (header, " ", 2);
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      gsize length = 0;

      if (words[0] == NULL || words[1] == NULL || !g_str_equal (words[0], algorithms[i].name) ||
          sodium_base642bin (ret_sum->digest,
                             sizeof ret_sum->digest,
                             words[1],
                             strlen (words[1]),
                             NULL,
                             &length,
                             NULL,
                             sodium_base64_VARIANT_ORIGINAL) != 0 ||
          length != algorithms[i].length)
        continue;
      ret_sum->sum = algorithms[i].sum;
      ret_sum->length = length;
      return TRUE;
    }
  _mc_reply_error (msg, SOUP_STATUS_BAD_REQUEST, "algorithm");
  return FALSE;
}

gboolean
_mc_tus_body (SoupServerMessage *msg)
{
  const char *type =
      soup_message_headers_get_content_type (soup_server_message_get_request_headers (msg), NULL);

  if (type != NULL && g_ascii_strcasecmp (type, "application/offset+octet-stream") == 0)
    return TRUE;
  _mc_reply_error (msg, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "type");
  return FALSE;
}

void
_mc_tus_state (SoupServerMessage *msg, const McBlobState *state)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, state->received);
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, state->size);
  g_autoptr (GDateTime) when =
      state->expires_ms > 0 ? g_date_time_new_from_unix_utc (state->expires_ms / 1000) : NULL;
  g_autofree char *expires = when != NULL ? soup_date_time_to_string (when, SOUP_DATE_HTTP) : NULL;

  say (msg, "Upload-Offset", offset);
  say (msg, "Upload-Length", size);
  say (msg, "Cache-Control", "no-store");
  if (expires != NULL)
    say (msg, "Upload-Expires", expires);
}

void
_mc_tus_location (SoupServerMessage *msg, const char *sha256)
{
  /* A path: whoever stands in front of this server has another name than it. */
  g_autofree char *location = g_strconcat (MC_BLOBS "/", sha256, NULL);

  say (msg, "Location", location);
}
