/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-token.h"

static void
test_split (void)
{
  g_autoptr (GPtrArray) words = mc_token_split ("  Hòa-giải, ĐẤT…đai 80 ");
  g_autoptr (GPtrArray) other = mc_token_split ("hoà");
  g_autoptr (GPtrArray) apart = mc_token_split ("ho\xcc\x80"
                                                "a");
  g_autoptr (GPtrArray) none = mc_token_split (NULL);
  static const char *const folded[] = { "hoa", "giai", "dat", "dai", "80" };
  McToken *first = words->pdata[0];

  g_assert_cmpuint (words->len, ==, G_N_ELEMENTS (folded));
  for (guint i = 0; i < words->len; i++)
    g_assert_cmpstr (((McToken *)words->pdata[i])->folded, ==, folded[i]);
  /* Where the tone mark stands is a habit. */
  g_assert_cmpstr (first->marks, ==, ((McToken *)other->pdata[0])->marks);
  g_assert_cmpstr (first->marks, ==, ((McToken *)apart->pdata[0])->marks);
  g_assert_cmpstr (((McToken *)words->pdata[4])->marks, ==, "");
  g_assert_cmpstr (((McToken *)words->pdata[2])->marks, !=, ((McToken *)words->pdata[3])->marks);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_near (void)
{
  static const struct
  {
    const char *one, *other;
    gboolean near;
  } rows[] = {
    { "sinh", "sinh", TRUE },  { "shinh", "sinh", TRUE }, { "sih", "sinh", TRUE },
    { "simh", "sinh", TRUE },  { "snih", "sinh", TRUE },  { "sinhh", "sinh", TRUE },
    { "sin", "sinh", TRUE },   { "si", "sinh", FALSE },   { "thanh", "sinh", FALSE },
    { "hnis", "sinh", FALSE }, { "", "a", TRUE },         { "", "ab", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s %s", rows[i].one, rows[i].other);
      g_assert_cmpint (mc_token_near (rows[i].one, rows[i].other), ==, rows[i].near);
      g_assert_cmpint (mc_token_near (rows[i].other, rows[i].one), ==, rows[i].near);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/split", test_split);
  g_test_add_func ("/token/near", test_near);
  return g_test_run ();
}
