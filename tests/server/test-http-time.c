/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans and time, by a clock that the test moves: bodies that do not come, and what expires. */
#include "mc-province-blob.h"
#include "mc-province-private.h"
#include "mc-server-private.h"
#include "test-scan.h"

#include <string.h>

#define SIZE 100000
#define HALF 50000
#define HOUR_MS (3600 * 1000)
#define DAY_MS (24 * HOUR_MS)

static TestScan
scan_new (void)
{
  TestScan scan = test_scan_new_on (test_server_new_local (), SIZE);

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  return scan;
}

/* The time moves on, and the server looks at the clock. */
static void
pass (TestScan *scan, gint64 ms)
{
  scan->server->test->now_ms += ms;
  _mc_server_tick (scan->server->local);
}

static gboolean
nobody_is_there (gpointer data)
{
  return mc_listener_count (((McServer *)data)->listener) == 0;
}

static gboolean
nothing_comes_in (gpointer data)
{
  return g_hash_table_size (((McServer *)data)->uploads) == 0;
}

static gboolean
somebody_is_there (gpointer data)
{
  return mc_listener_count (((McServer *)data)->listener) == 1;
}

static gboolean
is_answered (gpointer data)
{
  return g_socket_condition_check (g_socket_connection_get_socket (data), G_IO_IN) != 0;
}

static void
send_on (TestScan *scan, GSocketConnection *connection, gsize from, gsize to)
{
  const char *bytes = g_bytes_get_data (scan->bytes, NULL);

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             bytes + from,
                             to - from,
                             NULL,
                             NULL,
                             NULL);
}

/* It holds a descriptor for a minute and no longer; what came is kept. */
static void
test_body_stops (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autoptr (GSocketConnection) connection = test_scan_torn (&scan, scan.desk, HALF);

  test_scan_took (&scan, HALF);
  pass (&scan, 59000);
  g_assert_cmpuint (mc_listener_count (scan.server->local->listener), ==, 1);
  /* The first minute brought enough; the next brings two bytes. */
  pass (&scan, 2000);
  send_on (&scan, connection, HALF, HALF + 2);
  test_scan_took (&scan, HALF + 2);
  g_assert_cmpuint (mc_listener_count (scan.server->local->listener), ==, 1);
  pass (&scan, 61000);
  test_server_until (nobody_is_there, scan.server->local);
  test_server_until (nothing_comes_in, scan.server->local);
  g_assert_cmpint (test_scan_offset (&scan), ==, HALF + 2);
}

/* The worst line is no reason to be cut off. */
static void
test_body_crawls (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autoptr (GSocketConnection) connection = test_scan_torn (&scan, scan.desk, 10000);

  test_scan_took (&scan, 10000);
  for (gsize at = 10000; at < SIZE; at += 2000)
    {
      pass (&scan, 61000);
      send_on (&scan, connection, at, MIN (at + 2000, SIZE));
      if (at + 2000 < SIZE)
        test_scan_took (&scan, (gint64)at + 2000);
    }
  test_server_until (is_answered, connection);
  g_assert_cmpuint (test_raw_status (connection), ==, 204);
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
}

/* Any other body, and a head. */
static void
test_others_stop (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autofree char *sync = test_raw_head (scan.desk, "POST", "/v1/sync", NULL, 1000, "");
  const char *const starts[] = { sync,
                                 "POST /v1/enrol HTTP/1.1\r\nContent-Length: 9\r\n\r\n",
                                 "GET /v1/he" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autoptr (GSocketConnection) connection =
          test_raw (scan.server, starts[i], strlen (starts[i]));

      test_server_until (somebody_is_there, scan.server->local);
      /* A whole answer later it has read what there is. */
      g_assert_cmpint (test_scan_offset (&scan), ==, 0);
      pass (&scan, 61000);
      test_server_until (nobody_is_there, scan.server->local);
    }
}

/* A desk that has fallen silent keeps another one waiting for ten seconds. */
static void
test_silent_desk (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autoptr (GSocketConnection) silent = test_scan_torn (&scan, scan.desk, HALF);
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (scan.bytes, HALF, SIZE - HALF);
  const char *const headers[] = { "Upload-Offset", "50000", NULL };
  guint status = 0;

  test_scan_took (&scan, HALF);
  pass (&scan, 9000);
  for (guint i = 0; status != 204; i++)
    {
      g_autoptr (TestReply) reply =
          test_scan_ask (&scan, scan.other, "PATCH", scan.path, rest, headers);

      status = reply->status;
      if (i == 0)
        g_assert_cmpuint (status, ==, 423);
      else
        g_assert_true (status == 503 || status == 204);
      pass (&scan, i == 0 ? 2000 : 0);
    }
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
}

/* So many that the server has a desk send its scans one after the other. */
#define MANY 64

static gboolean
many_come_in (gpointer data)
{
  return g_hash_table_size (((McServer *)data)->uploads) == MANY;
}

