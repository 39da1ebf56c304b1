/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real server over HTTP: taking ops, whoever asks and whatever is sent. */
#include "test-http.h"

#include "mc-id.h"
#include <string.h>

static void
test_hello (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestReply) reply = test_request (server, NULL, "GET", "/v1/hello", NULL, NULL);
  g_autoptr (TestReply) lost = test_request (server, NULL, "GET", "/nowhere", NULL, NULL);
  g_autofree char *key =
      mc_base64_encode (mc_province_key (server->test->province)->bytes, MC_KEY_PUBLIC_BYTES);
  g_autofree char *word = test_reply_word (lost);
  gsize size = 0;
  const char *text = g_bytes_get_data (reply->body, &size);
  g_autoptr (json_t) json = mc_json_parse (text, (gssize)size, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpint (mc_json_int (json, "motcua", 0), ==, 1);
  g_assert_cmpstr (mc_json_string (json, "province"), ==, key);
  g_assert_cmpint (mc_json_int (json, "time", 0), >, 0);
  g_assert_cmpuint (lost->status, ==, 404);
  g_assert_cmpstr (word, ==, "path");
}

static void
test_road (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) one = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) two = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (one, server->test->clerk);
  g_autoptr (McSyncAnswer) answer = NULL;
  gboolean found = FALSE;

  test_push_http (server, one, receive, "\"applied\"");
  test_push_http (server, one, receive, "\"applied\"");
  answer = test_sync (server, two, NULL);
  test_follow (two, answer);
  for (guint i = 0; i < answer->entries->len; i++)
    found = found || g_str_equal (((McFeedEntry *)answer->entries->pdata[i])->line, receive->line);
  g_assert_true (found);
  test_sound (server->test);
}

static McOp *
with_device (const McOp *op, const char *from, const char *to)
{
  g_autoptr (GString) line = g_string_new (op->line);

  g_string_replace (line, from, to, 0);
  return mc_op_parse (line->str, -1, NULL);
}

static void
test_forged (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (McOp) forged = with_device (receive, "Trần", "Phan");

  test_push_http (server, desk, forged, "\"refused:signature\"");
  test_push_http (server, desk, receive, "\"applied\"");
}

static void
test_replayed_from_another_device (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) thief = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (McOp) replayed = with_device (receive, desk->id, thief->id);

  test_push_http (server, thief, replayed, "\"refused:signature\"");
  /* Carried as it is, it is its author's. */
  test_push_http (server, thief, receive, "\"applied\"");
}

static void
test_out_of_order (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (McOp) set = test_desk_set (desk, server->test->clerk, receive, "0912345678");
  g_autoptr (McSyncAnswer) answer = NULL;

  desk->left = 1;
  answer = test_sync (server, desk, set);
  g_assert_cmpstr (test_missing (answer, set), ==, receive->id);
  test_push_http (server, desk, receive, "\"applied\"");
  test_push_http (server, desk, set, "\"applied\"");
}

static void
test_beyond_the_role (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (server->test, server->test->office_b);
  g_autofree char *nobody = mc_id_new (MC_BUILD_MS);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (McOp) beyond = test_desk_step (desk, server->test->clerk, receive, "appraise", NULL);
  g_autoptr (McOp) early = test_desk_step (desk, server->test->leader, receive, "approve", "0");
  g_autoptr (McOp) meddle = test_desk_set (other, server->test->clerk_b, receive, "0900000000");
  g_autoptr (McOp) unknown = test_desk_receive (desk, nobody);

  test_push_http (server, desk, receive, "\"applied\"");
  test_push_http (server, desk, beyond, "\"refused:role\"");
  test_push_http (server, desk, early, "\"refused:step\"");
  test_push_http (server, other, meddle, "\"refused:office\"");
  test_push_http (server, desk, unknown, "\"refused:staff\"");
}

static void
assert_refused (TestReply *reply, guint status, const char *expected)
{
  g_autofree char *word = test_reply_word (reply);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (word, ==, expected);
}

