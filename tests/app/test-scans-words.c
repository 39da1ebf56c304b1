/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-scans-words.h"

#define MB (G_GINT64_CONSTANT (1000) * 1000)

static McSyncReport
moving (gboolean out, gint64 done, gint64 size, gint64 speed, guint64 all)
{
  return (McSyncReport){
    .state = MC_SYNC_DONE,
    .blob_bytes = all,
    .scan = { .moving = TRUE, .out = out, .done = done, .size = size, .speed = speed },
  };
}

static void
check_moving (McSyncReport report, const char *expected)
{
  g_autofree char *words = mc_scans_moving_words (&report);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_moving (void)
{
  McSyncReport offline = moving (TRUE, 1, 2, 3, 4);
  McSyncReport still = moving (TRUE, 1, 2, 3, 4);

  check_moving (moving (TRUE, MB / 2, 2 * MB, 40000, 2 * MB),
                "Sending a file of 2 MB: 25 %, 40 kB a second");
  check_moving (moving (TRUE, 0, 2 * MB, 40000, 10 * MB),
                "Sending a file of 2 MB: 0 %, 40 kB a second, about 4 minutes more for all");
  check_moving (moving (TRUE, 0, 2 * MB, 3000, 40 * MB),
                "Sending a file of 2 MB: 0 %, 3 kB a second, about 3 hours more for all");
  check_moving (moving (TRUE, 0, 2 * MB, 0, 40 * MB), "Sending a file of 2 MB: 0 %, 0 kB a second");
  /* How long all that comes will take nobody knows: it is not counted. */
  check_moving (moving (FALSE, MB, 2 * MB, 3000, 40 * MB),
                "Fetching a file of 2 MB: 50 %, 3 kB a second");
  offline.state = MC_SYNC_OFFLINE;
  check_moving (offline, NULL);
  still.scan.moving = FALSE;
  check_moving (still, NULL);
}

static void
check_waiting (McSyncReport report, const char *expected)
{
  g_autofree char *words = mc_scans_waiting_words (&report);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_waiting (void)
{
  check_waiting ((McSyncReport){ .state = MC_SYNC_OFFLINE }, NULL);
  check_waiting ((McSyncReport){ .state = MC_SYNC_OFFLINE,
                                 .blobs_waiting = 3,
                                 .blob_bytes = 12 * MB },
                 "3 scanned files to send (12 MB).");
  /* The sync words say so already. */
  check_waiting ((McSyncReport){ .state = MC_SYNC_DONE, .blobs_waiting = 3, .blob_bytes = 1 },
                 NULL);
  check_waiting ((McSyncReport){ .state = MC_SYNC_DONE, .blobs_coming = 1 },
                 "1 scanned file of others to fetch; those of the dossier that you open come "
                 "first.");
  check_waiting ((McSyncReport){ .state = MC_SYNC_DONE, .blobs_coming = MC_COMING_MAX },
                 "More than 10.000 scanned files of others to fetch; those of the dossier that "
                 "you open come first.");
}

static void
test_held (void)
{
  g_assert_null (mc_scans_held_words (MC_SCANS_GO));
  for (McScansHeld held = MC_SCANS_PAUSED; held <= MC_SCANS_HOURS; held++)
    g_assert_nonnull (mc_scans_held_words (held));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scans-words/moving", test_moving);
  g_test_add_func ("/scans-words/waiting", test_waiting);
  g_test_add_func ("/scans-words/held", test_held);
  return g_test_run ();
}
