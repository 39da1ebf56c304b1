/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-judge.h"

static void
test_round_trip (void)
{
  static const struct
  {
    const char *text;
    McVerdict worst;
  } rows[] = {
    { "\"applied\"", MC_VERDICT_APPLIED },
    { "\"refused:role\"", MC_VERDICT_REFUSED },
    { "\"refused:\"", MC_VERDICT_REFUSED },
    { "\"refused:\\\"\\t\"", MC_VERDICT_REFUSED },
    { "{\"contact\":\"merged\"}", MC_VERDICT_MERGED },
    { "{\"applicant\":\"merged\",\"contact\":\"merged\"}", MC_VERDICT_MERGED },
    { "{\"applicant\":\"applied\",\"contact\":\"merged\"}", MC_VERDICT_APPLIED },
    { "{\"applicant\":\"merged\",\"contact\":\"contested\"}", MC_VERDICT_CONTESTED },
    { "{\"applicant\":\"applied\",\"contact\":\"contested\"}", MC_VERDICT_CONTESTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McRuling) ruling = mc_ruling_parse (rows[i].text, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = mc_ruling_text (ruling);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpint (mc_ruling_worst (ruling), ==, rows[i].worst);
    }
}

static void
test_refused (void)
{
  static const char *const rows[] = { "",
                                      "null",
                                      "applied",
                                      "\"merged\"",
                                      "\"\"",
                                      "[]",
                                      "7",
                                      "{\"contact\":\"refused\"}",
                                      "{\"contact\":\"perhaps\"}",
                                      "{\"contact\":7}",
                                      "{\"missing\":[]}",
                                      "\"applied\" x" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (McRuling) ruling = mc_ruling_parse (rows[i], &error);

      g_test_message ("%s", rows[i]);
      g_assert_null (ruling);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static void
test_equal (void)
{
  g_autoptr (McRuling) one = mc_ruling_parse ("{\"a\":\"applied\",\"b\":\"merged\"}", NULL);
  g_autoptr (McRuling) turned = mc_ruling_parse ("{\"b\":\"merged\",\"a\":\"applied\"}", NULL);
  g_autoptr (McRuling) other = mc_ruling_parse ("{\"a\":\"merged\",\"b\":\"applied\"}", NULL);
  g_autoptr (McRuling) refused = mc_ruling_refuse ("role");
  g_autoptr (McRuling) otherwise = mc_ruling_refuse ("step");

  g_assert_true (mc_ruling_equal (one, turned));
  g_assert_false (mc_ruling_equal (one, other));
  g_assert_false (mc_ruling_equal (refused, otherwise));
}

static void
test_names (void)
{
  for (int i = MC_VERDICT_APPLIED; i <= MC_VERDICT_REFUSED; i++)
    {
      McVerdict verdict;

      g_assert_true (mc_verdict_parse (mc_verdict_name ((McVerdict)i), &verdict));
      g_assert_cmpint (verdict, ==, i);
    }
  g_assert_false (mc_verdict_parse ("x", &(McVerdict){ 0 }));
  g_assert_false (mc_verdict_parse (NULL, &(McVerdict){ 0 }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruling/round-trip", test_round_trip);
  g_test_add_func ("/ruling/refused", test_refused);
  g_test_add_func ("/ruling/equal", test_equal);
  g_test_add_func ("/ruling/names", test_names);
  return g_test_run ();
}
