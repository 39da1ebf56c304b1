/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-holiday.h"

#include "mc-lunar.h"
#include <stdio.h>

void
mc_day_free (McDay *day)
{
  g_free (day->name);
  g_free (day);
}

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

McDay *
mc_day_parse (const json_t *json)
{
  const char *kind = mc_json_string (json, "kind");
  const char *state = mc_json_string (json, "state");
  const char *name = mc_json_string (json, "name");
  McDay *day;
  GDate date;

  if (kind == NULL || state == NULL || !read_date (mc_json_string (json, "date"), &date))
    return NULL;
  day = g_new0 (McDay, 1);
  day->date = date;
  day->name = g_strdup (name ? name : "");
  day->works = g_str_equal (kind, "swapped_work");
  day->confirmed = g_str_equal (state, "confirmed");
  return day;
}

void
mc_holiday_rule_free (McHolidayRule *rule)
{
  g_free (rule->name);
  g_free (rule);
}

McHolidayRule *
mc_holiday_rule_parse (const json_t *json)
{
  const char *lunar = mc_json_string (json, "lunar");
  const char *text = lunar ? lunar : mc_json_string (json, "solar");
  const char *name = mc_json_string (json, "name");
  int month, day, end = 0;
  McHolidayRule *rule;

  /* No holiday of the law is on a day that some years lack. */
  if (text == NULL || name == NULL || sscanf (text, "%2d-%2d%n", &month, &day, &end) != 2 ||
      text[end] != '\0' || month < 1 || month > 12 || day < 1 || day > (lunar ? 29 : 30) ||
      (month == 2 && day > 28))
    return NULL;
  rule = g_new0 (McHolidayRule, 1);
  rule->name = g_strdup (name);
  rule->lunar = lunar != NULL;
  rule->month = month;
  rule->day = day;
  rule->first_year = (int)mc_json_int (json, "from", 0);
  rule->compensated = mc_json_bool (json, "compensated", FALSE);
  return rule;
}

static gboolean
rule_date (const McHolidayRule *rule, int year, GDate *date)
{
  McLunar lunar = { year, rule->month, rule->day, FALSE };

  if (year < rule->first_year)
    return FALSE;
  if (rule->lunar)
    return mc_lunar_date (&lunar, date);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)rule->day, (GDateMonth)rule->month, (GDateYear)year);
  return TRUE;
}

static void
add_off (GPtrArray *days, const GDate *date, const char *name)
{
  McDay *day = g_new0 (McDay, 1);

  day->date = *date;
  day->name = g_strdup (name);
  day->confirmed = TRUE;
  g_ptr_array_add (days, day);
}

static gboolean
is_off (GPtrArray *days, const GDate *date)
{
  if (g_date_get_weekday (date) >= G_DATE_SATURDAY)
    return TRUE;
  for (guint i = 0; i < days->len; i++)
    if (g_date_compare (&((McDay *)days->pdata[i])->date, date) == 0)
      return TRUE;
  return FALSE;
}

/* After all holidays: 30/4 on a Sunday gives 2/5, for 1/5 is one itself. */
static void
compensate (GPtrArray *days, const McHolidayRule *rule, const GDate *holiday)
{
  g_autofree char *name = g_strconcat ("Nghỉ bù ", rule->name, NULL);
  GDate date = *holiday;

  while (is_off (days, &date))
    g_date_add_days (&date, 1);
  add_off (days, &date, name);
}

GPtrArray *
mc_holidays (GPtrArray *rules, int year)
{
  GPtrArray *days = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_day_free);
  GDate date;

  for (guint i = 0; i < rules->len; i++)
    if (rule_date (rules->pdata[i], year, &date))
      add_off (days, &date, ((McHolidayRule *)rules->pdata[i])->name);
  for (guint i = 0; i < rules->len; i++)
    {
      const McHolidayRule *rule = rules->pdata[i];

      if (rule->compensated && rule_date (rule, year, &date) &&
          g_date_get_weekday (&date) >= G_DATE_SATURDAY)
        compensate (days, rule, &date);
    }
  return days;
}
