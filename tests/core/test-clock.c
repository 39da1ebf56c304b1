/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-clock.h"

static gint64
stopped (gpointer data)
{
  return *(gint64 *)data;
}

static void
test_asks_its_clock (void)
{
  gint64 now = 1230768000000;
  McClock clock = { stopped, stopped, &now };

  g_assert_cmpint (mc_clock_wall (&clock), ==, 1230768000000);
  now += 5;
  g_assert_cmpint (mc_clock_mono (&clock), ==, 1230768000005);
}

static void
test_system (void)
{
  gint64 before = mc_clock_mono (mc_clock_system ());

  g_assert_cmpint (mc_clock_wall (mc_clock_system ()), >, 0);
  g_assert_cmpint (mc_clock_mono (mc_clock_system ()), >=, before);
}

/* Whatever the wall clock does, stamps grow; a dead battery does not bring 2009 back. */
static void
test_stamp (void)
{
  static const struct
  {
    gint64 last, wall, next;
  } rows[] = {
    { 0, 1795219200000, 1795219200000000 },
    { 1795219200000000, 1795219200000, 1795219200000001 },
    { 1795219200000999, 1795219200000, 1795219200001000 },
    { 1795219200000000, 1230768000000, 1795219200000001 },
    { 1795219200000000, 1795219200001, 1795219200001000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 next = mc_stamp_next (rows[i].last, rows[i].wall);

      g_assert_cmpint (next, ==, rows[i].next);
      g_assert_cmpint (next, >, rows[i].last);
    }
  g_assert_cmpint (mc_stamp_ms (1795219200000999), ==, 1795219200000);
}

static void
test_build_date (void)
{
  g_autoptr (GDateTime) build = g_date_time_new_from_unix_utc (MC_BUILD_MS / 1000);
  g_autofree char *text = g_date_time_format (build, "%Y-%m-%dT%H:%M");

  g_assert_cmpstr (text, ==, "2026-11-21T00:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/asks-its-clock", test_asks_its_clock);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/stamp", test_stamp);
  g_test_add_func ("/clock/build-date", test_build_date);
  return g_test_run ();
}
