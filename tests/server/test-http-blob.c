/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans over HTTP: in chunks, on broken lines, and only to who may see them. */
#include "test-scan.h"

#include "mc-province-blob.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SIZE TEST_SCAN_SIZE
#define FIRST TEST_SCAN_FIRST

static void
test_two_chunks (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestReply) first = NULL;
  g_autoptr (TestReply) second = NULL;
  g_autoptr (TestReply) early = NULL;
  g_autoptr (TestReply) whole = NULL;

  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  first = test_scan_patch_part (&scan, 0, FIRST);
  g_assert_cmpuint (first->status, ==, 204);
  g_assert_cmpint (test_scan_offset (&scan), ==, FIRST);
  early = test_request (scan.server, scan.desk, "GET", scan.path, NULL, NULL);
  g_assert_cmpuint (early->status, ==, 404);
  /* The server is started anew in between. */
  test_server_stop (scan.server);
  test_server_start (scan.server);
  g_assert_cmpint (test_scan_offset (&scan), ==, FIRST);
  second = test_scan_patch_part (&scan, FIRST, SIZE);
  g_assert_cmpuint (second->status, ==, 204);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
  whole = test_request (scan.server, scan.desk, "GET", scan.path, NULL, NULL);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_true (g_bytes_equal (whole->body, scan.bytes));
  test_sound (scan.server->test);
}

/* The line breaks: what came before is there, and the desk goes on from it. */
static void
test_broken_line (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (TestReply) rest = NULL;
  gint64 offset;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  connection = test_scan_torn (&scan, scan.desk, FIRST);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  while ((offset = test_scan_offset (&scan)) == 0)
    g_usleep (5000);
  g_assert_cmpint (offset, <=, FIRST);
  rest = test_scan_patch_part (&scan, (gsize)offset, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
}

/* The old connection is dead and nobody knows: the desk asks, and goes on with all that came. */
static void
test_two_at_once (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (GSocketConnection) dead = NULL;
  g_autoptr (TestReply) rest = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  dead = test_scan_torn (&scan, scan.desk, FIRST);
  test_scan_took (&scan, FIRST);
  g_assert_cmpint (test_scan_offset (&scan), ==, FIRST);
  rest = test_scan_patch_part (&scan, FIRST, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
}

/* It goes on without asking: the old connection gives way, and that from which it goes on counts.
 */
static void
test_two_at_once_unasked (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (GSocketConnection) dead = NULL;
  guint status = 0;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  dead = test_scan_torn (&scan, scan.desk, FIRST);
  test_scan_took (&scan, FIRST);
  while (status != 409)
    {
      g_autoptr (TestReply) reply = test_scan_patch_part (&scan, 0, 10);

      status = reply->status;
      g_assert_true (status == 409 || status == 503);
    }
  g_assert_cmpint (test_scan_offset (&scan), ==, FIRST);
}

static void
test_wrong_offset (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestReply) unknown = test_scan_patch_part (&scan, 0, 10);
  g_autoptr (TestReply) ahead = NULL;
  g_autoptr (TestReply) again = NULL;

  g_assert_cmpuint (unknown->status, ==, 404);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  ahead = test_scan_patch_part (&scan, 100, 200);
  g_assert_cmpuint (ahead->status, ==, 409);
  g_assert_cmpstr (test_reply_header (ahead, "Upload-Offset"), ==, "0");
  again = test_scan_patch_part (&scan, 0, 100);
  g_assert_cmpuint (again->status, ==, 204);
  g_assert_cmpint (test_scan_offset (&scan), ==, 100);
}

/* What a power cut took is not said to be there. */
static void
test_lost_part (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *part = NULL;
  g_autoptr (TestReply) first = NULL;
  g_autoptr (TestReply) rest = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  first = test_scan_patch_part (&scan, 0, FIRST);
  g_assert_cmpuint (first->status, ==, 204);
  part = mc_province_blob_part (scan.server->test->province, scan.sha256);
  g_assert_cmpint (truncate (part, 1000), ==, 0);
  g_assert_cmpint (test_scan_offset (&scan), ==, 1000);
  rest = test_scan_patch_part (&scan, 1000, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
}

/* Nor is it lost when the power takes what the database said last, or an older one was put back. */
static void
test_lost_row (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestReply) first = NULL;
  g_autoptr (TestReply) whole = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  first = test_scan_patch_part (&scan, 0, FIRST);
  g_assert_cmpuint (first->status, ==, 204);
  test_run (scan.server->test, "DELETE FROM blob");
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  test_scan_upload (&scan);
  test_run (scan.server->test, "DELETE FROM blob");
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
  whole = test_request (scan.server, scan.desk, "GET", scan.path, NULL, NULL);
  g_assert_true (g_bytes_equal (whole->body, scan.bytes));
  test_sound (scan.server->test);
}

static void
test_wrong_bytes (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *zeros = g_malloc0 (SIZE);
  g_autoptr (GBytes) other = g_bytes_new (zeros, SIZE);
  g_autoptr (TestReply) wrong = NULL;
  g_autofree char *word = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  wrong = test_scan_patch (&scan, scan.path, other, 0);
  word = test_reply_word (wrong);
  g_assert_cmpuint (wrong->status, ==, 460);
  g_assert_cmpstr (word, ==, "checksum");
  /* Dropped, and it can begin anew. */
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  test_scan_upload (&scan);
}

static void
test_more_than_announced (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestReply) reply = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, FIRST), ==, 201);
  reply = test_scan_patch_part (&scan, 0, SIZE);
  g_assert_cmpuint (reply->status, ==, 413);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, MC_BLOB_MAX + 1), ==, 413);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, "../../etc/passwd", 10), ==, 400);
}

