/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tus-js-client, which we did not write, against the real server: tests/node/x.mjs does
 * the talking. Where node or its packages are missing, every case fails.
 */
#include "test-scan.h"

#include <glib/gstdio.h>
#include <sodium.h>

#define MIDDLING (600 * 1000 + 1)
#define LARGE (5 * 1000 * 1000 + 3)

static void
set_environment (GSubprocessLauncher *launcher, TestScan *scan)
{
  char seed[crypto_sign_SEEDBYTES * 2 + 1];

  sodium_bin2hex (seed, sizeof seed, scan->desk->secret.bytes, crypto_sign_SEEDBYTES);
  g_subprocess_launcher_setenv (launcher, "MOTCUA_URL", scan->server->url, TRUE);
  g_subprocess_launcher_setenv (launcher, "MOTCUA_DEVICE", scan->desk->id, TRUE);
  g_subprocess_launcher_setenv (launcher, "MOTCUA_SEED", seed, TRUE);
}

/* Lets tus-js-client play the scenario with the scan; asserts that it ends well. */
static void
play (TestScan *scan, const char *scenario)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char *script =
      g_test_build_filename (G_TEST_DIST, "..", "node", "tus-client.mjs", NULL);
  g_autofree char *file = g_build_filename (scan->server->test->data, "scan", NULL);
  g_autofree char *said = NULL;
  g_autoptr (GSubprocess) node = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const char *bytes = g_bytes_get_data (scan->bytes, &size);

  g_assert_true (g_file_set_contents (file, bytes, (gssize)size, NULL));
  set_environment (launcher, scan);
  node = g_subprocess_launcher_spawn (launcher, &error, "node", script, scenario, file, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (node, NULL, NULL, &said, NULL, &error));
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (node))
    g_test_message ("%s", said);
  g_assert_true (g_subprocess_get_successful (node));
  g_unlink (file);
}

typedef struct
{
  const char *scenario;
  gsize size;
} Case;

static const Case cases[] = {
  { "plain", 1 },
  { "plain", LARGE },
  { "pieces", LARGE },
  { "cut", MIDDLING },
  { "checksum", MIDDLING },
  { "terminate", MIDDLING },
  { "wrong-offset", 100000 },
  { "known-already", MIDDLING },
  { "override", MIDDLING },
};

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_auto (TestScan) scan = test_scan_new (one->size);

  play (&scan, one->scenario);
  test_sound (scan.server->test);
}

static void
test_expired (void)
{
  g_auto (TestScan) scan = test_scan_new (MIDDLING);

  play (&scan, "half");
  test_run (scan.server->test, "UPDATE blob SET touched = touched - 8 * 24 * 3600 * 1000");
  play (&scan, "expired");
  test_sound (scan.server->test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/tus-node/%s/%" G_GSIZE_FORMAT,
                                               cases[i].scenario,
                                               cases[i].size);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/server/tus-node/expired", test_expired);
  return g_test_run ();
}
