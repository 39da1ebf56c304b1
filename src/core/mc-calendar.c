/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"

#include "mc-error.h"
#include <stdio.h>

struct _McCalendar
{
  gint ref_count;
  char *version;
  char *office; /* (nullable): whose hours and days of its own hold */
  json_t *json;
  GPtrArray *days;  /* McDay that hold here */
  GHashTable *said; /* Julian day → McDay, of those that count */
  GPtrArray *rules; /* McHolidayRule */
  int last_year;    /* of the table; after it the rules hold */
  McHours hours;
  GMutex lock;       /* guards years, in which threads look at once */
  GHashTable *years; /* year → GPtrArray of McDay */
};

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "calendar: %s", what);
  return FALSE;
}

/* A day of the nation or the province holds everywhere, one of an office only there. */
static gboolean
holds_at (const json_t *day, const char *office)
{
  const char *scope = mc_json_string (day, "scope");

  return scope == NULL || g_str_equal (scope, "nation") || g_str_equal (scope, "province") ||
         g_strcmp0 (scope, office) == 0;
}

static gboolean
read_days (McCalendar *calendar, gboolean supposed, GError **error)
{
  json_t *days = json_object_get (calendar->json, "days");

  for (size_t i = 0; i < json_array_size (days); i++)
    {
      json_t *json = json_array_get (days, i);
      McDay *day = mc_day_parse (json);

      if (day == NULL)
        {
          g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "calendar: day %zu is wrong", i + 1);
          return FALSE;
        }
      calendar->last_year = MAX (calendar->last_year, g_date_get_year (&day->date));
      if (!holds_at (json, calendar->office))
        {
          mc_day_free (day);
          continue;
        }
      g_ptr_array_add (calendar->days, day);
      if (day->confirmed || supposed)
        g_hash_table_insert (calendar->said,
                             GUINT_TO_POINTER (g_date_get_julian (&day->date)),
                             day);
    }
  return TRUE;
}

static gboolean
read_rules (McCalendar *calendar, GError **error)
{
  json_t *rules = json_object_get (calendar->json, "rules");

  for (size_t i = 0; i < json_array_size (rules); i++)
    {
      McHolidayRule *rule = mc_holiday_rule_parse (json_array_get (rules, i));

      if (rule == NULL)
        return fail (error, "a rule is wrong");
      g_ptr_array_add (calendar->rules, rule);
    }
  return TRUE;
}

static McCalendar *
parse (json_t *json, const char *office, gboolean supposed, GError **error)
{
  g_autoptr (McCalendar) calendar = g_new0 (McCalendar, 1);
  json_t *offices = json_object_get (json, "offices");

  calendar->ref_count = 1;
  g_mutex_init (&calendar->lock);
  calendar->json = json_incref (json);
  calendar->version = g_strdup (mc_json_string (json, "version"));
  calendar->office = g_strdup (office);
  calendar->days = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_day_free);
  calendar->said = g_hash_table_new (NULL, NULL);
  calendar->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_holiday_rule_free);
  calendar->years = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  calendar->hours = mc_hours_default ();
  if (calendar->version == NULL || !json_is_array (json_object_get (json, "days")))
    fail (error, "version or days missing");
  else if (!mc_hours_parse (json_object_get (json, "hours"), &calendar->hours) ||
           (office != NULL &&
            !mc_hours_parse (json_object_get (offices, office), &calendar->hours)))
    fail (error, "hours are wrong");
  else if (read_days (calendar, supposed, error) && read_rules (calendar, error))
    return g_steal_pointer (&calendar);
  return NULL;
}

McCalendar *
mc_calendar_parse (json_t *json, GError **error)
{
  return parse (json, NULL, FALSE, error);
}

McCalendar *
mc_calendar_parse_at (json_t *json, const char *office, GError **error)
{
  return parse (json, office, FALSE, error);
}

McCalendar *
mc_calendar_suppose (const McCalendar *calendar)
{
  return parse (calendar->json, calendar->office, TRUE, NULL);
}

McCalendar *
mc_calendar_ref (McCalendar *calendar)
{
  g_atomic_int_inc (&calendar->ref_count);
  return calendar;
}

