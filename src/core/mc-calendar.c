/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"

#include "mc-error.h"
#include <stdio.h>

struct _McCalendar
{
  gint ref_count;
  char *version;
  GHashTable *days; /* Julian day → whether it works, against what the weekday says */
};

#define WORKS GINT_TO_POINTER (1)
#define OFF GINT_TO_POINTER (2)

static gboolean
read_date (const char *text, GDate *date)
{
  int y, m, d, end = 0;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || text[end] != '\0')
    return FALSE;
  if (!g_date_valid_dmy ((GDateDay)d, (GDateMonth)m, (GDateYear)y))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
  return TRUE;
}

/* Only what has been decided counts; what is proposed is shown elsewhere. */
static gboolean
add_day (McCalendar *calendar, const json_t *day)
{
  const char *kind = mc_json_string (day, "kind");
  const char *state = mc_json_string (day, "state");
  GDate date;

  if (kind == NULL || state == NULL || !read_date (mc_json_string (day, "date"), &date))
    return FALSE;
  if (g_str_equal (state, "confirmed"))
    g_hash_table_insert (calendar->days,
                         GUINT_TO_POINTER (g_date_get_julian (&date)),
                         g_str_equal (kind, "swapped_work") ? WORKS : OFF);
  return TRUE;
}

McCalendar *
mc_calendar_parse (json_t *json, GError **error)
{
  g_autoptr (McCalendar) calendar = g_new0 (McCalendar, 1);
  json_t *days = json_object_get (json, "days");

  calendar->ref_count = 1;
  calendar->version = g_strdup (mc_json_string (json, "version"));
  calendar->days = g_hash_table_new (NULL, NULL);
  if (calendar->version == NULL || !json_is_array (days))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "calendar: version or days missing");
      return NULL;
    }
  for (size_t i = 0; i < json_array_size (days); i++)
    if (!add_day (calendar, json_array_get (days, i)))
      {
        g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "calendar: day %zu is wrong", i + 1);
        return NULL;
      }
  return g_steal_pointer (&calendar);
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
  g_clear_pointer (&calendar->days, g_hash_table_unref);
  g_free (calendar);
}

const char *
mc_calendar_version (const McCalendar *calendar)
{
  return calendar->version;
}

gboolean
mc_calendar_works (const McCalendar *calendar, const GDate *date)
{
  gpointer said = g_hash_table_lookup (calendar->days, GUINT_TO_POINTER (g_date_get_julian (date)));

  if (said != NULL)
    return said == WORKS;
  return g_date_get_weekday (date) <= G_DATE_FRIDAY;
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