static void
test_who_asks (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (TestDesk) stranger = test_desk_new ();
  g_autoptr (GBytes) body = test_sync_body (desk, NULL, 0);
  const char *const paper[] = { MC_HEADER_CERTIFICATE, desk->certificate, NULL };
  g_autoptr (TestReply) nobody = test_request (server, NULL, "POST", "/v1/sync", body, NULL);
  g_autoptr (TestReply) unknown = NULL;
  g_autoptr (TestReply) wrong = NULL;
  g_autoptr (TestReply) suspended = NULL;
  g_autoptr (TestReply) forgotten = NULL;
  g_autoptr (TestReply) readmitted = NULL;

  assert_refused (nobody, 401, "device");
  stranger->id = mc_id_new (MC_BUILD_MS);
  unknown = test_request (server, stranger, "POST", "/v1/sync", body, NULL);
  assert_refused (unknown, 401, "device");
  g_free (stranger->id);
  stranger->id = g_strdup (desk->id);
  wrong = test_request (server, stranger, "POST", "/v1/sync", body, NULL);
  assert_refused (wrong, 401, "signature");
  g_assert_true (mc_province_suspend (server->test->province, desk->id, TRUE, NULL));
  suspended = test_request (server, desk, "POST", "/v1/sync", body, NULL);
  assert_refused (suspended, 403, "suspended");
  test_run (server->test, "DELETE FROM device");
  forgotten = test_request (server, desk, "POST", "/v1/sync", body, NULL);
  assert_refused (forgotten, 401, "device");
  readmitted = test_request (server, desk, "POST", "/v1/sync", body, paper);
  g_assert_cmpuint (readmitted->status, ==, 200);
}

static void
test_garbage (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (GBytes) html = g_bytes_new_static ("<html>Xin chào</html>", 22);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GByteArray) zeros = g_byte_array_new ();
  g_autoptr (GBytes) flat = NULL;
  g_autoptr (GBytes) bomb = NULL;
  g_autoptr (GBytes) torn = NULL;
  const char *const packed[] = { "Content-Encoding", "gzip", NULL };
  g_autoptr (McSyncAnswer) after = NULL;

  g_byte_array_set_size (zeros, MC_WIRE_MAX + 1);
  memset (zeros->data, 0, zeros->len);
  flat = g_byte_array_free_to_bytes (g_steal_pointer (&zeros));
  bomb = mc_wire_pack (flat);
  torn = g_bytes_new_from_bytes (bomb, 0, g_bytes_get_size (bomb) / 2);
  for (guint i = 0; i < 4; i++)
    {
      GBytes *const bodies[] = { html, nothing, bomb, torn };
      g_autoptr (TestReply) reply =
          test_request (server, desk, "POST", "/v1/sync", bodies[i], i < 2 ? NULL : packed);

      assert_refused (reply, 400, "format");
    }
  after = test_sync (server, desk, NULL);
  g_assert_cmpint (after->head, >, 0);
}

static void
test_packed_both_ways (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (GBytes) flat = test_sync_body (desk, NULL, 0);
  g_autoptr (GBytes) body = mc_wire_pack (flat);
  const char *const packed[] = { "Content-Encoding", "gzip", "Accept-Encoding", "gzip", NULL };
  g_autoptr (TestReply) reply = test_request (server, desk, "POST", "/v1/sync", body, packed);
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_read (reply->body, NULL);

  g_assert_cmpstr (test_reply_header (reply, "Content-Encoding"), ==, "gzip");
  g_assert_nonnull (answer);
  test_follow (desk, answer);
}

/* A request with an op or two leaves out what every request says, and the answer's head what nobody
 * reads. */
static void
test_packed_small (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (GBytes) flat = test_sync_body (desk, receive, 0);
  g_autoptr (GBytes) body = mc_wire_pack_small (flat);
  g_autoptr (GBytes) torn = g_bytes_new_from_bytes (body, 0, g_bytes_get_size (body) / 2);
  const char *const packed[] = { "Content-Encoding", MC_WIRE_SMALL, NULL };
  g_autoptr (TestReply) bad = test_request (server, desk, "POST", "/v1/sync", torn, packed);
  g_autoptr (TestReply) reply = test_request (server, desk, "POST", "/v1/sync", body, packed);
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_read (reply->body, NULL);

  g_assert_cmpuint (bad->status, ==, 400);
  g_assert_cmpstr (test_word (answer, receive), ==, "\"applied\"");
  g_assert_null (test_reply_header (reply, "Server"));
  g_assert_null (test_reply_header (reply, "Date"));
  g_assert_null (test_reply_header (reply, "Content-Type"));
}