/* Another scan of the same desk, of which one byte has come. */
static GSocketConnection *
begin_another (TestScan *scan, guint n)
{
  g_autofree char *sha256 = g_strdup_printf ("%064x", n);
  g_autofree char *path = g_strconcat ("/v1/blobs/", sha256, NULL);
  g_autofree char *head = test_raw_head (scan->desk,
                                         "PATCH",
                                         path,
                                         NULL,
                                         10,
                                         "Upload-Offset: 0\r\nTus-Resumable: 1.0.0\r\n"
                                         "Content-Type: application/offset+octet-stream\r\n");
  g_autofree char *text = g_strconcat (head, "a", NULL);

  g_assert_cmpuint (test_scan_announce (scan, scan->desk, sha256, 10), ==, 201);
  return test_raw (scan->server, text, strlen (text));
}

/* Where many scans come in, a desk sends one at a time; one that has stopped does not count. */
static void
test_crowd (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (TestReply) crowded = NULL;
  g_autoptr (TestReply) taken = NULL;

  for (guint i = 0; i < MANY; i++)
    g_ptr_array_add (others, begin_another (&scan, i));
  test_server_until (many_come_in, scan.server->local);
  crowded = test_scan_patch_part (&scan, 0, SIZE);
  g_assert_cmpuint (crowded->status, ==, 503);
  g_assert_cmpstr (test_reply_header (crowded, "Retry-After"), ==, "1");
  pass (&scan, 2000);
  taken = test_scan_patch_part (&scan, 0, SIZE);
  g_assert_cmpuint (taken->status, ==, 204);
}

/* A week without growth: first it is known no more, then file and row go. */
static void
test_expires (void)
{
  g_auto (TestScan) scan = scan_new ();
  TestProvince *test = scan.server->test;
  g_autoptr (TestReply) part = test_scan_patch_part (&scan, 0, HALF);
  g_autoptr (TestReply) late = NULL;
  g_autoptr (TestReply) more = NULL;
  g_autofree char *file = mc_province_blob_part (test->province, scan.sha256);
  g_autoptr (GDateTime) when =
      soup_date_time_new_from_http_string (test_reply_header (part, "Upload-Expires"));

  g_assert_cmpint (g_date_time_to_unix (when), ==, (test->now_ms + 7 * DAY_MS) / 1000);
  pass (&scan, 6 * DAY_MS);
  more = test_scan_patch_part (&scan, HALF, HALF + 1);
  g_assert_cmpuint (more->status, ==, 204);
  /* It grew: its week has begun anew. */
  pass (&scan, 6 * DAY_MS);
  g_assert_cmpint (test_scan_offset (&scan), ==, HALF + 1);
  test->now_ms += DAY_MS + 1;
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  late = test_scan_patch_part (&scan, HALF + 1, SIZE);
  g_assert_cmpuint (late->status, ==, 404);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  pass (&scan, 60000);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM blob"), ==, 0);
  g_assert_cmpint (test_number (test, "SELECT half FROM blob_sum"), ==, 0);
}

/* Announced anew before it was cleared away, it begins at nothing. What is whole never goes. */
static void
test_expired_anew (void)
{
  g_auto (TestScan) scan = scan_new ();
  g_autoptr (TestReply) part = test_scan_patch_part (&scan, 0, HALF);

  scan.server->test->now_ms += 8 * DAY_MS;
  test_scan_upload (&scan);
  pass (&scan, 1000 * (gint64)DAY_MS);
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
  test_sound (scan.server->test);
}

/* One that was begun before anybody counted has its week from the upgrade on. */
static void
test_expires_of_old (void)
{
  g_auto (TestScan) scan = scan_new ();

  test_run (scan.server->test, "UPDATE blob SET touched = 0, device = ''");
  pass (&scan, 60000);
  pass (&scan, 6 * DAY_MS);
  g_assert_cmpint (test_scan_offset (&scan), ==, 0);
  pass (&scan, 2 * DAY_MS);
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  g_assert_cmpint (test_number (scan.server->test, "SELECT count(*) FROM blob"), ==, 0);
}

/* Scans' rows do not wait for the disk; everything else still does. */
static void
test_durable (void)
{
  g_auto (TestScan) scan = scan_new ();
  McDb *db = scan.server->test->province->db;
  g_autoptr (TestReply) half = test_scan_patch_part (&scan, 0, HALF);
  g_autoptr (TestReply) rest = NULL;
  gint64 synchronous = 0;

  g_assert_true (mc_db_int (db, NULL, &synchronous, "PRAGMA synchronous", ""));
  g_assert_cmpint (synchronous, ==, 2);
  rest = test_scan_patch_part (&scan, HALF, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
  g_assert_true (mc_db_int (db, NULL, &synchronous, "PRAGMA synchronous", ""));
  g_assert_cmpint (synchronous, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/time/body-stops", test_body_stops);
  g_test_add_func ("/server/time/body-crawls", test_body_crawls);
  g_test_add_func ("/server/time/others-stop", test_others_stop);
  g_test_add_func ("/server/time/silent-desk", test_silent_desk);
  g_test_add_func ("/server/time/expires", test_expires);
  g_test_add_func ("/server/time/expired-anew", test_expired_anew);
  g_test_add_func ("/server/time/expires-of-old", test_expires_of_old);
  g_test_add_func ("/server/time/durable", test_durable);
  g_test_add_func ("/server/http-time/crowd", test_crowd);
  return g_test_run ();
}
