/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that bring much, and what becomes of them while they wait for their turn. */
#include "mc-server-private.h"
#include "test-http.h"

#include <string.h>

#define OPS 20
#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  TestServer *server;
  TestDesk *desk, *other;
  McServer *local;
} Scene;

static void
scene_clear (Scene *scene)
{
  test_desk_free (scene->desk);
  test_desk_free (scene->other);
  test_server_free (scene->server);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static Scene
scene_new (void)
{
  TestServer *server = test_server_new_local ();

  return (Scene){
    server,
    test_desk_enrol (server->test, server->test->office_a),
    test_desk_enrol (server->test, server->test->office_b),
    server->local,
  };
}

static GBytes *
many (TestDesk *desk, const char *by)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();

  request->limit = 1;
  for (guint i = 0; i < OPS; i++)
    {
      g_autoptr (McOp) op = test_desk_receive (desk, by);

      g_ptr_array_add (request->lines, g_strdup (op->line));
    }
  return mc_sync_request_write (request);
}

/* A day's changes on the way, all but the last @less bytes. */
static GSocketConnection *
push_all_but (Scene *scene, TestDesk *desk, const char *by, gsize less)
{
  g_autoptr (GBytes) body = many (desk, by);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autofree char *head = test_raw_head (desk, "POST", "/v1/sync", body, size, "");
  g_autoptr (GString) text = g_string_new (head);

  g_string_append_len (text, bytes, (gssize)(size - less));
  return test_raw (scene->server, text->str, text->len);
}

static GSocketConnection *
push (Scene *scene)
{
  return push_all_but (scene, scene->desk, scene->server->test->clerk, 0);
}

static GSocketConnection *
push_of_other (Scene *scene, gsize less)
{
  return push_all_but (scene, scene->other, scene->server->test->clerk_b, less);
}

static gboolean
one_waits (gpointer data)
{
  return mc_turns_count (((McServer *)data)->turns) == 1;
}

static gboolean
two_wait (gpointer data)
{
  return mc_turns_count (((McServer *)data)->turns) == 2;
}

static gboolean
nobody_is_there (gpointer data)
{
  return mc_listener_count (((McServer *)data)->listener) == 0;
}

static gboolean
is_answered (gpointer data)
{
  return g_socket_condition_check (g_socket_connection_get_socket (data), G_IO_IN) != 0;
}

/* The next turn does not come by itself. */
static void
stop_turns (McServer *local)
{
  g_clear_handle_id (&local->turn, g_source_remove);
  g_clear_handle_id (&local->turn_late, g_source_remove);
}

static GSocketConnection *
push_and_wait (Scene *scene)
{
  GSocketConnection *connection = push (scene);

  test_server_until (one_waits, scene->local);
  stop_turns (scene->local);
  return connection;
}

static void
assert_status (GSocketConnection *connection, guint status)
{
  test_server_until (is_answered, connection);
  g_assert_cmpuint (test_raw_status (connection), ==, status);
}

static gint64
ops_held (Scene *scene)
{
  return test_number (scene->server->test,
                      "SELECT count(*) FROM op WHERE verb = 'dossier.receive'");
}

/* Who brings nothing, or one change, is answered while the others' day waits. */
static void
test_small_goes_ahead (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) waiting = push_and_wait (&scene);
  g_autoptr (McOp) one = test_desk_receive (scene.other, scene.server->test->clerk_b);
  g_autoptr (McSyncAnswer) nothing = test_sync (scene.server, scene.other, NULL);

  test_push_http (scene.server, scene.other, one, "\"applied\"");
  g_assert_false (is_answered (waiting));
  g_assert_cmpint (ops_held (&scene), ==, 1);
  _mc_turn_soon (scene.local);
  assert_status (waiting, 200);
  g_assert_cmpint (ops_held (&scene), ==, 1 + OPS);
}

/* Its connection is not looked at while it waits, so the server looks each second. */
static void
test_gone_while_waiting (void)
{
  g_auto (Scene) scene = scene_new ();
  GSocketConnection *waiting = push_and_wait (&scene);

  g_io_stream_close (G_IO_STREAM (waiting), NULL, NULL);
  g_object_unref (waiting);
  _mc_server_tick (scene.local);
  g_assert_cmpuint (mc_turns_count (scene.local->turns), ==, 0);
  test_server_until (nobody_is_there, scene.local);
  g_assert_cmpint (ops_held (&scene), ==, 0);
  g_assert_cmpuint (scene.local->bytes, ==, 0);
}

