/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reception-date.h"

static void
test_dates (void)
{
  static const struct
  {
    const char *typed;
    const char *iso;
  } rows[] = {
    { "5/3/2005", "2005-03-05" },
    { "05/03/2005", "2005-03-05" },
    { "05032005", "2005-03-05" },
    { "5-3-2005", "2005-03-05" },
    { "5.3.2005", "2005-03-05" },
    { " 5 3 2005 ", "2005-03-05" },
    { "29/2/2024", "2024-02-29" },
    { "3/2005", "2005-03" },
    { "032005", "2005-03" },
    { "00/03/2005", "2005-03" },
    { "2005", "2005" },
    { "00/00/2005", "2005" },
    { "00002005", "2005" },
    { "29/2/2023", NULL },
    { "31/4/2005", NULL },
    { "5/13/2005", NULL },
    { "0/2005", NULL },
    { "5/0/2005", NULL },
    { "32/1/2005", NULL },
    { "300/1/2005", NULL },
    { "5/3/05", NULL },
    { "5/3", NULL },
    { "5/3/2005/1", NULL },
    { "1005", NULL },
    { "20055", NULL },
    { "2005a", NULL },
    { "99999999999999999999", NULL },
    { "///", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *iso = mc_reception_date_parse (rows[i].typed);

      g_test_message ("%s", rows[i].typed);
      g_assert_cmpstr (iso, ==, rows[i].iso);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reception-date/parse", test_dates);
  return g_test_run ();
}
