/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lunar calendar from the Sun and the Moon, with no table of years: the new moon after Meeus,
 * "Astronomical Algorithms", chapter 49 (within 20 s), the Sun's longitude after chapter 25
 * (0.01°), terrestrial time after Espenak and Meeus. Lunations are numbered as Meeus does: 0 is the
 * new moon of 6 January 2000.
 */
#include "mc-lunar.h"

#include <math.h>

#define LUNATION 29.530588861
#define LUNATION_ZERO 2451550.09766
#define J2000 2451545.0
#define CENTURY 36525.0
/* Of what g_date_get_julian() counts, to the astronomers' day number. */
#define JDN_OF_DAY_ZERO 1721425
#define VIETNAM_DAYS (7.0 / 24.0)
#define WINTER_SOLSTICE_SECTOR 9

static double
sine (double degrees)
{
  return sin (degrees * (G_PI / 180.0));
}

/* Seconds by which the Earth's turning lags behind the time of the theories. */
static double
delta_t (double year)
{
  double t = year - 2000.0;

  if (year < 1920)
    {
      t = year - 1900.0;
      return -2.79 + t * (1.494119 + t * (-0.0598939 + t * (0.0061966 - t * 0.000197)));
    }
  if (year < 1941)
    {
      t = year - 1920.0;
      return 21.20 + t * (0.84493 + t * (-0.076100 + t * 0.0020936));
    }
  if (year < 1961)
    {
      t = year - 1950.0;
      return 29.07 + t * (0.407 + t * (-1.0 / 233.0 + t / 2547.0));
    }
  if (year < 1986)
    {
      t = year - 1975.0;
      return 45.45 + t * (1.067 + t * (-1.0 / 260.0 - t / 718.0));
    }
  if (year < 2005)
    return 63.86 +
           t * (0.3345 + t * (-0.060374 + t * (0.0017275 + t * (0.000651814 + t * 0.00002373599))));
  if (year < 2050)
    return 62.92 + t * (0.32217 + t * 0.005589);
  return -20.0 + 32.0 * pow ((year - 1820.0) / 100.0, 2) - 0.5628 * (2150.0 - year);
}

/* One term of the series: amplitude in days, and how often the anomalies of Sun and Moon and the
 * Moon's argument of latitude are in it. */
typedef struct
{
  double days;
  int sun, moon, latitude;
} Term;

static const Term terms[] = {
  { -0.40720, 0, 1, 0 }, { 0.17241, 1, 0, 0 },    { 0.01608, 0, 2, 0 },  { 0.01039, 0, 0, 2 },
  { 0.00739, -1, 1, 0 }, { -0.00514, 1, 1, 0 },   { 0.00208, 2, 0, 0 },  { -0.00111, 0, 1, -2 },
  { -0.00057, 0, 1, 2 }, { 0.00056, 1, 2, 0 },    { -0.00042, 0, 3, 0 }, { 0.00042, 1, 0, 2 },
  { 0.00038, 1, 0, -2 }, { -0.00024, -1, 2, 0 },  { -0.00007, 2, 1, 0 }, { 0.00004, 0, 2, -2 },
  { 0.00004, 3, 0, 0 },  { 0.00003, 1, 1, -2 },   { 0.00003, 0, 2, 2 },  { -0.00003, 1, 1, 2 },
  { 0.00003, -1, 1, 2 }, { -0.00002, -1, 1, -2 }, { -0.00002, 1, 3, 0 }, { 0.00002, 0, 4, 0 },
};

/* The planets' pull: amplitude in days, angle at lunation 0 and per lunation. */
static const struct
{
  double days, angle, step;
} planets[] = {
  { 0.000325, 299.77, 0.107408 },  { 0.000165, 251.88, 0.016321 }, { 0.000164, 251.83, 26.651886 },
  { 0.000126, 349.42, 36.412478 }, { 0.000110, 84.66, 18.206239 }, { 0.000062, 141.74, 53.303771 },
  { 0.000060, 207.14, 2.453732 },  { 0.000056, 154.84, 7.306860 }, { 0.000047, 34.52, 27.261239 },
  { 0.000042, 207.19, 0.121824 },  { 0.000040, 291.34, 1.844379 }, { 0.000037, 161.72, 24.198154 },
  { 0.000035, 239.56, 25.513099 }, { 0.000023, 331.55, 3.592518 },
};

/* The instant of new moon @k, as a Julian day of universal time. */
static double
new_moon (int k)
{
  double t = k / 1236.85;
  double e = 1.0 - t * (0.002516 + t * 0.0000074);
  double sun = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011);
  double moon =
      201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
  double latitude =
      160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
  double node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215);
  double jde = LUNATION_ZERO + LUNATION * k +
               t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073)) - 0.00017 * sine (node);

  for (guint i = 0; i < G_N_ELEMENTS (terms); i++)
    jde += terms[i].days * pow (e, ABS (terms[i].sun)) *
           sine (terms[i].sun * sun + terms[i].moon * moon + terms[i].latitude * latitude);
  for (guint i = 0; i < G_N_ELEMENTS (planets); i++)
    jde += planets[i].days * sine (planets[i].angle + planets[i].step * k);
  return jde - delta_t (2000.0 + k / 12.3685) / 86400.0;
}

