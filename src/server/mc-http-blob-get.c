/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "mc-http"
#include "mc-server-private.h"

#include "mc-province-blob.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define CHUNK (256 * 1024)

/* A scan going out, a chunk at a time: soup's own ranges would put all of it into memory twice. */
typedef struct
{
  int fd;
  gint64 at;
  gint64 end;
} McDownload;

static void
download_free (gpointer data, GClosure *closure)
{
  McDownload *download = data;

  close (download->fd);
  g_free (download);
}

static void
send_chunk (SoupServerMessage *msg, McDownload *download)
{
  SoupMessageBody *body = soup_server_message_get_response_body (msg);
  gsize length = (gsize)MIN (CHUNK, download->end - download->at);
  g_autofree char *bytes = NULL;
  gssize got;

  if (length == 0)
    return;
  bytes = g_malloc (length);
  got = pread (download->fd, bytes, length, download->at);
  if (got <= 0)
    {
      /* Ends short of the length that was announced: the client sees that it is torn. */
      g_message ("a scan cannot be read: %s", got < 0 ? g_strerror (errno) : "too short");
      soup_message_body_complete (body);
      return;
    }
  download->at += got;
  soup_message_body_append_take (body, g_steal_pointer ((guchar **)&bytes), (gsize)got);
}

static void
on_wrote_chunk (SoupServerMessage *msg, gpointer data)
{
  send_chunk (msg, data);
}

/* "bytes=N-" or "bytes=N-M": what a desk asks for to go on; anything else gets the whole. */
static gint64
range_of (SoupServerMessage *msg, gint64 size, gint64 *ret_end)
{
  const char *range = _mc_header (msg, "Range");
  long long from = 0, to = 0;
  int fields = range != NULL ? sscanf (range, "bytes=%lld-%lld", &from, &to) : 0;

  *ret_end = size;
  if (fields < 1 || from < 0 || (fields == 2 && to < from))
    return 0;
  if (fields == 2)
    *ret_end = MIN (size, (gint64)to + 1);
  return from;
}

static void
stream (SoupServerMessage *msg, int fd, gint64 from, gint64 end, gint64 size)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (msg);
  SoupMessageBody *body = soup_server_message_get_response_body (msg);
  gboolean part = from > 0 || end < size;
  McDownload *download = g_new0 (McDownload, 1);

  download->fd = fd;
  download->at = from;
  download->end = end;
  soup_message_headers_set_content_type (headers, "application/octet-stream", NULL);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (part)
    soup_message_headers_set_content_range (headers, from, end - 1, size);
  soup_message_headers_set_content_length (headers, end - from);
  soup_message_body_set_accumulate (body, FALSE);
  soup_server_message_set_status (msg, part ? SOUP_STATUS_PARTIAL_CONTENT : SOUP_STATUS_OK, NULL);
  send_chunk (msg, download);
  g_signal_connect_data (msg,
                         "wrote-chunk",
                         G_CALLBACK (on_wrote_chunk),
                         download,
                         download_free,
                         0);
}

/* Whether the office may have it and it is whole; or FALSE with the answer given. */
static gboolean
may_read (McServer *server,
          SoupServerMessage *msg,
          const char *sha256,
          const McDevice *device,
          McBlobState *ret_state)
{
  g_autoptr (GError) error = NULL;

  if (mc_blob_name_valid (sha256) &&
      mc_province_blob_readable (server->province, sha256, device->office, &error) &&
      mc_province_blob (server->province, sha256, ret_state, &error) && ret_state->complete)
    return TRUE;
  if (error != NULL)
    _mc_reply_failure (msg, error);
  else
    _mc_reply_error (msg, SOUP_STATUS_NOT_FOUND, "blob");
  return FALSE;
}

void
_mc_http_blob_get (McServer *server, SoupServerMessage *msg, const char *sha256)
{
  g_autoptr (McDevice) device = _mc_device (server, msg, NULL);
  g_autofree char *path = NULL;
  McBlobState state = { 0 };
  gint64 from, end;
  int fd;

  if (device == NULL || !may_read (server, msg, sha256, device, &state))
    return;
  from = range_of (msg, state.size, &end);
  if (from >= state.size)
    {
      g_autofree char *unsatisfied = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, state.size);

      soup_message_headers_replace (soup_server_message_get_response_headers (msg),
                                    "Content-Range",
                                    unsatisfied);
      _mc_reply_error (msg, SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, "range");
      return;
    }
  path = mc_province_blob_path (server->province, sha256);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      g_message ("%s: %s", path, g_strerror (errno));
      _mc_reply_error (msg, SOUP_STATUS_NOT_FOUND, "blob");
      return;
    }
  stream (msg, fd, from, end, state.size);
}
