/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-http.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define POLL_US 5000

/* A test that fails leaves no server behind. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
test_server_start (TestServer *server)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) out = NULL;
  g_autofree char *line = NULL;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  server->process = g_subprocess_launcher_spawn (launcher,
                                                 &error,
                                                 g_getenv ("MOTCUA_SERVER"),
                                                 "serve",
                                                 "--data",
                                                 server->test->data,
                                                 "--listen",
                                                 "127.0.0.1:0",
                                                 NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_free (server->url);
  server->url = g_strdup (line + strlen ("listening on "));
  server->port = (guint16)g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
}

TestServer *
test_server_new (void)
{
  TestServer *server = g_new0 (TestServer, 1);

  server->test = test_province_new ();
  server->session = soup_session_new ();
  soup_session_remove_feature_by_type (server->session, SOUP_TYPE_CONTENT_DECODER);
  test_server_start (server);
  return server;
}

TestServer *
test_server_new_local (void)
{
  TestServer *server = g_new0 (TestServer, 1);
  g_autoptr (GError) error = NULL;

  server->test = test_province_new ();
  server->session = soup_session_new ();
  soup_session_remove_feature_by_type (server->session, SOUP_TYPE_CONTENT_DECODER);
  server->local = mc_server_new (server->test->province);
  server->url = mc_server_listen (server->local, "127.0.0.1:0", &error);
  g_assert_no_error (error);
  server->port = (guint16)g_ascii_strtoull (strrchr (server->url, ':') + 1, NULL, 10);
  return server;
}

void
test_server_until (gboolean (*done) (gpointer data), gpointer data)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
}

void
test_server_stop (TestServer *server)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server->local, mc_server_free);
  if (server->process == NULL)
    return;
  g_subprocess_send_signal (server->process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (server->process, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&server->process);
}

void
test_server_kill (TestServer *server)
{
  g_subprocess_force_exit (server->process);
  g_assert_true (g_subprocess_wait (server->process, NULL, NULL));
  g_clear_object (&server->process);
}

void
test_server_free (TestServer *server)
{
  test_server_stop (server);
  g_object_unref (server->session);
  test_province_free (server->test);
  g_free (server->url);
  g_free (server);
}

guint
test_server_descriptors (TestServer *server)
{
  g_autofree char *path =
      g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (server->process));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

void
test_server_settles (TestServer *server, guint most)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  while (test_server_descriptors (server) > most && g_get_monotonic_time () < until)
    g_usleep (POLL_US);
  g_assert_cmpuint (test_server_descriptors (server), <=, most);
}

void
test_reply_free (TestReply *reply)
{
  g_bytes_unref (reply->body);
  soup_message_headers_unref (reply->headers);
  g_free (reply);
}

char *
test_reply_word (const TestReply *reply)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (reply->body, &size);
  g_autoptr (json_t) json = size > 0 ? mc_json_parse (text, (gssize)size, NULL) : NULL;

  if (json == NULL || mc_json_int (json, "motcua", 0) != MC_WIRE_VERSION)
    return NULL;
  return g_strdup (mc_json_string (json, "error"));
}

const char *
test_reply_header (const TestReply *reply, const char *name)
{
  return soup_message_headers_get_one (reply->headers, name);
}

static char *
sign_request (TestDesk *desk, const char *method, const char *path, GBytes *body)
{
  g_autofree char *text = mc_wire_sign_text (method, path, body);

  return mc_keys_sign (&desk->secret, text, strlen (text));
}

SoupMessage *
test_message (TestServer *server,
              TestDesk *desk,
              const char *method,
              const char *path,
              GBytes *body,
              const char *const *headers)
{
  g_autofree char *url = g_strconcat (server->url, path, NULL);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *all = soup_message_get_request_headers (message);

  if (desk != NULL)
    {
      /* The signature of a scan's chunk is over its head only: it is streamed. */
      g_autofree char *sign =
          sign_request (desk, method, path, g_str_equal (method, "PATCH") ? NULL : body);

      soup_message_headers_replace (all, MC_HEADER_DEVICE, desk->id);
      soup_message_headers_replace (all, MC_HEADER_SIGN, sign);
    }
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_replace (all, headers[i], headers[i + 1]);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, NULL, body);
  return message;
}

