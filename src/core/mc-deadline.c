/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-deadline-private.h"

/* A calendar without any working day would count for ever. */
#define SEARCH_DAYS_MAX 3660

static const char *const units[] = { "same_day", "hours", "days", "working_days" };

gboolean
mc_term_parse (const json_t *json, McTerm *ret_term)
{
  const char *unit = mc_json_string (json, "unit");
  gint64 count = mc_json_int (json, "count", -1);

  for (guint i = 0; unit != NULL && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (unit, units[i]) && count >= 0 && count <= 3650 && (count > 0 || i == 0))
      {
        ret_term->unit = (McTimeUnit)i;
        ret_term->count = (guint)count;
        ret_term->late_next_day = g_strcmp0 (mc_json_string (json, "late"), "next_day") == 0;
        ret_term->restarts = g_strcmp0 (mc_json_string (json, "supplement"), "restart") == 0;
        return TRUE;
      }
  return FALSE;
}

json_t *
mc_term_json (const McTerm *term)
{
  json_t *json = json_pack ("{s:s,s:i}", "unit", units[term->unit], "count", (int)term->count);

  if (term->late_next_day)
    json_object_set_new (json, "late", json_string ("next_day"));
  if (term->restarts)
    json_object_set_new (json, "supplement", json_string ("restart"));
  return json;
}

GDateTime *
_mc_at_minute (const GDate *date, int minute)
{
  return g_date_time_new (mc_vietnam (),
                          g_date_get_year (date),
                          (int)g_date_get_month (date),
                          g_date_get_day (date),
                          minute / 60,
                          minute % 60,
                          0);
}

void
_mc_to_working_day (const McCalendar *calendar, GDate *date)
{
  for (guint i = 0; i < SEARCH_DAYS_MAX && !mc_calendar_works (calendar, date); i++)
    g_date_add_days (date, 1);
}

void
_mc_next_working_day (const McCalendar *calendar, GDate *date)
{
  g_date_add_days (date, 1);
  _mc_to_working_day (calendar, date);
}

/* The day from which a term counts: a day off is none, nor is one on which it was received after
 * the limit; exactly 15:00:00 is not "sau 15 giờ". */
void
_mc_first_day (const McCalendar *calendar, GDateTime *received, GDate *date)
{
  int second = g_date_time_get_hour (received) * 3600 + g_date_time_get_minute (received) * 60 +
               g_date_time_get_second (received);

  if (!mc_calendar_works (calendar, date))
    _mc_to_working_day (calendar, date);
  else if (second > mc_calendar_hours (calendar)->same_day_limit * 60)
    _mc_next_working_day (calendar, date);
}

/* Hours are office hours: they stop at lunch and overnight. */
GDateTime *
_mc_after_minutes (const McCalendar *calendar, GDateTime *from, gint64 minutes)
{
  const McHours *hours = mc_calendar_hours (calendar);
  int minute = g_date_time_get_hour (from) * 60 + g_date_time_get_minute (from);
  gint64 left = minutes;
  GDate date;

  mc_date_of (from, &date);
  if (mc_calendar_works (calendar, &date))
    left += mc_hours_worked (hours, minute);
  else
    _mc_to_working_day (calendar, &date);
  while (left > mc_hours_day (hours))
    {
      left -= mc_hours_day (hours);
      _mc_next_working_day (calendar, &date);
    }
  return _mc_at_minute (&date, mc_hours_minute (hours, (int)left));
}

static GDateTime *
after_hours (const McCalendar *calendar, const McTerm *term, GDateTime *received, const GDate *date)
{
  g_autoptr (GDateTime) opening = _mc_at_minute (date, mc_calendar_hours (calendar)->open);
  GDateTime *from = g_date_time_compare (received, opening) > 0 ? received : opening;

  return _mc_after_minutes (calendar, from, (gint64)term->count * 60);
}

GDateTime *
mc_deadline (const McCalendar *calendar, const McTerm *term, GDateTime *received)
{
  int close = mc_calendar_hours (calendar)->close;
  GDate date;

  g_return_val_if_fail (term != NULL && received != NULL, NULL);

  mc_date_of (received, &date);
  if (term->unit == MC_UNIT_SAME_DAY || term->late_next_day)
    _mc_first_day (calendar, received, &date);
  switch (term->unit)
    {
    case MC_UNIT_SAME_DAY:
      break;
    case MC_UNIT_HOURS:
      return after_hours (calendar, term, received, &date);
    case MC_UNIT_DAYS:
      g_date_add_days (&date, term->count);
      _mc_to_working_day (calendar, &date);
      break;
    case MC_UNIT_WORKING_DAYS:
    default:
      for (guint i = 0; i < term->count; i++)
        _mc_next_working_day (calendar, &date);
    }
  return _mc_at_minute (&date, close);
}

int
mc_calendar_left (const McCalendar *calendar, GDateTime *now, GDateTime *due)
{
  GDate from, to;
  int sign = 1;
  int count = 0;

  mc_date_of (now, &from);
  mc_date_of (due, &to);
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
