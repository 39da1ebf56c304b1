/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lunar calendar against what was printed (Tết and the leap months of past years, where Viet
 * Nam and China differ) and, every month of 1900-2100, against a second implementation by another
 * way: tests/vectors/lunar.txt, made by lunar.py.
 */
#include "mc-lunar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
read_day (const char *text, GDate *date)
{
  int year, month, day;

  g_assert_cmpint (sscanf (text, "%d-%d-%d", &year, &month, &day), ==, 3);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static void
check (const char *text, int year, int month, int day, gboolean leap)
{
  McLunar lunar = { year, month, day, leap };
  McLunar found;
  GDate date, back;

  read_day (text, &date);
  g_test_message ("%s is %d/%d%s/%d", text, day, month, leap ? "+" : "", year);
  g_assert_true (mc_lunar_of (&date, &found));
  g_assert_cmpint (found.year, ==, year);
  g_assert_cmpint (found.month, ==, month);
  g_assert_cmpint (found.day, ==, day);
  g_assert_cmpint (found.leap, ==, leap);
  g_assert_true (mc_lunar_date (&lunar, &back));
  g_assert_cmpint (g_date_compare (&date, &back), ==, 0);
}

/* Tết as it was kept, and as the table of the domain says; 10/3 is Giỗ Tổ Hùng Vương. */
static void
test_known (void)
{
  static const struct
  {
    const char *date;
    int year, month, day;
  } rows[] = {
    { "1968-01-29", 1968, 1, 1 },   { "1969-02-16", 1969, 1, 1 },   { "1975-02-11", 1975, 1, 1 },
    { "1984-02-02", 1984, 1, 1 },   { "1985-01-21", 1985, 1, 1 },   { "1986-02-09", 1986, 1, 1 },
    { "1987-01-29", 1987, 1, 1 },   { "2000-02-05", 2000, 1, 1 },   { "2005-02-09", 2005, 1, 1 },
    { "2007-02-17", 2007, 1, 1 },   { "2010-02-14", 2010, 1, 1 },   { "2015-02-19", 2015, 1, 1 },
    { "2016-02-08", 2016, 1, 1 },   { "2017-01-28", 2017, 1, 1 },   { "2018-02-16", 2018, 1, 1 },
    { "2019-02-05", 2019, 1, 1 },   { "2020-01-25", 2020, 1, 1 },   { "2021-02-12", 2021, 1, 1 },
    { "2022-02-01", 2022, 1, 1 },   { "2023-01-22", 2023, 1, 1 },   { "2024-02-10", 2024, 1, 1 },
    { "2025-01-29", 2025, 1, 1 },   { "2026-02-17", 2026, 1, 1 },   { "2027-02-06", 2027, 1, 1 },
    { "2028-01-26", 2028, 1, 1 },   { "2029-02-13", 2029, 1, 1 },   { "2030-02-02", 2030, 1, 1 },
    { "2031-01-23", 2031, 1, 1 },   { "2032-02-11", 2032, 1, 1 },   { "2033-01-31", 2033, 1, 1 },
    { "2034-02-19", 2034, 1, 1 },   { "2035-02-08", 2035, 1, 1 },   { "2053-02-18", 2053, 1, 1 },
    { "2025-04-07", 2025, 3, 10 },  { "2026-04-26", 2026, 3, 10 },  { "2027-04-16", 2027, 3, 10 },
    { "2028-04-04", 2028, 3, 10 },  { "2029-04-23", 2029, 3, 10 },  { "2030-04-12", 2030, 3, 10 },
    { "2031-04-01", 2031, 3, 10 },  { "2032-04-19", 2032, 3, 10 },  { "2033-04-09", 2033, 3, 10 },
    { "2034-04-28", 2034, 3, 10 },  { "2035-04-17", 2035, 3, 10 },  { "2026-02-16", 2025, 12, 29 },
    { "2025-01-28", 2024, 12, 29 }, { "2024-02-09", 2023, 12, 30 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check (rows[i].date, rows[i].year, rows[i].month, rows[i].day, FALSE);
}

/* The leap months of printed calendars, with no other one between them. 1985 is Viet Nam's own. */
static void
test_leap_months (void)
{
  static const int rows[][2] = {
    { 1968, 7 }, { 1971, 5 }, { 1974, 4 }, { 1976, 8 },  { 1979, 6 }, { 1982, 4 }, { 1985, 2 },
    { 1987, 7 }, { 1990, 5 }, { 1993, 3 }, { 1995, 8 },  { 1998, 5 }, { 2001, 4 }, { 2004, 2 },
    { 2006, 7 }, { 2009, 5 }, { 2012, 4 }, { 2014, 9 },  { 2017, 6 }, { 2020, 4 }, { 2023, 2 },
    { 2025, 6 }, { 2028, 5 }, { 2031, 3 }, { 2033, 11 }, { 2036, 6 },
  };
  guint place = 0;

  for (int year = 1968; year <= 2036; year++)
    for (int month = 1; month <= 12; month++)
      {
        McLunar lunar = { year, month, 1, TRUE };
        gboolean leap =
            place < G_N_ELEMENTS (rows) && rows[place][0] == year && rows[place][1] == month;
        GDate date;

        g_test_message ("%d/%d", month, year);
        g_assert_cmpint (mc_lunar_date (&lunar, &date), ==, leap);
        place += leap ? 1 : 0;
      }
  g_assert_cmpuint (place, ==, G_N_ELEMENTS (rows));
}

/* One line of the second implementation: a month's first day. Where the new moon is within seconds
 * of midnight, it may be the day beside. */
static gboolean
agrees (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean doubtful = g_str_has_suffix (line, "~");
  GDate date;

  read_day (words[0], &date);
  for (int off = doubtful ? -1 : 0; off <= (doubtful ? 1 : 0); off++)
    {
      GDate day = date;
      McLunar lunar;

      g_date_set_julian (&day, g_date_get_julian (&date) + (guint32)off);
      if (mc_lunar_of (&day, &lunar) && lunar.day == 1 && lunar.year == atoi (words[1]) &&
          lunar.month == atoi (words[2]) && lunar.leap == (strchr (words[2], '+') != NULL))
        return TRUE;
    }
  return FALSE;
}

static void
test_every_month (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "tests", "vectors", "lunar.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint months = 0;
  guint doubtful = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      g_test_message ("%s", lines[i]);
      g_assert_true (agrees (lines[i]));
      months++;
      doubtful += g_str_has_suffix (lines[i], "~") ? 1 : 0;
    }
  g_assert_cmpuint (months, ==, 2487);
  g_assert_cmpuint (doubtful, <=, 5);
}

/* Every day of forty years there and back; a month's days follow each other. */
static void
test_every_day (void)
{
  McLunar before = { 0 };
  GDate date, last;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1996);
  g_date_clear (&last, 1);
  g_date_set_dmy (&last, 31, 12, 2035);
  for (; g_date_compare (&date, &last) <= 0; g_date_add_days (&date, 1))
    {
      McLunar lunar;
      GDate back;

      g_assert_true (mc_lunar_of (&date, &lunar));
      g_assert_true (before.day == 0 || lunar.day == before.day + 1 ||
                     (lunar.day == 1 && before.day >= 29 && before.day <= 30));
      before = lunar;
      g_assert_true (mc_lunar_date (&lunar, &back));
      g_assert_cmpint (g_date_compare (&date, &back), ==, 0);
    }
}

static void
test_no_such_day (void)
{
  static const McLunar rows[] = {
    { 2025, 5, 1, TRUE },  { 2026, 6, 1, TRUE },  { 2025, 13, 1, FALSE },
    { 2025, 0, 1, FALSE }, { 2025, 1, 0, FALSE }, { 2025, 1, 31, FALSE },
    { 1899, 1, 1, FALSE }, { 2101, 1, 1, FALSE }, { 2024, 12, 30, FALSE },
  };
  GDate date;
  McLunar lunar;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (mc_lunar_date (&rows[i], &date));
  read_day ("1899-12-31", &date);
  g_assert_false (mc_lunar_of (&date, &lunar));
  read_day ("2101-01-01", &date);
  g_assert_false (mc_lunar_of (&date, &lunar));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lunar/known", test_known);
  g_test_add_func ("/lunar/leap-months", test_leap_months);
  g_test_add_func ("/lunar/every-month", test_every_month);
  g_test_add_func ("/lunar/every-day", test_every_day);
  g_test_add_func ("/lunar/no-such-day", test_no_such_day);
  return g_test_run ();
}
