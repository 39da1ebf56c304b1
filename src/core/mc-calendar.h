/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/**
 * McCalendar:
 * The table of days off and worked Saturdays, with office hours. A promise remembers the version of
 * the calendar it was made with.
 */
typedef struct _McCalendar McCalendar;

/** mc_calendar_parse: reads data/calendar's format. Only confirmed days count. Returns: (transfer
 * full) */
McCalendar *mc_calendar_parse (json_t *json, GError **error);
/** mc_calendar_ref: Returns: (transfer full): freed by mc_calendar_free() like any other */
McCalendar *mc_calendar_ref (McCalendar *calendar);
void mc_calendar_free (McCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCalendar, mc_calendar_free)
const char *mc_calendar_version (const McCalendar *calendar);
/** mc_calendar_works: whether @date is a working day. */
gboolean mc_calendar_works (const McCalendar *calendar, const GDate *date);

typedef enum
{
  MC_UNIT_SAME_DAY,
  MC_UNIT_HOURS,
  MC_UNIT_DAYS,
  MC_UNIT_WORKING_DAYS,
} McTimeUnit;

/** McTerm: the time that a case takes by rule. */
typedef struct
{
  McTimeUnit unit;
  guint count;
} McTerm;

/** mc_term_parse: from `{"unit","count"}`; %FALSE where it is null or unknown. */
gboolean mc_term_parse (const json_t *json, McTerm *ret_term);

/**
 * mc_deadline:
 * When the result is promised (domain §5.4). The day of reception is not counted (Bộ luật Dân sự
 * 2015 Điều 147); a last day off moves to the next working day (Điều 148); "trong ngày" after 15:00
 * is the next working day; a day's term ends at closing time.
 * @received: local time of Viet Nam
 * Returns: (transfer full): local time
 */
GDateTime *mc_deadline (const McCalendar *calendar, const McTerm *term, GDateTime *received);

/** mc_calendar_left: working days from the day of @now to the day of @due; negative when past. */
int mc_calendar_left (const McCalendar *calendar, GDateTime *now, GDateTime *due);

/** mc_vietnam: the time zone UTC+7, which has no daylight saving. Static. */
GTimeZone *mc_vietnam (void);
/** mc_local: @ms since 1970 as local time of Viet Nam. Returns: (transfer full) */
GDateTime *mc_local (gint64 ms);
/** mc_local_parse: "2026-11-25T17:00" as local time of Viet Nam. Returns: (transfer full)
 * (nullable) */
GDateTime *mc_local_parse (const char *text);
/** mc_local_text: "2026-11-25T17:00". Returns: (transfer full) */
char *mc_local_text (GDateTime *time);

G_END_DECLS
