/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server needs for a scan does not grow with the scan. */
#include "test-scan.h"

#include <string.h>

#define SMALL (64 * 1024)
#define LARGE (48 * 1024 * 1024)
#define GROWTH_KB (4 * 1024)

static glong
peak_kb (TestServer *server)
{
  g_autofree char *path =
      g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (server->process));
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return strtol (line + strlen ("VmHWM:"), NULL, 10);
}

/* Up in one piece and in several, and down again. */
static glong
peak_with (gsize size)
{
  g_auto (TestScan) scan = test_scan_new (size);
  g_autoptr (TestReply) first = NULL;
  g_autoptr (TestReply) rest = NULL;
  g_autoptr (TestReply) whole = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, (gint64)size), ==, 201);
  first = test_scan_patch_part (&scan, 0, size / 2);
  g_assert_cmpuint (first->status, ==, 204);
  rest = test_scan_patch_part (&scan, size / 2, size);
  g_assert_cmpuint (rest->status, ==, 204);
  whole = test_request (scan.server, scan.desk, "GET", scan.path, NULL, NULL);
  g_assert_true (g_bytes_equal (whole->body, scan.bytes));
  return peak_kb (scan.server);
}

static void
test_flat (void)
{
  glong small = peak_with (SMALL);
  glong large = peak_with (LARGE);

  g_test_message ("%ld kB with 64 KiB, %ld kB with 48 MiB", small, large);
  g_assert_cmpint (large - small, <, GROWTH_KB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/memory/flat", test_flat);
  return g_test_run ();
}
