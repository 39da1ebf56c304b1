/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-person-check.h"

#define TODAY "2026-11-21"

static void
test_dob (void)
{
  static const struct
  {
    const char *dob;
    McDobDoubt doubt;
  } cases[] = {
    { NULL, MC_DOB_FINE },        { "2026-11-21", MC_DOB_FINE }, { "2026-11-22", MC_DOB_FUTURE },
    { "2026-11", MC_DOB_FINE },   { "2026-12", MC_DOB_FUTURE },  { "2026", MC_DOB_FINE },
    { "2027", MC_DOB_FUTURE },    { "1916", MC_DOB_FINE },       { "1915-12-31", MC_DOB_OLD },
    { "1850-01-01", MC_DOB_OLD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mc_dob_doubt (cases[i].dob, TODAY), ==, cases[i].doubt);
}

static void
test_phone (void)
{
  static const struct
  {
    const char *phone;
    McPhoneDoubt doubt;
  } cases[] = {
    { "", MC_PHONE_FINE },
    { "0912345678", MC_PHONE_FINE },
    { "0912 345 678", MC_PHONE_FINE },
    { "+84912345678", MC_PHONE_FINE },
    { "02438123456", MC_PHONE_FINE },
    { "091234567", MC_PHONE_LENGTH_ODD },
    { "09123456789", MC_PHONE_LENGTH_ODD },
    { "0243812345", MC_PHONE_LENGTH_ODD },
    { "01631234567", MC_PHONE_OLD },
    { "0412345678", MC_PHONE_PREFIX_ODD },
    { "1912345678", MC_PHONE_PREFIX_ODD },
    { "09123a5678", MC_PHONE_LENGTH_ODD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (mc_phone_doubt (cases[i].phone), ==, cases[i].doubt);
}

static void
test_email (void)
{
  static const char *const good[] = { "", "dinh@example.com", "a.b-c+d@x.gov.vn", NULL };
  static const char *const odd[] = { "dinh",      "@example.com", "dinh@example",
                                     "dinh@.com", "dinh@a.com.",  "a@b@c.vn",
                                     "a b@c.vn",  "đình@a.vn",    "a@b.vn,c@d.vn",
                                     NULL };

  for (guint i = 0; good[i] != NULL; i++)
    g_assert_false (mc_email_odd (good[i]));
  for (guint i = 0; odd[i] != NULL; i++)
    g_assert_true (mc_email_odd (odd[i]));
}

static void
test_name (void)
{
  g_assert_cmpint (mc_name_doubt ("Nguyễn Văn Đình"), ==, MC_NAME_FINE);
  g_assert_cmpint (mc_name_doubt ("H'Hen Niê"), ==, MC_NAME_FINE);
  g_assert_cmpint (mc_name_doubt (""), ==, MC_NAME_FINE);
  g_assert_cmpint (mc_name_doubt ("Đình"), ==, MC_NAME_ONE_WORD);
  g_assert_cmpint (mc_name_doubt ("Nguyễn Văn 1"), ==, MC_NAME_DIGIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person-check/dob", test_dob);
  g_test_add_func ("/person-check/phone", test_phone);
  g_test_add_func ("/person-check/email", test_email);
  g_test_add_func ("/person-check/name", test_name);
  return g_test_run ();
}
