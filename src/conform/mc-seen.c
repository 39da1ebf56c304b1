/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conform.h"

#include <string.h>

#define ZEROS (256 * 1024)
#define HEAD_MAX 16384
#define TORN_TIMEOUT_S 20
/* What a proxy has not passed on when the line breaks is lost with it. */
#define ARRIVE_US (300 * 1000)

void
mc_seen_free (McSeen *seen)
{
  if (seen == NULL)
    return;
  g_clear_pointer (&seen->body, g_bytes_unref);
  g_clear_pointer (&seen->headers, soup_message_headers_unref);
  g_free (seen->word);
  g_free (seen->problem);
  g_free (seen);
}

char *
mc_seen_text (const McSeen *seen)
{
  if (seen->status == 0)
    return g_strdup_printf ("no answer: %s", seen->problem);
  return g_strdup_printf ("%u%s%s",
                          seen->status,
                          seen->word != NULL ? " " : "",
                          seen->word != NULL ? seen->word : "");
}

gboolean
mc_seen_is (const McSeen *seen, guint status, const char *word)
{
  return seen->status == status && (word == NULL || g_strcmp0 (seen->word, word) == 0);
}

const char *
mc_seen_header (const McSeen *seen, const char *name)
{
  return seen->headers != NULL ? soup_message_headers_get_one (seen->headers, name) : NULL;
}

gint64
mc_seen_number (const McSeen *seen, const char *name)
{
  const char *text = mc_seen_header (seen, name);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    return -1;
  return (gint64)number;
}

json_t *
mc_seen_json (const McSeen *seen)
{
  gsize size = 0;
  const char *text = seen->body != NULL ? g_bytes_get_data (seen->body, &size) : NULL;

  return size > 0 ? mc_json_parse (text, (gssize)size, NULL) : NULL;
}

static void
sign (SoupMessageHeaders *headers,
      const McCaller *caller,
      const char *method,
      const char *path,
      GBytes *body)
{
  gboolean bare = g_str_equal (method, "PATCH");
  g_autofree char *text = mc_wire_sign_text (method, path, bare ? NULL : body);
  g_autofree char *signature = mc_keys_sign (&caller->secret, text, strlen (text));

  soup_message_headers_replace (headers, MC_HEADER_DEVICE, caller->id);
  soup_message_headers_replace (headers, MC_HEADER_SIGN, signature);
}

/* Any error: an envelope of ours with a word, but for those that a proxy in front may say. */
static void
look_at_error (McConform *conform, McSeen *seen, const char *method, const char *path)
{
  g_autoptr (json_t) json = mc_seen_json (seen);
  gboolean ours = mc_json_int (json, "motcua", 0) == MC_WIRE_VERSION;
  gboolean between = seen->status == 413 || seen->status == 429 || seen->status >= 500;

  if (seen->status < 400 || g_str_equal (method, "HEAD"))
    return;
  seen->word = ours ? g_strdup (mc_json_string (json, "error")) : NULL;
  if (ours || !between)
    mc_expect (conform,
               seen->word != NULL,
               "error.envelope",
               "%s %s: %u without {\"motcua\":1,\"error\":…}",
               method,
               path,
               seen->status);
  if (seen->status == 429 || seen->status == 503)
    mc_expect (conform,
               mc_seen_number (seen, "Retry-After") > 0,
               "error.retry",
               "%s %s: %u without Retry-After",
               method,
               path,
               seen->status);
}

