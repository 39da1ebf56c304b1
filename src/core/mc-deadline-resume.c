/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A promise after its time stood still. */
#include "mc-deadline-private.h"

static GDateTime *
later (GDateTime *a, GDateTime *b)
{
  return g_date_time_ref (g_date_time_compare (a, b) >= 0 ? a : b);
}

static int
minute_of (GDateTime *time)
{
  return g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time);
}

/* Minutes of work on the day of @time, before it. */
static gint64
worked_before (const McCalendar *calendar, GDateTime *time)
{
  GDate date;

  mc_date_of (time, &date);
  return mc_calendar_works (calendar, &date)
             ? mc_hours_worked (mc_calendar_hours (calendar), minute_of (time))
             : 0;
}

gint64
mc_calendar_minutes (const McCalendar *calendar, GDateTime *from, GDateTime *to)
{
  gint64 minutes = worked_before (calendar, to) - worked_before (calendar, from);
  GDate date, last;

  if (g_date_time_compare (from, to) >= 0)
    return 0;
  mc_date_of (from, &date);
  mc_date_of (to, &last);
  for (; g_date_compare (&date, &last) < 0; g_date_add_days (&date, 1))
    if (mc_calendar_works (calendar, &date))
      minutes += mc_hours_day (mc_calendar_hours (calendar));
  return minutes;
}

void
mc_deadline_raw (const McCalendar *calendar,
                 const McTerm *term,
                 GDateTime *received,
                 GDate *ret_raw)
{
  mc_date_of (received, ret_raw);
  if (term->late_next_day)
    _mc_first_day (calendar, received, ret_raw);
  g_date_add_days (ret_raw, term->count);
}

/* "Trong ngày" is not promised for a day on which the dossier was completed too late. */
static GDateTime *
working_days (const McCalendar *calendar,
              const McTerm *term,
              GDateTime *due,
              GDateTime *stopped,
              GDateTime *resumed)
{
  int paused = mc_calendar_left (calendar, stopped, resumed);
  g_autoptr (GDateTime) moved = NULL;
  g_autoptr (GDateTime) earliest = NULL;
  GDate date;

  mc_date_of (due, &date);
  for (int i = 0; i < paused; i++)
    _mc_next_working_day (calendar, &date);
  moved = _mc_at_minute (&date, minute_of (due));
  if (term->unit != MC_UNIT_SAME_DAY)
    return g_steal_pointer (&moved);
  earliest = mc_deadline (calendar, term, resumed);
  return later (moved, earliest);
}

static GDateTime *
calendar_days (const McCalendar *calendar,
               GDateTime *due,
               GDate *raw,
               GDateTime *stopped,
               GDateTime *resumed)
{
  GDate from, to, date;

  mc_date_of (stopped, &from);
  mc_date_of (resumed, &to);
  if (!g_date_valid (raw))
    mc_date_of (due, raw);
  g_date_add_days (raw, (guint)g_date_days_between (&from, &to));
  date = *raw;
  _mc_to_working_day (calendar, &date);
  return _mc_at_minute (&date, minute_of (due));
}

/* Whoever was stopped on the last day has that day still before them. */
static GDateTime *
next_closing (const McCalendar *calendar, GDateTime *resumed, int minute)
{
  GDate date;

  mc_date_of (resumed, &date);
  if (!mc_calendar_works (calendar, &date) || minute_of (resumed) >= minute)
    _mc_next_working_day (calendar, &date);
  return _mc_at_minute (&date, minute);
}

GDateTime *
mc_deadline_resume (const McCalendar *calendar,
                    const McTerm *term,
                    GDateTime *due,
                    GDate *raw,
                    GDateTime *stopped,
                    GDateTime *resumed)
{
  g_autoptr (GDateTime) moved = NULL;
  GDate own;

  g_return_val_if_fail (term != NULL && due != NULL && stopped != NULL && resumed != NULL, NULL);

  g_date_clear (&own, 1);
  if (g_date_time_compare (stopped, resumed) >= 0)
    return g_date_time_ref (due);
  if (term->restarts)
    {
      if (raw != NULL)
        mc_deadline_raw (calendar, term, resumed, raw);
      moved = mc_deadline (calendar, term, resumed);
    }
  else if (term->unit == MC_UNIT_HOURS)
    moved = _mc_after_minutes (calendar, due, mc_calendar_minutes (calendar, stopped, resumed));
  else if (term->unit == MC_UNIT_DAYS)
    moved = calendar_days (calendar, due, raw ? raw : &own, stopped, resumed);
  else
    moved = working_days (calendar, term, due, stopped, resumed);
  if (g_date_time_compare (stopped, due) <= 0 && g_date_time_compare (moved, resumed) <= 0)
    return next_closing (calendar, resumed, minute_of (due));
  /* A calendar that was corrected since is no reason to promise less. */
  return later (moved, due);
}
