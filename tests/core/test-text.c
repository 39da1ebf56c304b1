/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-text.h"

static void
test_clean (void)
{
  static const struct
  {
    const char *text, *clean;
  } rows[] = {
    { NULL, "" },
    { "", "" },
    { "  Nguyễn Văn Mẫu \n", "Nguyễn Văn Mẫu" },
    { "Nguye\xcc\x82\xcc\x83n", "Nguyễn" },
    { "Nguy\xc3\xaa\xcc\x83n", "Nguyễn" },
    { "hai\ndòng\tcột", "hai\ndòng\tcột" },
    { "chuông\a\x1b[31m", "chuông[31m" },
    { "a\x7f\xc2\x85", "a" },
    { "e\x01\xcc\x81", "é" },
    { "\xff\xfeK", "\xef\xbf\xbd\xef\xbf\xbdK" },
    { "a\r\n", "a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = mc_text_clean (rows[i].text);

      g_assert_cmpstr (clean, ==, rows[i].clean);
    }
}

/* Cleaning is done at the desk and checked at the province: twice must be once. */
static void
test_clean_twice (void)
{
  static const char *const pieces[] = { "e",    "\xcc\x82", "\xcc\x83", "\x01", " ",
                                        "\xff", "đ",        "\n",       "\xc3", "ệ" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      for (guint i = 0; i < 8; i++)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      once = mc_text_clean (text->str);
      twice = mc_text_clean (once);
      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_fold (void)
{
  static const struct
  {
    const char *text, *folded;
  } rows[] = {
    { "", "" },
    { "Đăng ký khai sinh", "dang ky khai sinh" },
    { "ĐĂNG KÝ KHAI SINH", "dang ky khai sinh" },
    { "Nguye\xcc\x82\xcc\x83n, Thị-Ước  (Mẫu)", "nguyen thi uoc mau" },
    { "1.004873", "1 004873" },
    { "…", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = mc_text_fold (rows[i].text);

      g_assert_cmpstr (folded, ==, rows[i].folded);
    }
}

static void
test_matches (void)
{
  static const struct
  {
    const char *text, *query;
    gboolean matches;
  } rows[] = {
    { "Đăng ký khai sinh", "", TRUE },
    { "Đăng ký khai sinh", "dang ky", TRUE },
    { "Đăng ký khai sinh", "Khai SI", TRUE },
    { "Đăng ký khai sinh", "sinh đăng", TRUE },
    { "Đăng ký khai sinh", "inh", FALSE },
    { "Đăng ký khai sinh", "khai tử", FALSE },
    { "", "x", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folded = mc_text_fold (rows[i].text);

      g_assert_cmpint (mc_text_matches (folded, rows[i].query), ==, rows[i].matches);
    }
}

static void
test_has_mark (void)
{
  g_assert_true (mc_text_has_mark ("Nguyễn"));
  g_assert_true (mc_text_has_mark ("e\xcc\x82"));
  g_assert_false (mc_text_has_mark ("NGUYEN VAN MAU"));
  g_assert_false (mc_text_has_mark (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/clean-twice", test_clean_twice);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/matches", test_matches);
  g_test_add_func ("/text/has-mark", test_has_mark);
  return g_test_run ();
}