void
mc_calendar_free (McCalendar *calendar)
{
  if (calendar == NULL || !g_atomic_int_dec_and_test (&calendar->ref_count))
    return;
  g_free (calendar->version);
  g_free (calendar->office);
  json_decref (calendar->json);
  g_clear_pointer (&calendar->said, g_hash_table_unref);
  g_clear_pointer (&calendar->days, g_ptr_array_unref);
  g_clear_pointer (&calendar->rules, g_ptr_array_unref);
  g_clear_pointer (&calendar->years, g_hash_table_unref);
  g_mutex_clear (&calendar->lock);
  g_free (calendar);
}

const char *
mc_calendar_version (const McCalendar *calendar)
{
  return calendar->version;
}

const McHours *
mc_calendar_hours (const McCalendar *calendar)
{
  return &calendar->hours;
}

/* Of a year beyond the table: made once, for whoever asks first. */
static const McDay *
day_by_rule (McCalendar *calendar, const GDate *date)
{
  gpointer year = GINT_TO_POINTER (g_date_get_year (date));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&calendar->lock);
  GPtrArray *days = g_hash_table_lookup (calendar->years, year);

  if (days == NULL)
    {
      days = mc_holidays (calendar->rules, g_date_get_year (date));
      g_hash_table_insert (calendar->years, year, days);
    }
  for (guint i = 0; i < days->len; i++)
    if (g_date_compare (&((McDay *)days->pdata[i])->date, date) == 0)
      return days->pdata[i];
  return NULL;
}

const McDay *
mc_calendar_day (const McCalendar *calendar, const GDate *date)
{
  const McDay *day =
      g_hash_table_lookup (calendar->said, GUINT_TO_POINTER (g_date_get_julian (date)));

  if (day == NULL && calendar->rules->len > 0 && g_date_get_year (date) > calendar->last_year)
    day = day_by_rule ((McCalendar *)calendar, date);
  return day;
}

gboolean
mc_calendar_works (const McCalendar *calendar, const GDate *date)
{
  const McDay *day = mc_calendar_day (calendar, date);

  return day != NULL ? day->works : g_date_get_weekday (date) <= G_DATE_FRIDAY;
}

gboolean
mc_calendar_receives (const McCalendar *calendar, GDateTime *time)
{
  int minute = g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time);
  const McHours *hours = &calendar->hours;
  GDate date;

  mc_date_of (time, &date);
  if (mc_calendar_works (calendar, &date))
    return minute < hours->close && mc_hours_at_work (hours, minute) == minute;
  return g_date_get_weekday (&date) == G_DATE_SATURDAY &&
         mc_calendar_day (calendar, &date) == NULL && minute >= hours->saturday_open &&
         minute < hours->saturday_close;
}

GPtrArray *
mc_calendar_proposed (const McCalendar *calendar, const GDate *from, const GDate *to)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < calendar->days->len; i++)
    {
      McDay *day = calendar->days->pdata[i];

      if (!day->confirmed && g_date_compare (from, &day->date) < 0 &&
          g_date_compare (&day->date, to) <= 0)
        g_ptr_array_add (found, day);
    }
  return found;
}

void
mc_date_of (GDateTime *time, GDate *ret_date)
{
  g_date_clear (ret_date, 1);
  g_date_set_dmy (ret_date,
                  (GDateDay)g_date_time_get_day_of_month (time),
                  (GDateMonth)g_date_time_get_month (time),
                  (GDateYear)g_date_time_get_year (time));
}

GTimeZone *
mc_vietnam (void)
{
  static GTimeZone *zone;

  if (g_once_init_enter (&zone))
    g_once_init_leave (&zone, g_time_zone_new_offset (7 * 3600));
  return zone;
}

GDateTime *
mc_local (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  return g_date_time_to_timezone (utc, mc_vietnam ());
}

GDateTime *
mc_local_parse (const char *text)
{
  int y, m, d, hour, minute, end = 0;

  if (text == NULL ||
      sscanf (text, "%4d-%2d-%2dT%2d:%2d%n", &y, &m, &d, &hour, &minute, &end) != 5 ||
      text[end] != '\0')
    return NULL;
  return g_date_time_new (mc_vietnam (), y, m, d, hour, minute, 0);
}

char *
mc_local_text (GDateTime *time)
{
  return g_date_time_format (time, "%Y-%m-%dT%H:%M");
}
