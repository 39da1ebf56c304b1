/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections: those that wait for news, those that go away, and how a desk is let in. */
#include "test-scan.h"

#include <string.h>

/* A request that is under way. */
typedef struct
{
  GBytes *body;
  gboolean sent;
  gboolean done;
} Waiting;

static void
on_sent (SoupMessage *message, gpointer data)
{
  ((Waiting *)data)->sent = TRUE;
}

static void
on_done (GObject *session, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (GError) error = NULL;

  waiting->body = soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
  waiting->done = TRUE;
}

/* Sends it on a session of its own (sync and async calls are not to be mixed), up to its last byte.
 */
static SoupSession *
wait_with (TestServer *server, TestDesk *desk, GBytes *body, Waiting *waiting)
{
  SoupSession *session = soup_session_new ();
  g_autoptr (SoupMessage) message = test_message (server, desk, "POST", "/v1/sync", body, NULL);
  g_autoptr (TestReply) hello = NULL;

  g_signal_connect (message, "wrote-body", G_CALLBACK (on_sent), waiting);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_done, waiting);
  while (!waiting->sent)
    g_main_context_iteration (NULL, TRUE);
  hello = test_request (server, NULL, "GET", "/v1/hello", NULL, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (waiting->done);
  return session;
}

static SoupSession *
wait_for_news (TestServer *server, TestDesk *desk, gint64 seconds, Waiting *waiting)
{
  g_autoptr (GBytes) body = test_sync_body (desk, NULL, seconds);

  return wait_with (server, desk, body, waiting);
}

static GBytes *
scan_body (TestScan *scan, TestDesk *desk, gint64 seconds)
{
  g_autoptr (GBytes) without = test_sync_body (desk, NULL, seconds);
  g_autoptr (McSyncRequest) request = mc_sync_request_read (without, NULL);

  request->scan = g_strdup (scan->sha256);
  return mc_sync_request_write (request);
}

static McSyncAnswer *
news (Waiting *waiting)
{
  McSyncAnswer *answer;

  while (!waiting->done)
    g_main_context_iteration (NULL, TRUE);
  answer = mc_sync_answer_read (waiting->body, NULL);
  g_bytes_unref (waiting->body);
  g_assert_nonnull (answer);
  return answer;
}

static void
catch_up (TestServer *server, TestDesk *desk)
{
  g_autoptr (McSyncAnswer) answer = test_sync (server, desk, NULL);

  test_follow (desk, answer);
}

static void
test_news (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) one = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) two = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (one, server->test->clerk);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  Waiting waiting = { 0 };
  gint64 before = g_get_monotonic_time ();

  catch_up (server, two);
  session = wait_for_news (server, two, 60, &waiting);
  test_push_http (server, one, receive, "\"applied\"");
  answer = news (&waiting);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 30 * G_USEC_PER_SEC);
  g_assert_cmpuint (answer->entries->len, ==, 1);
  g_assert_cmpstr (((McFeedEntry *)answer->entries->pdata[0])->line, ==, receive->line);
}

/* `staff add` beside the running server is news too. */
static void
test_news_of_another_process (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autofree char *staff = NULL;
  Waiting waiting = { 0 };

  catch_up (server, desk);
  session = wait_for_news (server, desk, 60, &waiting);
  staff = test_add_staff (server->test, server->test->office_a, "moi", MC_ROLE_CLERK);
  answer = news (&waiting);
  g_assert_cmpuint (answer->entries->len, ==, 1);
}

static void
test_no_news (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) one = test_desk_enrol (server->test, server->test->office_b);
  g_autoptr (TestDesk) two = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (one, server->test->clerk_b);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  Waiting waiting = { 0 };

  catch_up (server, two);
  session = wait_for_news (server, two, 1, &waiting);
  test_push_http (server, one, receive, "\"applied\"");
  answer = news (&waiting);
  g_assert_cmpuint (answer->entries->len, ==, 0);
  g_assert_cmpint (answer->cursor.n, ==, two->cursor.n);
}

/* Who waits for a colleague's scan is answered when it has come; another office hears nothing of
 * it, and who asks after it came is answered at once. */
static void
test_scan_comes (void)
{
  g_auto (TestScan) scan = test_scan_new (TEST_SCAN_SIZE);
  g_autoptr (TestDesk) desk = test_desk_enrol (scan.server->test, scan.server->test->office_a);
  g_autoptr (SoupSession) here = NULL;
  g_autoptr (SoupSession) elsewhere = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McSyncAnswer) nothing = NULL;
  g_autoptr (McSyncAnswer) late = NULL;
  Waiting waiting = { 0 };
  Waiting strange = { 0 };
  g_autoptr (GBytes) ours = NULL;
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (TestReply) at_once = NULL;
  gint64 before = g_get_monotonic_time ();

  catch_up (scan.server, desk);
  catch_up (scan.server, scan.other);
  ours = scan_body (&scan, desk, 60);
  theirs = scan_body (&scan, scan.other, 1);
  here = wait_with (scan.server, desk, ours, &waiting);
  elsewhere = wait_with (scan.server, scan.other, theirs, &strange);
  test_scan_upload (&scan);
  answer = news (&waiting);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 30 * G_USEC_PER_SEC);
  g_assert_cmpstr (answer->scan, ==, scan.sha256);
  g_assert_cmpuint (answer->entries->len, ==, 0);
  nothing = news (&strange);
  g_assert_null (nothing->scan);
  at_once = test_request (scan.server, desk, "POST", "/v1/sync", ours, NULL);
  late = mc_sync_answer_read (at_once->body, NULL);
  g_assert_cmpstr (late->scan, ==, scan.sha256);
}

