/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-card.h"

static void
test_doubt (void)
{
  static const struct
  {
    const char *id, *dob, *sex;
    guint doubt;
  } rows[] = {
    { "001205123456", "2005-03-05", "male", MC_ID_FINE },
    { "079305123456", "2005", "female", MC_ID_FINE },
    { "096199000000", "1999-12-31", "female", MC_ID_FINE },
    { "001005123456", "1905-03", "male", MC_ID_FINE },
    { "001405123456", "2105-03", "male", MC_ID_FINE },
    { "001205123456", NULL, NULL, MC_ID_FINE },
    { "", "2005", "male", MC_ID_FINE },
    { NULL, "2005", "male", MC_ID_FINE },
    { "003205123456", "2005", "male", MC_ID_PLACE_ODD },
    { "097205123456", "2005", "male", MC_ID_PLACE_ODD },
    { "001205123456", "2005", "female", MC_ID_SEX_ODD },
    { "001305123456", "2005", "male", MC_ID_SEX_ODD },
    { "001205123456", "2006-01-01", "male", MC_ID_YEAR_ODD },
    { "001205123456", "1905", "male", MC_ID_YEAR_ODD },
    { "003305123456", "1905", "male", MC_ID_PLACE_ODD | MC_ID_SEX_ODD | MC_ID_YEAR_ODD },
    { "012345678", "2005", "male", MC_ID_LENGTH_ODD },
    { "0012051234567", "2005", "male", MC_ID_LENGTH_ODD },
    { "00120512345a", "2005", "male", MC_ID_LENGTH_ODD },
    { "001205123456", "2005", "khác", MC_ID_FINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].id);
      g_assert_cmpuint (mc_identity_doubt (rows[i].id, rows[i].dob, rows[i].sex),
                        ==,
                        rows[i].doubt);
    }
}

/* The numbers of before the mergers: 63 of a thousand. */
static void
test_places (void)
{
  guint known = 0;

  for (guint place = 0; place < 1000; place++)
    {
      g_autofree char *id = g_strdup_printf ("%03u205123456", place);

      known += mc_identity_doubt (id, NULL, NULL) == MC_ID_FINE;
    }
  g_assert_cmpuint (known, ==, 63);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/doubt", test_doubt);
  g_test_add_func ("/identity/places", test_places);
  return g_test_run ();
}
