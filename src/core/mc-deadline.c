/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"

/* Office hours (domain §5.4): 07:00-11:30 and 13:30-17:00; "sau 15 giờ" is after 15:00:00. */
#define OPEN_MINUTE (7 * 60)
#define LUNCH_MINUTE (11 * 60 + 30)
#define BACK_MINUTE (13 * 60 + 30)
#define CLOSE_MINUTE (17 * 60)
#define SAME_DAY_SECOND (15 * 3600)

/* A calendar without any working day would count for ever. */
#define SEARCH_DAYS_MAX 3660

gboolean
mc_term_parse (const json_t *json, McTerm *ret_term)
{
  static const char *const units[] = { "same_day", "hours", "days", "working_days" };
  const char *unit = mc_json_string (json, "unit");
  gint64 count = mc_json_int (json, "count", -1);

  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i]) && count >= 0 && count <= 3650 && (count > 0 || i == 0))
      {
        ret_term->unit = (McTimeUnit)i;
        ret_term->count = (guint)count;
        return TRUE;
      }
  return FALSE;
}

static void
date_of (GDateTime *time, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date,
                  (GDateDay)g_date_time_get_day_of_month (time),
                  (GDateMonth)g_date_time_get_month (time),
                  (GDateYear)g_date_time_get_year (time));
}

static GDateTime *
at_minute (const GDate *date, int minute)
{
  return g_date_time_new (mc_vietnam (),
                          g_date_get_year (date),
                          (int)g_date_get_month (date),
                          g_date_get_day (date),
                          minute / 60,
                          minute % 60,
                          0);
}

static void
to_working_day (const McCalendar *calendar, GDate *date)
{
  for (guint i = 0; i < SEARCH_DAYS_MAX && !mc_calendar_works (calendar, date); i++)
    g_date_add_days (date, 1);
}

static void
next_working_day (const McCalendar *calendar, GDate *date)
{
  g_date_add_days (date, 1);
  to_working_day (calendar, date);
}

/* "Trong ngày": a day off or after 15:00:00 is the next working day. */
static GDateTime *
same_day (const McCalendar *calendar, GDateTime *received, GDate *date)
{
  int second = g_date_time_get_hour (received) * 3600 + g_date_time_get_minute (received) * 60 +
               g_date_time_get_second (received);

  if (!mc_calendar_works (calendar, date))
    to_working_day (calendar, date);
  else if (second > SAME_DAY_SECOND)
    next_working_day (calendar, date);
  return at_minute (date, CLOSE_MINUTE);
}

/* The first minute at or after @minute when the office works; CLOSE_MINUTE where the day is over.
 */
static int
office_minute (int minute)
{
  if (minute < OPEN_MINUTE)
    return OPEN_MINUTE;
  if (minute >= LUNCH_MINUTE && minute < BACK_MINUTE)
    return BACK_MINUTE;
  return MIN (minute, CLOSE_MINUTE);
}

/* Hours are office hours: they stop at lunch and overnight. */
static GDateTime *
hours (const McCalendar *calendar, GDateTime *received, GDate *date, guint count)
{
  int minute =
      office_minute (g_date_time_get_hour (received) * 60 + g_date_time_get_minute (received));
  int left = (int)count * 60;

  if (!mc_calendar_works (calendar, date))
    {
      to_working_day (calendar, date);
      minute = OPEN_MINUTE;
    }
  for (;;)
    {
      int end = minute < LUNCH_MINUTE ? LUNCH_MINUTE : CLOSE_MINUTE;
      int run = MIN (left, end - minute);

      minute += run;
      left -= run;
      if (left == 0)
        return at_minute (date, minute);
      minute = office_minute (minute);
      if (minute >= CLOSE_MINUTE)
        {
          next_working_day (calendar, date);
          minute = OPEN_MINUTE;
        }
    }
}

GDateTime *
mc_deadline (const McCalendar *calendar, const McTerm *term, GDateTime *received)
{
  GDate date;

  g_return_val_if_fail (calendar != NULL && term != NULL && received != NULL, NULL);

  date_of (received, &date);
  switch (term->unit)
    {
    case MC_UNIT_SAME_DAY:
      return same_day (calendar, received, &date);
    case MC_UNIT_HOURS:
      return hours (calendar, received, &date, term->count);
    case MC_UNIT_DAYS:
      g_date_add_days (&date, term->count);
      to_working_day (calendar, &date);
      return at_minute (&date, CLOSE_MINUTE);
    case MC_UNIT_WORKING_DAYS:
    default:
      for (guint i = 0; i < term->count; i++)
        next_working_day (calendar, &date);
      return at_minute (&date, CLOSE_MINUTE);
    }
}

int
mc_calendar_left (const McCalendar *calendar, GDateTime *now, GDateTime *due)
{
  GDate from, to;
  int sign = 1;
  int count = 0;

  date_of (now, &from);
  date_of (due, &to);
  if (g_date_compare (&from, &to) > 0)
    {
      GDate swap = from;

      from = to;
      to = swap;
      sign = -1;
    }
  while (g_date_compare (&from, &to) < 0 && count < SEARCH_DAYS_MAX)
    {
      g_date_add_days (&from, 1);
      count += mc_calendar_works (calendar, &from) ? 1 : 0;
    }
  return sign * count;
}