/* The day in Viet Nam on which lunation @k begins, as an astronomers' day number. */
static int
first_day (int k)
{
  return (int)floor (new_moon (k) + 0.5 + VIETNAM_DAYS);
}

/* In which of the twelve parts of its way the Sun stands as day @jdn begins in Viet Nam: 0 from the
 * spring equinox on, a new one at each major term (trung khí). */
static int
sun_sector (int jdn)
{
  double jd = jdn - 0.5 - VIETNAM_DAYS;
  double t = (jd + delta_t (2000.0 + (jd - J2000) / 365.25) / 86400.0 - J2000) / CENTURY;
  double mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
  double anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
  double centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sine (anomaly) +
                  (0.019993 - t * 0.000101) * sine (2 * anomaly) + 0.000289 * sine (3 * anomaly);
  double longitude = mean + centre - 0.00569 - 0.00478 * sine (125.04 - 1934.136 * t);

  return (int)floor (longitude / 30.0 - 12.0 * floor (longitude / 360.0));
}

static int
day_number (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (int)g_date_get_julian (&date) + JDN_OF_DAY_ZERO;
}

/* The last lunation that began on @jdn or before. */
static int
lunation_at (int jdn)
{
  int k = (int)floor ((jdn - LUNATION_ZERO) / LUNATION);

  while (first_day (k + 1) <= jdn)
    k++;
  while (first_day (k) > jdn)
    k--;
  return k;
}

/* The lunation that holds the winter solstice of solar year @year: the eleventh month. */
static int
eleventh_month (int year)
{
  int k = lunation_at (day_number (year, 12, 31));

  return sun_sector (first_day (k)) >= WINTER_SOLSTICE_SECTOR ? k - 1 : k;
}

/* How many months after the eleventh the leap month is, or 0 where none is before @next. */
static int
leap_after (int eleventh, int next)
{
  if (next - eleventh < 13)
    return 0;
  for (int i = 1; i < 13; i++)
    if (sun_sector (first_day (eleventh + i)) == sun_sector (first_day (eleventh + i + 1)))
      return i;
  return 0;
}

gboolean
mc_lunar_of (const GDate *date, McLunar *ret_lunar)
{
  int year, jdn, k, eleventh, next, leap, months;

  g_return_val_if_fail (date != NULL && g_date_valid (date), FALSE);

  year = g_date_get_year (date);
  if (year < MC_LUNAR_FIRST_YEAR || year > MC_LUNAR_LAST_YEAR)
    return FALSE;
  jdn = (int)g_date_get_julian (date) + JDN_OF_DAY_ZERO;
  k = lunation_at (jdn);
  if (eleventh_month (year) > k)
    year--;
  eleventh = eleventh_month (year);
  next = eleventh_month (year + 1);
  leap = leap_after (eleventh, next);
  months = k - eleventh - (leap != 0 && k - eleventh >= leap ? 1 : 0);
  ret_lunar->day = jdn - first_day (k) + 1;
  ret_lunar->month = (months + 10) % 12 + 1;
  ret_lunar->leap = leap != 0 && k - eleventh == leap;
  ret_lunar->year = months < 2 ? year : year + 1;
  return TRUE;
}

gboolean
mc_lunar_date (const McLunar *lunar, GDate *ret_date)
{
  int months, eleventh, next, leap, k, first;

  g_return_val_if_fail (lunar != NULL, FALSE);

  if (lunar->year < MC_LUNAR_FIRST_YEAR || lunar->year > MC_LUNAR_LAST_YEAR || lunar->month < 1 ||
      lunar->month > 12 || lunar->day < 1)
    return FALSE;
  months = (lunar->month + 1) % 12;
  eleventh = eleventh_month (lunar->month < 11 ? lunar->year - 1 : lunar->year);
  next = eleventh_month (lunar->month < 11 ? lunar->year : lunar->year + 1);
  leap = leap_after (eleventh, next);
  if (lunar->leap && (leap == 0 || months != leap - 1))
    return FALSE;
  k = eleventh + months + (lunar->leap || (leap != 0 && months >= leap) ? 1 : 0);
  first = first_day (k);
  if (lunar->day > first_day (k + 1) - first)
    return FALSE;
  g_date_clear (ret_date, 1);
  g_date_set_julian (ret_date, (guint32)(first + lunar->day - 1 - JDN_OF_DAY_ZERO));
  return TRUE;
}
