/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-engine.h"

static const McBacklog nothing = { 0 };
static const McBacklog changes = { .ops = 3 };
static const McBacklog scans = { .blob_out = TRUE };
static const McBacklog both = { .ops = 3, .blob_out = TRUE };

static void
test_asks_first (void)
{
  g_autoptr (McEngine) engine = mc_engine_new (1);
  McCommand command = mc_engine_next (engine, 0, &nothing);

  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_NEVER);
  g_assert_cmpint (command.kind, ==, MC_COMMAND_SYNC);
  g_assert_cmpuint (command.wait_s, ==, 0);
  mc_engine_outcome (engine, 0, MC_OUTCOME_DONE, 0);
  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_DONE);
}

static McEngine *
synced (void)
{
  McEngine *engine = mc_engine_new (1);

  mc_engine_next (engine, 0, &nothing);
  mc_engine_outcome (engine, 0, MC_OUTCOME_DONE, 0);
  return engine;
}

static void
test_holds_when_idle (void)
{
  g_autoptr (McEngine) engine = synced ();
  McCommand command = mc_engine_next (engine, 1, &nothing);

  g_assert_cmpint (command.kind, ==, MC_COMMAND_SYNC);
  g_assert_cmpuint (command.wait_s, >, 0);
}

static void
test_changes_before_scans (void)
{
  g_autoptr (McEngine) engine = synced ();

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint (mc_engine_next (engine, 1, &both).kind, ==, MC_COMMAND_SYNC);
      mc_engine_outcome (engine, 1, MC_OUTCOME_DONE, 0);
    }
}

/* How many of @count commands move scans, of which each takes a second and each look @look_ms. */
static guint
scans_moved (gint64 look_ms, guint count)
{
  g_autoptr (McEngine) engine = synced ();
  gint64 now = 1;
  gint64 looked = 0;
  guint moved = 0;

  for (guint i = 0; i < count; i++)
    {
      McCommand command = mc_engine_next (engine, now, &scans);

      g_assert_true (command.kind == MC_COMMAND_SYNC || command.kind == MC_COMMAND_SEND_BLOB);
      g_assert_cmpuint (command.wait_s, ==, 0);
      now += command.kind == MC_COMMAND_SYNC ? look_ms : 1000;
      mc_engine_outcome (engine, now, MC_OUTCOME_DONE, 0);
      if (command.kind == MC_COMMAND_SYNC)
        looked = now;
      g_assert_cmpint (now - looked, <=, 16 * 1000);
      moved += command.kind == MC_COMMAND_SEND_BLOB;
    }
  return moved;
}

/* A slice of a scan, then a look at the changes; where looking is dear, several slices. */
static void
test_scans_take_turns (void)
{
  g_assert_cmpuint (scans_moved (10, 20), >=, 9);
  g_assert_cmpuint (scans_moved (10, 20), <=, 11);
  g_assert_cmpuint (scans_moved (1200, 120), >=, 105);
  g_assert_cmpuint (scans_moved (5000, 120), >=, 110);
}

/* One out, one in; what somebody waits for before all others, and changes before that. */
static void
test_ways_of_scans (void)
{
  static const McBacklog two_ways = { .blob_out = TRUE, .blob_in = TRUE };
  static const McBacklog wanted = { .blob_out = TRUE, .blob_in = TRUE, .blob_wanted = TRUE };
  static const McBacklog also = { .ops = 1, .blob_in = TRUE, .blob_wanted = TRUE };
  g_autoptr (McEngine) engine = synced ();
  guint in = 0;

  mc_engine_next (engine, 1, &nothing);
  mc_engine_outcome (engine, 1, MC_OUTCOME_DONE, 0);
  for (guint i = 0; i < 10; i++)
    in += mc_engine_next (engine, 1, &two_ways).kind == MC_COMMAND_FETCH_BLOB;
  g_assert_cmpuint (in, ==, 5);
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (mc_engine_next (engine, 1, &wanted).kind, ==, MC_COMMAND_FETCH_BLOB);
  g_assert_cmpint (mc_engine_next (engine, 1, &also).kind, ==, MC_COMMAND_SYNC);
}

/* With a scan that was put off the answer is held no longer than until it is tried again. */
static void
test_held_until_the_next_try (void)
{
  static const McBacklog later = { .blob_later_s = 3 };
  g_autoptr (McEngine) engine = synced ();

  g_assert_cmpuint (mc_engine_next (engine, 1, &later).wait_s, ==, 3);
}

