/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-secret.h"

#include "mc-keys.h"
#include <string.h>

static void
test_matches (void)
{
  g_autofree char *verifier = mc_secret_verifier ("mật khẩu dài");
  g_autofree char *again = mc_secret_verifier ("mật khẩu dài");

  g_assert_true (g_str_has_prefix (verifier, "$argon2id$"));
  g_assert_null (strstr (verifier, "khẩu"));
  g_assert_cmpstr (verifier, !=, again);
  g_assert_true (mc_secret_matches (verifier, "mật khẩu dài"));
  g_assert_true (mc_secret_matches (again, "mật khẩu dài"));
  /* Another keyboard composes it otherwise: still the same secret. */
  g_assert_true (
      mc_secret_matches (verifier, "ma\xcc\xa3\xcc\x82t kh\xc3\xa2\xcc\x89u da\xcc\x80i"));
  g_assert_false (mc_secret_matches (verifier, "mat khau dai"));
  g_assert_false (mc_secret_matches (verifier, ""));
  g_assert_false (mc_secret_matches (verifier, NULL));
}

static void
test_no_verifier (void)
{
  static const char *const rows[] = { NULL,
                                      "",
                                      "x",
                                      "$argon2id$",
                                      "$argon2id$v=19$m=8192,t=1,p=1$AAAA$AAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (mc_secret_matches (rows[i], "135790"));
}

static void
test_acceptable (void)
{
  static const struct
  {
    const char *secret;
    gboolean good;
  } rows[] = {
    { "135790", TRUE },   { "02468135", TRUE }, { "000000", FALSE },  { "123456", FALSE },
    { "987654", FALSE },  { "13579", FALSE },   { "", FALSE },        { NULL, FALSE },
    { "mật khẩu", TRUE }, { "mậtkhẩ1", FALSE }, { "abcdefgh", TRUE }, { "        ", FALSE },
    { " 135790 ", TRUE }, { "a1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].secret);
      g_assert_cmpint (mc_secret_acceptable (rows[i].secret), ==, rows[i].good);
    }
}

static void
test_delay (void)
{
  gint64 before = 0;

  g_assert_cmpint (mc_secret_delay_ms (0), ==, 0);
  g_assert_cmpint (mc_secret_delay_ms (2), ==, 0);
  g_assert_cmpint (mc_secret_delay_ms (3), ==, 5000);
  for (guint fails = 0; fails < 100; fails++)
    {
      gint64 delay = mc_secret_delay_ms (fails);

      g_assert_cmpint (delay, >=, before);
      before = delay;
    }
  g_assert_cmpint (mc_secret_delay_ms (G_MAXUINT), ==, 15 * 60 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/secret/matches", test_matches);
  g_test_add_func ("/secret/no-verifier", test_no_verifier);
  g_test_add_func ("/secret/acceptable", test_acceptable);
  g_test_add_func ("/secret/delay", test_delay);
  return g_test_run ();
}
