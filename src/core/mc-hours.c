/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-hours.h"

#include <stdio.h>

McHours
mc_hours_default (void)
{
  return (McHours){ .open = 7 * 60,
                    .lunch_from = 11 * 60 + 30,
                    .lunch_to = 13 * 60 + 30,
                    .close = 17 * 60,
                    .same_day_limit = 15 * 60 };
}

/* "07:30" under @key; what is not there stays. */
static gboolean
read_minute (const json_t *json, const char *key, int *minute)
{
  const json_t *member = json_object_get (json, key);
  int hours, minutes, end = 0;

  if (member == NULL)
    return TRUE;
  if (!json_is_string (member) ||
      sscanf (json_string_value (member), "%2d:%2d%n", &hours, &minutes, &end) != 2 ||
      json_string_value (member)[end] != '\0' || hours < 0 || hours > 24 || minutes < 0 ||
      minutes > 59)
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

gboolean
mc_hours_parse (const json_t *json, McHours *hours)
{
  const json_t *saturday = json_object_get (json, "saturday");

  if (json == NULL)
    return TRUE;
  return json_is_object (json) && read_minute (json, "open", &hours->open) &&
         read_minute (json, "lunch_from", &hours->lunch_from) &&
         read_minute (json, "lunch_to", &hours->lunch_to) &&
         read_minute (json, "close", &hours->close) &&
         read_minute (json, "same_day_limit", &hours->same_day_limit) &&
         read_minute (saturday, "open", &hours->saturday_open) &&
         read_minute (saturday, "close", &hours->saturday_close) &&
         hours->open < hours->lunch_from && hours->lunch_from <= hours->lunch_to &&
         hours->lunch_to < hours->close && hours->close < MC_DAY_MINUTES &&
         hours->saturday_open <= hours->saturday_close;
}

int
mc_hours_at_work (const McHours *hours, int minute)
{
  if (minute < hours->open)
    return hours->open;
  if (minute >= hours->lunch_from && minute < hours->lunch_to)
    return hours->lunch_to;
  return MIN (minute, hours->close);
}

int
mc_hours_worked (const McHours *hours, int minute)
{
  int morning = CLAMP (minute, hours->open, hours->lunch_from) - hours->open;
  int afternoon = CLAMP (minute, hours->lunch_to, hours->close) - hours->lunch_to;

  return morning + afternoon;
}

int
mc_hours_minute (const McHours *hours, int worked)
{
  int morning = hours->lunch_from - hours->open;

  return worked <= morning ? hours->open + worked : hours->lunch_to + worked - morning;
}

int
mc_hours_day (const McHours *hours)
{
  return mc_hours_worked (hours, hours->close);
}
