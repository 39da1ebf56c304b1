/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-calendar.h"

G_BEGIN_DECLS

/* What counting a term and counting on after a pause share. */

GDateTime *_mc_at_minute (const GDate *date, int minute);
/** _mc_to_working_day: moves @date on to a working day, unless it is one. */
void _mc_to_working_day (const McCalendar *calendar, GDate *date);
void _mc_next_working_day (const McCalendar *calendar, GDate *date);
/** _mc_first_day: moves @date, the day of @received, on to the day that counts as that of
 * reception.
 */
void _mc_first_day (const McCalendar *calendar, GDateTime *received, GDate *date);
/** _mc_after_minutes: when @minutes of work are done from @from on. Returns: (transfer full) */
GDateTime *_mc_after_minutes (const McCalendar *calendar, GDateTime *from, gint64 minutes);

G_END_DECLS
