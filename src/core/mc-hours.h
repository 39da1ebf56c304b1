/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/** MC_DAY_MINUTES: minutes of a whole day. */
#define MC_DAY_MINUTES (24 * 60)

/**
 * McHours:
 * When an office works on a working day, and when its counter receives on a Saturday, which is no
 * working day for that (domain §5.4). In minutes of the day.
 */
typedef struct
{
  int open, lunch_from, lunch_to, close;
  int same_day_limit; /* "trong ngày" is received until then, that minute included */
  int saturday_open, saturday_close; /* equal where no counter is open */
} McHours;

/** mc_hours_default: 07:00-11:30 and 13:30-17:00, until 15:00, no Saturday. */
McHours mc_hours_default (void);
/**
 * mc_hours_parse:
 * @json: (nullable): {"open","close","lunch_from","lunch_to","same_day_limit"} and
 *   {"saturday":{"open","close"}}, each "07:00"; what is missing stays as it is in @hours
 * Returns: %FALSE where a time is wrong, or the times do not follow each other
 */
gboolean mc_hours_parse (const json_t *json, McHours *hours);

/** mc_hours_at_work: the first minute at or after @minute when the office works; @close where the
 * day is over. */
int mc_hours_at_work (const McHours *hours, int minute);
/** mc_hours_worked: minutes of work from opening to @minute. */
int mc_hours_worked (const McHours *hours, int minute);
/** mc_hours_minute: the first minute by which @worked minutes of work are done; the other way
 * round.
 */
int mc_hours_minute (const McHours *hours, int worked);
/** mc_hours_day: minutes of work of a whole day. */
int mc_hours_day (const McHours *hours);

G_END_DECLS