static gint64
wait_after (McEngine *engine, gint64 now)
{
  McCommand command;

  mc_engine_next (engine, now, &changes);
  mc_engine_outcome (engine, now, MC_OUTCOME_FAILED, 0);
  command = mc_engine_next (engine, now, &changes);
  return command.kind == MC_COMMAND_WAIT ? command.until_ms - now : 0;
}

static void
test_backs_off (void)
{
  g_autoptr (McEngine) engine = mc_engine_new (7);
  gint64 now = 0;
  gint64 longest = 0;

  for (guint i = 0; i < 40; i++)
    {
      gint64 wait = wait_after (engine, now);

      g_assert_cmpint (wait, <=, 60 * 1000);
      g_assert_cmpint (wait, <=, (gint64)1000 << MIN (i, 20));
      longest = MAX (longest, wait);
      now += wait;
    }
  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_OFFLINE);
  g_assert_cmpint (longest, >, 30 * 1000);
  /* One page is no whole cycle: the next failure still waits long. */
  mc_engine_next (engine, now, &changes);
  mc_engine_outcome (engine, now, MC_OUTCOME_MORE, 0);
  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_DONE);
}

static void
test_same_seed_same_run (void)
{
  g_autoptr (McEngine) one = mc_engine_new (42);
  g_autoptr (McEngine) other = mc_engine_new (42);

  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (wait_after (one, i * 1000000), ==, wait_after (other, i * 1000000));
}

static void
test_retry_after (void)
{
  g_autoptr (McEngine) engine = synced ();
  McCommand command;

  mc_engine_next (engine, 0, &changes);
  mc_engine_outcome (engine, 0, MC_OUTCOME_BUSY, 30);
  command = mc_engine_next (engine, 0, &changes);
  g_assert_cmpint (command.kind, ==, MC_COMMAND_WAIT);
  g_assert_cmpint (command.until_ms, >=, 30 * 1000);
  g_assert_cmpint (command.until_ms, <, 31 * 1000);
  g_assert_cmpint (mc_engine_next (engine, 31 * 1000, &changes).kind, ==, MC_COMMAND_SYNC);
}

static void
test_halves (void)
{
  g_autoptr (McEngine) engine = synced ();
  guint before = mc_engine_next (engine, 0, &changes).max_ops;

  mc_engine_outcome (engine, 0, MC_OUTCOME_TOO_LARGE, 0);
  g_assert_cmpuint (mc_engine_next (engine, 0, &changes).max_ops, ==, before / 2);
  for (guint i = 0; i < 20; i++)
    {
      mc_engine_wake (engine, 0, TRUE);
      mc_engine_next (engine, 0, &changes);
      mc_engine_outcome (engine, 0, MC_OUTCOME_TOO_LARGE, 0);
    }
  mc_engine_wake (engine, 0, TRUE);
  g_assert_cmpuint (mc_engine_next (engine, 0, &changes).max_ops, ==, 1);
}

/* A time-out halves as a 413 does, the page that is asked for too; but the line may be dead, so the
 * engine waits. What the line has borne is not exceeded again before all is through. */
static void
test_slow (void)
{
  g_autoptr (McEngine) engine = synced ();
  McCommand command = mc_engine_next (engine, 0, &changes);
  guint ops = command.max_ops;
  guint entries = command.max_entries;

  mc_engine_outcome (engine, 0, MC_OUTCOME_SLOW, 0);
  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_OFFLINE);
  for (guint i = 0; i < 5; i++)
    {
      command = mc_engine_next (engine, 120 * 1000, &changes);
      g_assert_cmpuint (command.max_ops, ==, ops / 2);
      g_assert_cmpuint (command.max_entries, ==, entries / 2);
      mc_engine_outcome (engine, 120 * 1000, MC_OUTCOME_MORE, 0);
    }
  mc_engine_outcome (engine, 120 * 1000, MC_OUTCOME_DONE, 0);
  mc_engine_next (engine, 120 * 1000, &nothing);
  mc_engine_outcome (engine, 120 * 1000, MC_OUTCOME_DONE, 0);
  g_assert_cmpuint (mc_engine_next (engine, 120 * 1000, &changes).max_ops, ==, ops);
}

