/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"

static gboolean
try_pin (McTestOffice *office, const char *login, const char *pin, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = mc_desk_sign_in (office->desk, login, pin, &error);

  if (!ok)
    g_assert_error (error, MC_ERROR, code);
  return ok;
}

static void
test_right_and_wrong (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  g_assert_false (try_pin (office, "an", "000000", MC_ERROR_SECRET));
  g_assert_false (try_pin (office, "nobody", MC_TEST_PIN, MC_ERROR_SECRET));
  g_assert_null (mc_desk_staff (office->desk));
  g_assert_true (try_pin (office, "an", MC_TEST_PIN, 0));
  g_assert_cmpstr (mc_desk_staff (office->desk)->name, ==, "Trần Văn An");
  mc_desk_sign_out (office->desk);
  g_assert_null (mc_desk_staff (office->desk));
  g_assert_false (mc_desk_resume (office->desk, NULL));
}

static void
reopen (McTestOffice *office)
{
  mc_desk_free (office->desk);
  mc_store_close (office->store);
  office->store = mc_store_open (office->folder, &office->clock->clock, office->key, NULL);
  office->desk = mc_desk_new (office->store);
}

/* The delay grows, is on the disk, and a clock set back or a restart is no way around it. */
static void
test_growing_delay (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  gint64 last = 0;

  for (guint i = 0; i < 8; i++)
    {
      gint64 wait = mc_desk_sign_in_wait_ms (office->desk, "an");

      g_assert_cmpint (wait, >=, last);
      last = wait;
      if (wait > 0)
        {
          g_assert_false (try_pin (office, "an", MC_TEST_PIN, MC_ERROR_DELAYED));
          reopen (office);
          g_assert_cmpint (mc_desk_sign_in_wait_ms (office->desk, "an"), ==, wait);
          office->clock->wall_ms -= 1000 * 1000;
          g_assert_cmpint (mc_desk_sign_in_wait_ms (office->desk, "an"), ==, wait);
          office->clock->wall_ms += 1000 * 1000;
          mc_fake_clock_pass (office->clock, wait);
        }
      g_assert_false (try_pin (office, "an", "135790", MC_ERROR_SECRET));
    }
  g_assert_cmpint (last, >, 30 * 1000);
  /* Somebody else is not held up. */
  g_assert_true (try_pin (office, "binh", MC_TEST_PIN, 0));
  mc_fake_clock_pass (office->clock, mc_desk_sign_in_wait_ms (office->desk, "an"));
  g_assert_true (try_pin (office, "an", MC_TEST_PIN, 0));
  g_assert_cmpint (mc_desk_sign_in_wait_ms (office->desk, "an"), ==, 0);
}

/* The window keeps nothing: who closes it is signed out for motcuactl too. */
static void
test_closed_is_signed_out (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  g_assert_true (try_pin (office, "an", MC_TEST_PIN, 0));
  reopen (office);
  g_assert_false (mc_desk_resume (office->desk, NULL));
}

static void
test_resume (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "chi");
  reopen (office);
  g_assert_null (mc_desk_staff (office->desk));
  g_assert_true (mc_desk_resume (office->desk, NULL));
  g_assert_cmpstr (mc_desk_staff (office->desk)->login, ==, "chi");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in/right-and-wrong", test_right_and_wrong);
  g_test_add_func ("/sign-in/growing-delay", test_growing_delay);
  g_test_add_func ("/sign-in/closed-is-signed-out", test_closed_is_signed_out);
  g_test_add_func ("/sign-in/resume", test_resume);
  return g_test_run ();
}
