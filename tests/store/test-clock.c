/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"

/* 1 Jan 2009 00:00 UTC: a dead battery. */
#define YEAR_2009_MS (G_GINT64_CONSTANT (1230768000) * 1000)

static gboolean
receives (McTestOffice *office, GError **error)
{
  g_autoptr (json_t) reception =
      json_pack ("{s:s,s:{s:s}}", "procedure", "1.001193", "applicant", "name", "A");
  g_autoptr (McReceived) received = mc_desk_receive (office->desk, reception, error);

  return received != NULL;
}

static void
test_2009 (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  mc_test_sign_in (office, "an");
  office->clock->wall_ms = YEAR_2009_MS;
  g_assert_true (mc_desk_clock_doubt (office->desk));
  g_assert_false (receives (office, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_CLOCK);
  g_clear_error (&error);
  g_assert_false (mc_desk_confirm_date (office->desk, "2009-01-01", &error));
  g_clear_error (&error);
  g_assert_false (mc_desk_confirm_date (office->desk, "hôm nay", &error));
  g_clear_error (&error);
  g_assert_true (mc_desk_confirm_date (office->desk, "2026-11-23", &error));
  g_assert_no_error (error);
  g_assert_false (mc_desk_clock_doubt (office->desk));
  g_assert_true (receives (office, &error));
  g_free (mc_store_resolve (office->store, "H05.032.07-261123-0421001", &error));
  g_assert_no_error (error);
}

/* Behind the last op, though after the build: asked as well. What is printed never goes back. */
static void
test_behind_the_last_op (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  gint64 then;

  mc_test_sign_in (office, "an");
  mc_fake_clock_pass (office->clock, 3 * 24 * 3600 * G_GINT64_CONSTANT (1000));
  g_assert_true (receives (office, NULL));
  then = mc_store_now (office->store);
  office->clock->wall_ms -= 2 * 24 * 3600 * G_GINT64_CONSTANT (1000);
  g_assert_true (mc_desk_clock_doubt (office->desk));
  g_assert_cmpint (mc_store_now (office->store), >=, then);
}

/* A contact with the province corrects the clock without asking anybody. */
static void
test_offset (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "an");
  office->clock->wall_ms = YEAR_2009_MS;
  g_assert_true (mc_store_set_offset (office->store, MC_TEST_MS - YEAR_2009_MS, NULL));
  g_assert_false (mc_desk_clock_doubt (office->desk));
  g_assert_true (receives (office, NULL));
  g_assert_cmpint (mc_store_now (office->store), >=, MC_TEST_MS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/2009", test_2009);
  g_test_add_func ("/clock/behind-the-last-op", test_behind_the_last_op);
  g_test_add_func ("/clock/offset", test_offset);
  return g_test_run ();
}
