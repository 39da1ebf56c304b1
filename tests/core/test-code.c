/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-code.h"

static void
test_classify (void)
{
  static const struct
  {
    const char *code;
    McCodeShape shape;
  } rows[] = {
    { "000.00.06.H56-231027-0361", MC_CODE_2018 },
    { "000.19.27.H15-240229-12345", MC_CODE_2018 },
    { "H05.032.07-261121-0042", MC_CODE_2025 },
    { "H05.032.07-261121-0421042", MC_CODE_2025 },
    { "H05.032.07-261121-00421", MC_CODE_2025 },
    { "H05.032.07-261121-0421042123", MC_CODE_2025 },
    { "H05-261121-0042", MC_CODE_2025 },
    { "H05.032.07-261121-150042", MC_CODE_NATIONAL },
    { "H05.032.07-261121-042", MC_CODE_OTHER },
    { "H05.032.07-261121-04210421234", MC_CODE_OTHER },
    { "H05.032.07-261321-0042", MC_CODE_OTHER },
    { "H05.032.07-250229-0042", MC_CODE_OTHER },
    { "h05.032.07-261121-0042", MC_CODE_OTHER },
    { "H05.032.07-261121-0042\n", MC_CODE_OTHER },
    { " H05.032.07-261121-0042", MC_CODE_OTHER },
    { "000.00.06-231027-0361", MC_CODE_OTHER },
    { "G15.01-KQ003208", MC_CODE_OTHER },
    { "KQ.G15.000031", MC_CODE_OTHER },
    { "", MC_CODE_OTHER },
    { NULL, MC_CODE_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].code);
      g_assert_cmpint (mc_code_classify (rows[i].code), ==, rows[i].shape);
    }
}

static void
test_make (void)
{
  static const struct
  {
    int day, month, year;
    const char *slot;
    guint count;
    const char *code;
  } rows[] = {
    { 21, 11, 2026, "0421", 42, "H05.032.07-261121-0421042" },
    { 1, 1, 2030, "0000", 1, "H05.032.07-300101-0000001" },
    { 29, 2, 2028, "9999", 1000, "H05.032.07-280229-99991000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate date;
      g_autofree char *code = NULL;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date,
                      (GDateDay)rows[i].day,
                      (GDateMonth)rows[i].month,
                      (GDateYear)rows[i].year);
      code = mc_code_make ("H05.032.07", &date, rows[i].slot, rows[i].count);
      g_assert_cmpstr (code, ==, rows[i].code);
      g_assert_cmpint (mc_code_classify (code), ==, MC_CODE_2025);
    }
}

/* Never six digits, which are the national systems', whatever the count. */
static void
test_never_national (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 21, G_DATE_NOVEMBER, 2026);
  for (guint count = 1; count < 20000; count += 7)
    {
      g_autofree char *code = mc_code_make ("H05.032.07", &date, "1500", count);

      g_assert_cmpint (mc_code_classify (code), ==, MC_CODE_2025);
    }
}

static void
test_body (void)
{
  static const struct
  {
    const char *body;
    gboolean valid;
  } rows[] = {
    { "H05.032.07", TRUE },
    { "G15", TRUE },
    { "H05.032.07.001.002.003.004.0005", TRUE },
    { "H05.032.07.0001.0002.0003.0004.0005", TRUE },
    { "H05.032.07.0001.0002.0003.0004.00051", FALSE },
    { "05.032.07", FALSE },
    { "H05.", FALSE },
    { "H05.032.07\n", FALSE },
    { "H5", FALSE },
    { "h05", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].body);
      g_assert_cmpint (mc_body_code_valid (rows[i].body), ==, rows[i].valid);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code/classify", test_classify);
  g_test_add_func ("/code/make", test_make);
  g_test_add_func ("/code/never-national", test_never_national);
  g_test_add_func ("/code/body", test_body);
  return g_test_run ();
}
