/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-code.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text, *code;
    gboolean mended;
  } rows[] = {
    { "1.001193", "1.001193", FALSE },
    { "2.002409.H05", "2.002409.H05", FALSE },
    { "2.002.400", "2.002400", TRUE },
    { "2002638", "2.002638", TRUE },
    { " 1.001193 ", "1.001193", TRUE },
    { "1,001193", "1.001193", TRUE },
    { "2.0024", "2.002400", TRUE },
    { "1.00108", "1.001080", TRUE },
    { "1.1193", "1.001193", TRUE },
    { "1.14063", "1.014063", TRUE },
    { "1.115148", "1.115148", FALSE },
    { "2.002409.H5", NULL, FALSE },
    { "2.002409.H056", NULL, FALSE },
    { "12345678", NULL, FALSE },
    { "BTP-1.001193", NULL, FALSE },
    { "1.", NULL, FALSE },
    { "", NULL, FALSE },
    { NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean mended = FALSE;
      g_autofree char *code = mc_procedure_code_read (rows[i].text, &mended);

      g_test_message ("%s", rows[i].text != NULL ? rows[i].text : "nothing");
      g_assert_cmpstr (code, ==, rows[i].code);
      g_assert_cmpint (mended, ==, rows[i].mended);
    }
}

static void
test_parts (void)
{
  g_autofree char *national = mc_procedure_national ("2.002409.H05");
  g_autofree char *same = mc_procedure_national ("1.001193");
  g_autofree char *digits = mc_procedure_digits ("2.002409.H05");
  g_autofree char *none = mc_procedure_digits (NULL);

  g_assert_cmpstr (national, ==, "2.002409");
  g_assert_cmpstr (same, ==, "1.001193");
  g_assert_cmpstr (digits, ==, "2002409");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/procedure-code/read", test_read);
  g_test_add_func ("/procedure-code/parts", test_parts);
  return g_test_run ();
}
