/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-applicant.h"

static void
test_owner (void)
{
  g_autoptr (json_t) own = json_pack ("{s:s,s:s}", "name", "Đình", "id", "1");
  g_autoptr (json_t) proxy = json_pack ("{s:s,s:s,s:s,s:s,s:s}",
                                        "name",
                                        "Đình",
                                        "id",
                                        "1",
                                        "for",
                                        MC_FOR_PERSON,
                                        "for_name",
                                        "Số",
                                        "for_id",
                                        "2");
  g_autoptr (json_t) odd = json_pack ("{s:s,s:s}", "name", "Đình", "for", "somebody");

  g_assert_cmpstr (mc_applicant_owner_name (own), ==, "Đình");
  g_assert_cmpstr (mc_applicant_owner_name (proxy), ==, "Số");
  g_assert_cmpstr (mc_applicant_owner_name (odd), ==, "Đình");
  g_assert_cmpstr (mc_applicant_owner_id (proxy), ==, "2");
  g_assert_null (mc_applicant_for (own));
  g_assert_true (mc_applicant_is (own, "1", NULL, NULL));
  g_assert_false (mc_applicant_is (proxy, "1", NULL, NULL));
  g_assert_true (mc_applicant_is (proxy, "2", NULL, NULL));
}

static void
test_tax (void)
{
  static const struct
  {
    const char *code;
    McTaxDoubt doubt;
  } cases[] = {
    { NULL, MC_TAX_FINE },
    { "", MC_TAX_FINE },
    { "0100109106", MC_TAX_FINE },
    { "0100109106-001", MC_TAX_FINE },
    { "0100109107", MC_TAX_CHECK_ODD },
    { "010010910", MC_TAX_LENGTH_ODD },
    { "01001O9106", MC_TAX_LENGTH_ODD },
    { "001205123456", MC_TAX_FINE }, /* the personal number of a household's owner */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mc_tax_doubt (cases[i].code), ==, cases[i].doubt);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/applicant/owner", test_owner);
  g_test_add_func ("/applicant/tax-code", test_tax);
  return g_test_run ();
}
