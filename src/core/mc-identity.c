/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-card.h"

#include <string.h>

/* The 63 codes of before the mergers: even numbers with gaps; a number never changes after one. */
static const guint8 places[] = {
  1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
  34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
  67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
};

G_STATIC_ASSERT (sizeof places == 63);

static gboolean
known_place (guint place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] == place)
      return TRUE;
  return FALSE;
}

McIdDoubt
mc_identity_doubt (const char *id, const char *dob, const char *sex)
{
  McIdDoubt doubt = MC_ID_FINE;
  guint place, century, year;

  if (id == NULL || *id == '\0')
    return MC_ID_FINE;
  if (strlen (id) != 12 || strspn (id, "0123456789") != 12)
    return MC_ID_LENGTH_ODD;

  place = (guint)(id[0] - '0') * 100 + (guint)(id[1] - '0') * 10 + (guint)(id[2] - '0');
  century = (guint)(id[3] - '0');
  year = 1900 + century / 2 * 100 + (guint)(id[4] - '0') * 10 + (guint)(id[5] - '0');
  if (!known_place (place))
    doubt |= MC_ID_PLACE_ODD;
  if (sex != NULL && (g_str_equal (sex, "male") || g_str_equal (sex, "female")) &&
      (century % 2 == 1) != g_str_equal (sex, "female"))
    doubt |= MC_ID_SEX_ODD;
  if (dob != NULL && strlen (dob) >= 4 && g_ascii_strtoull (dob, NULL, 10) != year)
    doubt |= MC_ID_YEAR_ODD;
  return doubt;
}