static void
test_suspended_while_waiting (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) waiting = push_and_wait (&scene);

  g_assert_true (mc_province_suspend (scene.server->test->province, scene.desk->id, TRUE, NULL));
  _mc_turn_soon (scene.local);
  assert_status (waiting, 403);
  g_assert_cmpint (ops_held (&scene), ==, 0);
}

/* A desk that lost its line asks anew before anybody knows that the line was lost. */
static void
test_asks_again (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) before = push_and_wait (&scene);
  g_autoptr (GSocketConnection) after = push (&scene);

  test_server_until (is_answered, before);
  g_assert_cmpuint (mc_turns_count (scene.local->turns), ==, 1);
  assert_status (before, 503);
  assert_status (after, 200);
  g_assert_cmpint (ops_held (&scene), ==, OPS);
}

static void
test_stopped_while_waiting (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) waiting = push_and_wait (&scene);

  _mc_turn_stop (scene.local);
  assert_status (waiting, 503);
  g_assert_cmpint (ops_held (&scene), ==, 0);
}

/* Where the wait would be longer than a desk's patience nothing of its day is kept, and it is told
 * when to come again. */
static void
test_no_room (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) waiting = push_and_wait (&scene);
  g_autoptr (GSocketConnection) half = NULL;
  g_autoptr (GBytes) body = many (scene.other, scene.server->test->clerk_b);
  g_autoptr (TestReply) reply = NULL;
  g_autoptr (McSyncAnswer) small = NULL;
  g_autofree char *word = NULL;
  gsize before = scene.local->bytes;

  mc_turns_took (scene.local->turns, 1, HOUR_US);
  half = push_of_other (&scene, 1000);
  reply = test_request (scene.server, scene.other, "POST", "/v1/sync", body, NULL);
  word = test_reply_word (reply);
  g_assert_cmpuint (reply->status, ==, 503);
  g_assert_cmpstr (word, ==, "busy");
  g_assert_cmpuint (g_ascii_strtoull (test_reply_header (reply, "Retry-After"), NULL, 10), >=, 60);
  g_assert_cmpuint (scene.local->bytes, ==, before);
  small = test_sync (scene.server, scene.other, NULL);
  _mc_turn_soon (scene.local);
  assert_status (waiting, 200);
  g_assert_cmpint (ops_held (&scene), ==, OPS);
}

/* When the room was lost while its day came, it is turned away after it. */
static void
test_room_lost_meanwhile (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GBytes) body = many (scene.other, scene.server->test->clerk_b);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (body, &size);
  g_autofree char *head = test_raw_head (scene.other, "POST", "/v1/sync", body, size, "");
  g_autoptr (GSocketConnection) late = test_raw (scene.server, head, strlen (head));
  g_autoptr (GSocketConnection) waiting = push_and_wait (&scene);

  mc_turns_took (scene.local->turns, 1, HOUR_US);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (late)),
                             bytes,
                             size,
                             NULL,
                             NULL,
                             NULL);
  assert_status (late, 503);
  _mc_turn_soon (scene.local);
  assert_status (waiting, 200);
}

/* Bodies that wait are counted, and let go of. */
static void
test_bytes_are_counted (void)
{
  g_auto (Scene) scene = scene_new ();
  g_autoptr (GSocketConnection) one = push_and_wait (&scene);
  g_autoptr (GSocketConnection) two = push_of_other (&scene, 0);

  test_server_until (two_wait, scene.local);
  g_assert_cmpuint (scene.local->bytes, >, (gsize)2 * OPS * 300);
  _mc_turn_soon (scene.local);
  assert_status (one, 200);
  assert_status (two, 200);
  g_io_stream_close (G_IO_STREAM (one), NULL, NULL);
  g_io_stream_close (G_IO_STREAM (two), NULL, NULL);
  test_server_until (nobody_is_there, scene.local);
  g_assert_cmpuint (scene.local->bytes, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/http-turn/small", test_small_goes_ahead);
  g_test_add_func ("/http-turn/gone", test_gone_while_waiting);
  g_test_add_func ("/http-turn/suspended", test_suspended_while_waiting);
  g_test_add_func ("/http-turn/again", test_asks_again);
  g_test_add_func ("/http-turn/stopped", test_stopped_while_waiting);
  g_test_add_func ("/http-turn/no-room", test_no_room);
  g_test_add_func ("/http-turn/room-lost", test_room_lost_meanwhile);
  g_test_add_func ("/http-turn/bytes", test_bytes_are_counted);
  return g_test_run ();
}
