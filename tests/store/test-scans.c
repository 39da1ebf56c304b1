/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a desk moves scans by itself, and which one comes first. */
#include "mc-scans.h"
#include "mc-store-private.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#define SMALL "1111111111111111111111111111111111111111111111111111111111111111"
#define LARGE "2222222222222222222222222222222222222222222222222222222222222222"
#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))

static void
test_rule (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McScansRule rule = mc_store_scans_rule (office->store);

  g_assert_false (rule.paused || rule.not_metered || rule.after_hours);
  g_assert_cmpint (mc_store_scans_held (office->store, TRUE), ==, MC_SCANS_GO);
  rule.not_metered = TRUE;
  g_assert_true (mc_store_set_scans_rule (office->store, &rule, NULL));
  g_assert_cmpint (mc_store_scans_held (office->store, TRUE), ==, MC_SCANS_METERED);
  g_assert_cmpint (mc_store_scans_held (office->store, FALSE), ==, MC_SCANS_GO);
  rule.paused = TRUE;
  g_assert_true (mc_store_set_scans_rule (office->store, &rule, NULL));
  g_assert_cmpint (mc_store_scans_held (office->store, FALSE), ==, MC_SCANS_PAUSED);
}

/* From MC_TEST_MS on, a Saturday, into Monday: held while the counter is open, free at lunch. */
static void
test_hours (void)
{
  static const struct
  {
    gint64 hours; /* after Saturday, 08:12 */
    McScansHeld held;
  } rows[] = { { 0, MC_SCANS_GO },
               { 48, MC_SCANS_HOURS },
               { 48 + 4, MC_SCANS_GO },
               { 48 + 6, MC_SCANS_HOURS },
               { 48 + 10, MC_SCANS_GO } };
  g_autoptr (McTestOffice) office = mc_test_office ();
  const McScansRule rule = { .after_hours = TRUE };
  gint64 passed = 0;

  g_assert_true (mc_store_set_scans_rule (office->store, &rule, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      mc_fake_clock_pass (office->clock, (rows[i].hours - passed) * HOUR_MS);
      passed = rows[i].hours;
      g_test_message ("%d hours later", (int)passed);
      g_assert_cmpint (mc_store_scans_held (office->store, FALSE), ==, rows[i].held);
    }
}

static void
assert_next (McStore *store, const char *sha256, gboolean wanted)
{
  McBlobJob *job = mc_store_blob_to_fetch (store);

  g_assert_cmpstr (job->sha256, ==, sha256);
  g_assert_true (job->wanted == wanted);
  mc_blob_job_free (job);
}

static void
test_wanted_first (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McStore *store = office->store;

  g_assert_true (mc_store_name_blob (store, SMALL, 10, NULL));
  g_assert_true (mc_store_name_blob (store, LARGE, 20, NULL));
  g_assert_cmpuint (mc_store_blobs_coming (store), ==, 2);
  assert_next (store, SMALL, FALSE);
  /* It failed a moment ago: somebody waits for it all the same. */
  mc_store_blob_put_off (store, LARGE, 60);
  mc_store_want_scan (store, LARGE);
  assert_next (store, LARGE, TRUE);
  mc_store_blob_put_off (store, LARGE, 60);
  assert_next (store, SMALL, FALSE);
  g_assert_cmpuint (mc_store_blob_next_try (store), ==, 60);
}

/* What the province has said lies in the database: a new start begins with it. */
static void
test_progress (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McStore *store = office->store;
  McBlobJob *job;

  g_assert_true (mc_store_hold_blob (store, LARGE, 20, NULL));
  g_assert_true (mc_store_blob_progress (store, LARGE, 7, "/files/1", NULL));
  job = mc_store_blob_to_send (store);
  g_assert_cmpint (job->done, ==, 7);
  g_assert_cmpstr (job->url, ==, "/files/1");
  mc_blob_job_free (job);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scans/rule", test_rule);
  g_test_add_func ("/scans/hours", test_hours);
  g_test_add_func ("/scans/wanted-first", test_wanted_first);
  g_test_add_func ("/scans/progress", test_progress);
  return g_test_run ();
}
