/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/**
 * McDay:
 * A day that a calendar says something of: a holiday, the compensatory day of one, a day off
 * against a worked Saturday ("swapped_off"), or that Saturday ("swapped_work").
 */
typedef struct
{
  GDate date;
  char *name; /* as the notice calls it; may be empty */
  gboolean works;
  gboolean confirmed; /* else it is only proposed, and moves nothing */
} McDay;
void mc_day_free (McDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDay, mc_day_free)

/** mc_day_parse: from `{"date","kind","name","state"}`. Returns: (transfer full) (nullable) */
McDay *mc_day_parse (const json_t *json);

/**
 * McHolidayRule:
 * A holiday that the law fixes for every year, by its solar or its lunar date: what holds in a year
 * for which nobody has published a table yet.
 */
typedef struct
{
  char *name;
  gboolean lunar;
  int month, day;
  int first_year;
  gboolean compensated; /* on a weekend, the next working day is off for it */
} McHolidayRule;
void mc_holiday_rule_free (McHolidayRule *rule);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McHolidayRule, mc_holiday_rule_free)

/** mc_holiday_rule_parse: from `{"solar":"04-30" or
 * "lunar":"03-10","name","from"?,"compensated"?}`. Returns: (transfer full) (nullable) */
McHolidayRule *mc_holiday_rule_parse (const json_t *json);
/** mc_holidays: the days off of @year by @rules (#McHolidayRule), with those that compensate.
 * Returns: (transfer full) (element-type McDay) */
GPtrArray *mc_holidays (GPtrArray *rules, int year);

G_END_DECLS