McSeen *
mc_ask (McConform *conform,
        const McCaller *caller,
        const char *method,
        const char *path,
        GBytes *body,
        const char *const *headers)
{
  g_autofree char *url = g_strconcat (conform->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  McSeen *seen = g_new0 (McSeen, 1);

  if (message == NULL)
    {
      seen->problem = g_strdup_printf ("%s is no address", url);
      return seen;
    }
  if (caller != NULL)
    sign (soup_message_get_request_headers (message), caller, method, path, body);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  headers[i],
                                  headers[i + 1]);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message,
                                              g_str_equal (method, "PATCH")
                                                  ? "application/offset+octet-stream"
                                                  : NULL,
                                              body);
  seen->body = soup_session_send_and_read (conform->session, message, NULL, &error);
  if (seen->body == NULL)
    {
      seen->problem = g_strdup (error->message);
      return seen;
    }
  seen->status = soup_message_get_status (message);
  seen->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  look_at_error (conform, seen, method, path);
  return seen;
}

McSeen *
mc_ask_json (McConform *conform, const McCaller *caller, const char *path, json_t *json)
{
  const char *const headers[] = { "Content-Type", "application/json", NULL };
  char *text = mc_json_text (json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  json_decref (json);
  return mc_ask (conform, caller, "POST", path, body, headers);
}

static GIOStream *
connect_to (McConform *conform, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (conform->url, G_URI_FLAGS_NONE, error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gboolean tls = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");

  if (uri == NULL)
    return NULL;
  g_socket_client_set_tls (client, tls);
  g_socket_client_set_timeout (client, TORN_TIMEOUT_S);
  return G_IO_STREAM (
      g_socket_client_connect_to_uri (client, conform->url, tls ? 443 : 80, NULL, error));
}

/* The status of the head that comes, which is read to its end; 0 where none does. */
static guint
read_status (GIOStream *stream)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (head->len < HEAD_MAX && !g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, NULL, NULL) != 1)
        return 0;
      g_string_append_c (head, byte);
    }
  return (guint)g_ascii_strtoull (head->str + strlen ("HTTP/1.1 "), NULL, 10);
}

static gboolean
put (GIOStream *stream, const void *bytes, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                    bytes,
                                    length,
                                    NULL,
                                    NULL,
                                    NULL);
}

/* The server wants the body after all. */
static void
send_zeros (GIOStream *stream, gint64 length)
{
  g_autofree char *zeros = g_malloc0 (ZEROS);

  for (gint64 left = length; left > 0; left -= ZEROS)
    if (!put (stream, zeros, (gsize)MIN (left, ZEROS)))
      return;
}

static char *
head_of (McConform *conform,
         const McCaller *caller,
         const char *method,
         const char *path,
         gint64 announced,
         const char *more)
{
  g_autoptr (GUri) uri = g_uri_parse (conform->url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *text = mc_wire_sign_text (method, path, NULL);
  g_autofree char *signature = mc_keys_sign (&caller->secret, text, strlen (text));

  return g_strdup_printf ("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n"
                          "Content-Length: %" G_GINT64_FORMAT "\r\n" MC_HEADER_DEVICE
                          ": %s\r\n" MC_HEADER_SIGN ": %s\r\n%s\r\n",
                          method,
                          path,
                          g_uri_get_host (uri),
                          announced,
                          caller->id,
                          signature,
                          more);
}

guint
mc_ask_torn (McConform *conform,
             const McCaller *caller,
             const char *method,
             const char *path,
             GBytes *body,
             gint64 announced,
             const char *more,
             gboolean wait)
{
  g_autoptr (GIOStream) stream = connect_to (conform, NULL);
  g_autofree char *head = NULL;
  gsize size = 0;
  const void *bytes = body != NULL ? g_bytes_get_data (body, &size) : NULL;
  guint status = 0;

  if (stream == NULL)
    return 0;
  head = head_of (conform, caller, method, path, announced, more);
  if (put (stream, head, strlen (head)) && (size == 0 || put (stream, bytes, size)) && wait)
    status = read_status (stream);
  if (!wait)
    g_usleep (ARRIVE_US);
  if (status == SOUP_STATUS_CONTINUE)
    {
      send_zeros (stream, announced);
      status = read_status (stream);
    }
  g_io_stream_close (stream, NULL, NULL);
  return status;
}