/* Who waits when the server is told to end is answered first. */
static void
test_stopped_while_held (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  Waiting waiting = { 0 };

  catch_up (server, desk);
  session = wait_for_news (server, desk, 60, &waiting);
  g_subprocess_send_signal (server->process, 15);
  answer = news (&waiting);
  g_assert_cmpuint (answer->entries->len, ==, 0);
}

static void
test_gone_while_held (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  guint before = test_server_descriptors (server);

  catch_up (server, desk);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GBytes) body = test_sync_body (desk, NULL, 60);
      gsize size = 0;
      const char *bytes = g_bytes_get_data (body, &size);
      g_autofree char *head = test_raw_head (desk, "POST", "/v1/sync", body, size, "");
      g_autofree char *whole = g_strdup_printf ("%s%.*s", head, (int)size, bytes);
      g_autoptr (GSocketConnection) connection = test_raw (server, whole, strlen (whole));
      g_autoptr (TestReply) hello = test_request (server, NULL, "GET", "/v1/hello", NULL, NULL);

      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  /* News for those who have gone. */
  test_push_http (server, desk, receive, "\"applied\"");
  test_server_settles (server, before);
}

static void
test_three_hundred (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  guint before = test_server_descriptors (server);
  static const char *const heads[] = { "",
                                       "GET /v1/he",
                                       "GET /v1/hello HTTP/1.1\r\nHost: x\r\n\r\n" };

  for (guint i = 0; i < 300; i++)
    {
      const char *head = heads[i % G_N_ELEMENTS (heads)];
      g_autoptr (GSocketConnection) connection = test_raw (server, head, strlen (head));

      if (i % G_N_ELEMENTS (heads) == 2)
        g_assert_cmpuint (test_raw_status (connection), ==, 200);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  test_server_settles (server, before);
}

static TestReply *
enrol (TestServer *server, const char *code, const McPublicKey *public, const char *const *headers)
{
  g_autofree char *key = mc_base64_encode (public->bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s}", "code", code, "key", key);
  char *text = mc_json_text (json);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));

  return test_request (server, NULL, "POST", "/v1/enrol", body, headers);
}

static void
assert_error (TestReply *reply, guint status, const char *expected)
{
  g_autofree char *word = test_reply_word (reply);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (word, ==, expected);
}

static void
test_enrol (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_new ();
  g_autoptr (TestDesk) second = test_desk_new ();
  g_autofree char *code = mc_province_invite (server->test->province, server->test->office_a, NULL);
  g_autoptr (TestReply) reply = enrol (server, code, &desk->public, NULL);
  gsize size = 0;
  const char *text = g_bytes_get_data (reply->body, &size);
  g_autoptr (json_t) json = mc_json_parse (text, (gssize)size, NULL);
  g_autoptr (McOp) receive = NULL;
  g_autoptr (TestReply) twice = NULL;
  g_autoptr (TestReply) html = NULL;
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>", 6);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (mc_json_string (json, "office_code"), ==, TEST_CODE_A);
  desk->id = g_strdup (mc_json_string (json, "device"));
  desk->office = g_strdup (mc_json_string (json, "office"));
  desk->slot = g_strdup (mc_json_string (json, "slot"));
  receive = test_desk_receive (desk, server->test->clerk);
  test_push_http (server, desk, receive, "\"applied\"");
  twice = enrol (server, code, &second->public, NULL);
  assert_error (twice, 403, "code");
  html = test_request (server, NULL, "POST", "/v1/enrol", page, NULL);
  assert_error (html, 400, "format");
}

/* Ten wrong codes, then even the right one has to wait; another peer has not. */
static void
test_guesses (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_new ();
  g_autofree char *code = mc_province_invite (server->test->province, server->test->office_a, NULL);
  const char *const elsewhere[] = { "X-Forwarded-For", "192.0.2.7", NULL };
  g_autoptr (TestReply) stopped = NULL;
  g_autoptr (TestReply) other = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (TestReply) reply = enrol (server, "AAAA-AAAA-AAAA", &desk->public, NULL);

      assert_error (reply, 403, "code");
    }
  stopped = enrol (server, code, &desk->public, NULL);
  assert_error (stopped, 429, "wait");
  g_assert_cmpint (atoi (test_reply_header (stopped, "Retry-After")), >, 0);
  /* The proxy in front says that it is somebody else. */
  other = enrol (server, code, &desk->public, elsewhere);
  g_assert_cmpuint (other->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/http/news", test_news);
  g_test_add_func ("/server/http/news-of-another-process", test_news_of_another_process);
  g_test_add_func ("/server/http/no-news", test_no_news);
  g_test_add_func ("/server/http/scan-comes", test_scan_comes);
  g_test_add_func ("/server/http/stopped-while-held", test_stopped_while_held);
  g_test_add_func ("/server/http/gone-while-held", test_gone_while_held);
  g_test_add_func ("/server/http/three-hundred", test_three_hundred);
  g_test_add_func ("/server/http/enrol", test_enrol);
  g_test_add_func ("/server/http/guesses", test_guesses);
  return g_test_run ();
}