/* What is awaited of a server that runs in this thread. */
typedef struct
{
  GBytes *body;
  GError **error;
  gboolean done;
} Awaited;

static void
on_read (GObject *session, GAsyncResult *result, gpointer data)
{
  Awaited *awaited = data;

  awaited->body =
      soup_session_send_and_read_finish (SOUP_SESSION (session), result, awaited->error);
  awaited->done = TRUE;
}

static gboolean
is_read (gpointer data)
{
  return ((Awaited *)data)->done;
}

static GBytes *
send_and_read (TestServer *server, SoupMessage *message, GError **error)
{
  Awaited awaited = { .error = error };

  if (server->local == NULL)
    return soup_session_send_and_read (server->session, message, NULL, error);
  soup_session_send_and_read_async (server->session,
                                    message,
                                    G_PRIORITY_DEFAULT,
                                    NULL,
                                    on_read,
                                    &awaited);
  test_server_until (is_read, &awaited);
  return awaited.body;
}

TestReply *
test_send (TestServer *server, SoupMessage *message)
{
  g_autoptr (GError) error = NULL;
  TestReply *reply = g_new0 (TestReply, 1);

  reply->body = send_and_read (server, message, &error);
  g_assert_no_error (error);
  reply->status = soup_message_get_status (message);
  reply->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  if (g_strcmp0 (test_reply_header (reply, "Content-Encoding"), "gzip") == 0)
    {
      GBytes *unpacked = mc_wire_unpack (reply->body, MC_WIRE_MAX, &error);

      g_assert_no_error (error);
      g_bytes_unref (reply->body);
      reply->body = unpacked;
    }
  return reply;
}

TestReply *
test_request (TestServer *server,
              TestDesk *desk,
              const char *method,
              const char *path,
              GBytes *body,
              const char *const *headers)
{
  g_autoptr (SoupMessage) message = test_message (server, desk, method, path, body, headers);

  return test_send (server, message);
}

GBytes *
test_sync_body (TestDesk *desk, const McOp *op, gint64 wait)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();

  request->cursor = desk->cursor;
  request->limit = MC_WIRE_ENTRIES_MAX;
  request->wait = wait;
  request->left = desk->left;
  if (op != NULL)
    g_ptr_array_add (request->lines, g_strdup (op->line));
  return mc_sync_request_write (request);
}

McSyncAnswer *
test_sync (TestServer *server, TestDesk *desk, const McOp *op)
{
  g_autoptr (GBytes) body = test_sync_body (desk, op, 0);
  g_autoptr (TestReply) reply = test_request (server, desk, "POST", "/v1/sync", body, NULL);
  g_autoptr (GError) error = NULL;
  McSyncAnswer *answer;

  g_assert_cmpuint (reply->status, ==, 200);
  answer = mc_sync_answer_read (reply->body, &error);
  g_assert_no_error (error);
  return answer;
}

void
test_push_http (TestServer *server, TestDesk *desk, const McOp *op, const char *ruling)
{
  g_autoptr (McSyncAnswer) answer = test_sync (server, desk, op);

  g_assert_cmpstr (test_word (answer, op), ==, ruling);
}

GSocketConnection *
test_raw (TestServer *server, const char *text, gsize length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", server->port, NULL, &error);

  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             text,
                             length,
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
  return connection;
}

char *
test_raw_head (TestDesk *desk,
               const char *method,
               const char *path,
               GBytes *body,
               gsize length,
               const char *more)
{
  g_autofree char *sign = sign_request (desk, method, path, body);

  return g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\n" MC_HEADER_DEVICE
                          ": %s\r\n" MC_HEADER_SIGN ": %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n%s\r\n",
                          method,
                          path,
                          desk->id,
                          sign,
                          length,
                          more);
}

guint
test_raw_status (GSocketConnection *connection)
{
  char answer[64] = "";
  guint status = 0;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), 20);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                       answer,
                       sizeof answer - 1,
                       NULL,
                       NULL);
  return sscanf (answer, "HTTP/1.1 %u", &status) == 1 ? status : 0;
}
