/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-reception-date.h"
#include <string.h>

/* Nobody who comes to a counter was born before, and no paper is dated after. */
#define YEAR_MIN 1850
#define YEAR_MAX 2200
#define FIELDS_MAX 3

static char *
make (guint day, guint month, guint year)
{
  if (year < YEAR_MIN || year > YEAR_MAX || month > 12)
    return NULL;
  if (month == 0)
    return day == 0 ? g_strdup_printf ("%04u", year) : NULL;
  if (day == 0)
    return g_strdup_printf ("%04u-%02u", year, month);
  if (!g_date_valid_dmy ((GDateDay)MIN (day, 99), (GDateMonth)month, (GDateYear)year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

static guint
number (const char *digits, gsize length)
{
  guint value = 0;

  for (gsize i = 0; i < length; i++)
    value = value * 10 + (guint)(digits[i] - '0');
  return value;
}

static char *
parse_run (const char *digits)
{
  switch (strlen (digits))
    {
    case 4:
      return make (0, 0, number (digits, 4));
    case 6:
      return make (0, number (digits, 2), number (digits + 2, 4));
    case 8:
      return make (number (digits, 2), number (digits + 2, 2), number (digits + 4, 4));
    default:
      return NULL;
    }
}

char *
mc_reception_date_parse (const char *text)
{
  g_auto (GStrv) pieces = NULL;
  guint values[FIELDS_MAX] = { 0 };
  guint count = 0;

  g_return_val_if_fail (text != NULL, NULL);

  pieces = g_strsplit_set (text, "/-. ", -1);
  for (guint i = 0; pieces[i] != NULL; i++)
    {
      gsize length = strlen (pieces[i]);

      if (length == 0)
        continue;
      if (count == FIELDS_MAX || strspn (pieces[i], "0123456789") != length || length > 8)
        return NULL;
      if (count == 0 && pieces[i + 1] == NULL)
        return parse_run (pieces[i]);
      values[count++] = number (pieces[i], length);
    }
  if (count == 3)
    return make (values[0], values[1], values[2]);
  if (count == 2 && values[0] > 0)
    return make (0, values[0], values[1]);
  return NULL;
}