/* Refused from its head, before a byte of it was read. */
static void
test_too_large (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autofree char *head =
      test_raw_head (desk, "POST", "/v1/sync", NULL, MC_WIRE_MAX + 1, "Expect: 100-continue\r\n");
  g_autoptr (GSocketConnection) connection = test_raw (server, head, strlen (head));
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (TestReply) reply = NULL;

  g_assert_cmpuint (test_raw_status (connection), ==, 413);
  g_byte_array_set_size (bytes, 70000);
  memset (bytes->data, ' ', bytes->len);
  body = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  reply = test_request (server, NULL, "POST", "/v1/enrol", body, NULL);
  assert_refused (reply, 413, "size");
}

/* The line breaks in the middle of a body: nothing of it counts, and the server goes on. */
static void
test_torn_body (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (GBytes) body = test_sync_body (desk, receive, 0);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autofree char *head = test_raw_head (desk, "POST", "/v1/sync", body, size, "");
  g_autoptr (GString) half = g_string_new (head);
  guint before = test_server_descriptors (server);
  GSocketConnection *connection;

  g_string_append_len (half, bytes, (gssize)size / 2);
  connection = test_raw (server, half->str, half->len);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_object_unref (connection);
  test_server_settles (server, before);
  g_assert_cmpint (test_number (server->test, "SELECT count(*) FROM op WHERE verb LIKE 'dossier%'"),
                   ==,
                   0);
  test_push_http (server, desk, receive, "\"applied\"");
}

/* Killed after the commit, before anybody read the answer. */
static void
test_killed_after_commit (void)
{
  g_autoptr (TestServer) server = test_server_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (server->test, server->test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, server->test->clerk);
  g_autoptr (GBytes) body = test_sync_body (desk, receive, 0);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autofree char *head = test_raw_head (desk, "POST", "/v1/sync", body, size, "");
  g_autoptr (GString) whole = g_string_new (head);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (McSyncAnswer) first = NULL;
  g_autoptr (McSyncAnswer) second = NULL;

  g_string_append_len (whole, bytes, (gssize)size);
  connection = test_raw (server, whole->str, whole->len);
  g_assert_cmpuint (test_raw_status (connection), ==, 200);
  test_server_kill (server);
  test_server_start (server);
  test_push_http (server, desk, receive, "\"applied\"");
  first = test_sync (server, desk, NULL);
  second = test_sync (server, desk, receive);
  g_assert_cmpint (first->head, ==, second->head);
  g_assert_cmpint (test_number (server->test, "SELECT count(*) FROM op WHERE verb LIKE 'dossier%'"),
                   ==,
                   1);
  test_server_stop (server);
  test_sound (server->test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/http/hello", test_hello);
  g_test_add_func ("/server/http/road", test_road);
  g_test_add_func ("/server/http/forged", test_forged);
  g_test_add_func ("/server/http/replayed-from-another-device", test_replayed_from_another_device);
  g_test_add_func ("/server/http/out-of-order", test_out_of_order);
  g_test_add_func ("/server/http/beyond-the-role", test_beyond_the_role);
  g_test_add_func ("/server/http/who-asks", test_who_asks);
  g_test_add_func ("/server/http/garbage", test_garbage);
  g_test_add_func ("/server/http/packed-both-ways", test_packed_both_ways);
  g_test_add_func ("/server/http/packed-small", test_packed_small);
  g_test_add_func ("/server/http/too-large", test_too_large);
  g_test_add_func ("/server/http/torn-body", test_torn_body);
  g_test_add_func ("/server/http/killed-after-commit", test_killed_after_commit);
  return g_test_run ();
}