/* The longest of some waits after a failure that follows @failures failures and a success of kind
 * @outcome, with changes left or none. */
static gint64
longest_wait (guint failures, McOutcome outcome, const McBacklog *left)
{
  gint64 longest = 0;

  for (guint32 seed = 1; seed < 40; seed++)
    {
      g_autoptr (McEngine) engine = mc_engine_new (seed);
      gint64 now = 0;

      for (guint i = 0; i < failures; i++)
        now += wait_after (engine, now);
      mc_engine_next (engine, now, &changes);
      mc_engine_outcome (engine, now, outcome, 0);
      mc_engine_next (engine, now, left);
      longest = MAX (longest, wait_after (engine, now));
    }
  return longest;
}

/* Only a whole cycle is a good line. */
static void
test_forgets_failures (void)
{
  g_assert_cmpint (longest_wait (8, MC_OUTCOME_MORE, &changes), >, 10 * 1000);
  g_assert_cmpint (longest_wait (8, MC_OUTCOME_DONE, &changes), >, 10 * 1000);
  g_assert_cmpint (longest_wait (8, MC_OUTCOME_DONE, &nothing), <=, 2 * 1000);
}

/* A copy is taken in anew before anything else, and after a failure not at once. */
static void
test_copied (void)
{
  static const McBacklog copied = { .ops = 3, .blob_out = TRUE, .copied = TRUE };
  g_autoptr (McEngine) engine = synced ();

  g_assert_cmpint (mc_engine_next (engine, 0, &copied).kind, ==, MC_COMMAND_ENROL);
  mc_engine_outcome (engine, 0, MC_OUTCOME_BUSY, 30);
  g_assert_cmpint (mc_engine_next (engine, 0, &copied).kind, ==, MC_COMMAND_WAIT);
  g_assert_cmpint (mc_engine_next (engine, 40 * 1000, &copied).kind, ==, MC_COMMAND_ENROL);
  mc_engine_outcome (engine, 40 * 1000, MC_OUTCOME_DONE, 0);
  g_assert_cmpint (mc_engine_next (engine, 40 * 1000, &changes).kind, ==, MC_COMMAND_SYNC);
}

static void
test_wake (void)
{
  g_autoptr (McEngine) engine = mc_engine_new (3);

  for (guint i = 0; i < 12; i++)
    wait_after (engine, 0);
  /* A new change does not hammer a dead line; a cable that is back does end the wait. */
  mc_engine_wake (engine, 0, FALSE);
  g_assert_cmpint (mc_engine_next (engine, 0, &changes).kind, ==, MC_COMMAND_WAIT);
  mc_engine_wake (engine, 0, TRUE);
  g_assert_cmpint (mc_engine_next (engine, 0, &changes).kind, ==, MC_COMMAND_SYNC);
}

static void
test_denied (void)
{
  g_autoptr (McEngine) engine = synced ();

  mc_engine_next (engine, 0, &changes);
  mc_engine_outcome (engine, 0, MC_OUTCOME_DENIED, 0);
  g_assert_cmpint (mc_engine_state (engine), ==, MC_SYNC_SUSPENDED);
  g_assert_cmpint (mc_engine_next (engine, 0, &changes).kind, ==, MC_COMMAND_WAIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/asks-first", test_asks_first);
  g_test_add_func ("/engine/holds-when-idle", test_holds_when_idle);
  g_test_add_func ("/engine/changes-before-scans", test_changes_before_scans);
  g_test_add_func ("/engine/scans-take-turns", test_scans_take_turns);
  g_test_add_func ("/engine/ways-of-scans", test_ways_of_scans);
  g_test_add_func ("/engine/held-until-the-next-try", test_held_until_the_next_try);
  g_test_add_func ("/engine/backs-off", test_backs_off);
  g_test_add_func ("/engine/same-seed-same-run", test_same_seed_same_run);
  g_test_add_func ("/engine/retry-after", test_retry_after);
  g_test_add_func ("/engine/halves", test_halves);
  g_test_add_func ("/engine/slow", test_slow);
  g_test_add_func ("/engine/forgets-failures", test_forgets_failures);
  g_test_add_func ("/engine/copied", test_copied);
  g_test_add_func ("/engine/wake", test_wake);
  g_test_add_func ("/engine/denied", test_denied);
  return g_test_run ();
}