static void
test_foreign_office (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestReply) foreign = NULL;
  g_autoptr (TestReply) nobody = NULL;
  g_autoptr (TestReply) crooked = NULL;

  test_scan_upload (&scan);
  foreign = test_request (scan.server, scan.other, "GET", scan.path, NULL, NULL);
  g_assert_cmpuint (foreign->status, ==, 404);
  nobody = test_request (scan.server, NULL, "GET", scan.path, NULL, NULL);
  g_assert_cmpuint (nobody->status, ==, 401);
  crooked = test_request (scan.server, scan.desk, "GET", "/v1/blobs/..%2f..%2fkeys", NULL, NULL);
  g_assert_cmpuint (crooked->status, >=, 400);
}

static void
test_ranges (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  static const struct
  {
    const char *range;
    guint status;
    gsize from, to;
  } cases[] = {
    { "bytes=1048577-", 206, 1048577, SIZE },
    { "bytes=0-0", 206, 0, 1 },
    { "bytes=3145744-9999999", 206, 3145744, SIZE },
    { "bytes=0-", 200, 0, SIZE },
    { "lines=1-2", 200, 0, SIZE },
  };
  const char *const beyond[] = { "Range", "bytes=3145745-", NULL };
  g_autoptr (TestReply) none = NULL;

  test_scan_upload (&scan);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const headers[] = { "Range", cases[i].range, NULL };
      g_autoptr (TestReply) reply =
          test_request (scan.server, scan.desk, "GET", scan.path, NULL, headers);
      g_autoptr (GBytes) part =
          g_bytes_new_from_bytes (scan.bytes, cases[i].from, cases[i].to - cases[i].from);

      g_assert_cmpuint (reply->status, ==, cases[i].status);
      g_assert_true (g_bytes_equal (reply->body, part));
    }
  none = test_request (scan.server, scan.desk, "GET", scan.path, NULL, beyond);
  g_assert_cmpuint (none->status, ==, 416);
}

/* Who reads half of it and goes leaves nothing behind. */
static void
test_gone_while_reading (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  guint before;

  test_scan_upload (&scan);
  before = test_server_descriptors (scan.server);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *head = test_raw_head (scan.desk, "GET", scan.path, NULL, 0, "");
      g_autoptr (GSocketConnection) connection = test_raw (scan.server, head, strlen (head));

      g_assert_cmpuint (test_raw_status (connection), ==, 200);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  test_server_settles (scan.server, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/blob/two-chunks", test_two_chunks);
  g_test_add_func ("/server/blob/broken-line", test_broken_line);
  g_test_add_func ("/server/blob/two-at-once", test_two_at_once);
  g_test_add_func ("/server/blob/two-at-once-unasked", test_two_at_once_unasked);
  g_test_add_func ("/server/blob/wrong-offset", test_wrong_offset);
  g_test_add_func ("/server/blob/lost-part", test_lost_part);
  g_test_add_func ("/server/blob/lost-row", test_lost_row);
  g_test_add_func ("/server/blob/wrong-bytes", test_wrong_bytes);
  g_test_add_func ("/server/blob/more-than-announced", test_more_than_announced);
  g_test_add_func ("/server/blob/foreign-office", test_foreign_office);
  g_test_add_func ("/server/blob/ranges", test_ranges);
  g_test_add_func ("/server/blob/gone-while-reading", test_gone_while_reading);
  return g_test_run ();
}
