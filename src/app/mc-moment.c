/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-moment.h"

#include "mc-calendar.h"

char *
mc_moment_words (gint64 ms, gint64 now_ms)
{
  g_autoptr (GDateTime) at = mc_local (ms);
  g_autoptr (GDateTime) now = mc_local (now_ms);

  if (g_date_time_get_year (at) != g_date_time_get_year (now))
    return g_date_time_format (at, "%H:%M %d/%m/%Y");
  if (g_date_time_get_day_of_year (at) != g_date_time_get_day_of_year (now))
    return g_date_time_format (at, "%H:%M %d/%m");
  return g_date_time_format (at, "%H:%M");
}
