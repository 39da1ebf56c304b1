/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A disk that is full from any one write, sync or truncate of taking a scan on: the desk is told so
 * (507), what was durable stays, and when there is room again it goes on from there.
 */
#include "mc-fault-vfs.h"
#include "mc-province-blob.h"
#include "test-scan.h"

#define SIZE 60000
#define HALF 30000
#define MANY 1000

static TestScan
scan_new (void)
{
  /* From here on: the province's database is opened behind it. */
  mc_fault_vfs (MC_FAULT_NONE, 0);
  return test_scan_new_on (test_server_new_local (), SIZE);
}

/* Where it is refused: as a full disk; or, where what fails is a sync of the database, as one that
 * is not in order. */
static gboolean
was_taken (TestReply *reply, guint *ret_full)
{
  g_autofree char *said = test_reply_word (reply);
  guint status = reply->status;

  test_reply_free (reply);
  if (status == 204)
    return TRUE;
  if (status != 507)
    g_assert_cmpuint (status, ==, 503);
  else if (ret_full != NULL)
    ++*ret_full;
  g_assert_cmpstr (said, ==, status == 507 ? "full" : "store");
  return FALSE;
}

/* The second half, with a disk that is full from call number @at on. */
static gboolean
send_second_half (TestScan *scan, guint at, guint *ret_full)
{
  gboolean taken;

  mc_fault_vfs (MC_FAULT_FULL, at);
  taken = was_taken (test_scan_patch_part (scan, HALF, SIZE), ret_full);
  mc_fault_vfs (MC_FAULT_NONE, 0);
  return taken;
}

static void
assert_goes_on (TestScan *scan)
{
  gint64 offset = test_scan_offset (scan);

  g_assert_cmpint (offset, >=, HALF);
  if (offset < SIZE)
    g_assert_true (was_taken (test_scan_patch_part (scan, (gsize)offset, SIZE), NULL));
}

static void
test_full_at_each (void)
{
  guint at = 1;
  guint full = 0;
  gboolean taken = FALSE;

  while (!taken)
    {
      g_auto (TestScan) scan = scan_new ();
      g_autoptr (TestReply) whole = NULL;

      g_assert_cmpuint (at, <, MANY);
      g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
      g_assert_true (was_taken (test_scan_patch_part (&scan, 0, HALF), NULL));
      taken = send_second_half (&scan, at, &full);
      assert_goes_on (&scan);
      whole = test_request (scan.server, scan.desk, "GET", scan.path, NULL, NULL);
      g_assert_cmpuint (whole->status, ==, 200);
      g_assert_true (g_bytes_equal (whole->body, scan.bytes));
      test_sound (scan.server->test);
      at++;
    }
  g_assert_cmpuint (full, >=, 5);
}

static void
test_no_room_to_announce (void)
{
  g_auto (TestScan) scan = scan_new ();

  mc_fault_vfs (MC_FAULT_FULL, 1);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 507);
  mc_fault_vfs (MC_FAULT_NONE, 0);
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  test_scan_upload (&scan);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/full/at-each", test_full_at_each);
  g_test_add_func ("/server/full/announce", test_no_room_to_announce);
  return g_test_run ();
}
