/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-number-words.h"

static const struct
{
  gint64 dong;
  const char *words;
} cases[] = {
  { 0, "Không đồng" },
  { 1, "Một đồng" },
  { 4, "Bốn đồng" },
  { 5, "Năm đồng" },
  { 10, "Mười đồng" },
  { 11, "Mười một đồng" },
  { 14, "Mười bốn đồng" },
  { 15, "Mười lăm đồng" },
  { 20, "Hai mươi đồng" },
  { 21, "Hai mươi mốt đồng" },
  { 24, "Hai mươi tư đồng" },
  { 25, "Hai mươi lăm đồng" },
  { 55, "Năm mươi lăm đồng" },
  { 91, "Chín mươi mốt đồng" },
  { 100, "Một trăm đồng" },
  { 101, "Một trăm linh một đồng" },
  { 104, "Một trăm linh bốn đồng" },
  { 105, "Một trăm linh năm đồng" },
  { 110, "Một trăm mười đồng" },
  { 115, "Một trăm mười lăm đồng" },
  { 555, "Năm trăm năm mươi lăm đồng" },
  { 1000, "Một nghìn đồng" },
  { 1001, "Một nghìn không trăm linh một đồng" },
  { 1010, "Một nghìn không trăm mười đồng" },
  { 8000, "Tám nghìn đồng" },
  { 10000, "Mười nghìn đồng" },
  { 15000, "Mười lăm nghìn đồng" },
  { 21000, "Hai mươi mốt nghìn đồng" },
  { 100000, "Một trăm nghìn đồng" },
  { 105500, "Một trăm linh năm nghìn năm trăm đồng" },
  { 1000000, "Một triệu đồng" },
  { 1000005, "Một triệu không trăm linh năm đồng" },
  { 1005000, "Một triệu không trăm linh năm nghìn đồng" },
  { 1500000, "Một triệu năm trăm nghìn đồng" },
  { 21000001, "Hai mươi mốt triệu không trăm linh một đồng" },
  { 1000000000, "Một tỷ đồng" },
  { 1000001000, "Một tỷ không trăm linh một nghìn đồng" },
  { 1000000001, "Một tỷ không trăm linh một đồng" },
  { 24015000005, "Hai mươi tư tỷ không trăm mười lăm triệu không trăm linh năm đồng" },
  { 1000000000000, "Một nghìn tỷ đồng" },
  { G_GINT64_CONSTANT (1000000000000000000), "Một tỷ tỷ đồng" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = mc_money_words (cases[i].dong);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-words/cases", test_cases);
  return g_test_run ();
}
