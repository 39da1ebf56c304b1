/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-holiday.h"
#include "mc-hours.h"

G_BEGIN_DECLS

/**
 * McCalendar:
 * The table of days off and worked Saturdays of some years, what the law fixes for every year after
 * them, and the office hours. A promise remembers the version of the calendar it was made with.
 */
typedef struct _McCalendar McCalendar;

/** mc_calendar_parse: reads data/calendar's format. Only confirmed days count. Returns: (transfer
 * full) */
McCalendar *mc_calendar_parse (json_t *json, GError **error);
/** mc_calendar_parse_at: the same with the hours and the days of @office, by its code. */
McCalendar *mc_calendar_parse_at (json_t *json, const char *office, GError **error);
/** mc_calendar_suppose: what it would be if all that is only proposed were confirmed: for a
 * caution, never for a promise. Returns: (transfer full) */
McCalendar *mc_calendar_suppose (const McCalendar *calendar);
/** mc_calendar_ref: Returns: (transfer full): freed by mc_calendar_free() like any other */
McCalendar *mc_calendar_ref (McCalendar *calendar);
void mc_calendar_free (McCalendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCalendar, mc_calendar_free)
const char *mc_calendar_version (const McCalendar *calendar);
const McHours *mc_calendar_hours (const McCalendar *calendar);
/** mc_calendar_works: whether @date is a working day. */
gboolean mc_calendar_works (const McCalendar *calendar, const GDate *date);
/** mc_calendar_day: what is said of @date, or %NULL where only its weekday speaks. Borrowed. */
const McDay *mc_calendar_day (const McCalendar *calendar, const GDate *date);
/** mc_calendar_receives: whether the counter is open: in office hours, and on a Saturday that has
 * hours of its own, which is no working day for that. */
gboolean mc_calendar_receives (const McCalendar *calendar, GDateTime *time);
/** mc_calendar_proposed: what is only proposed after @from and until @to. Returns: (transfer
 * container) (element-type McDay) */
GPtrArray *mc_calendar_proposed (const McCalendar *calendar, const GDate *from, const GDate *to);

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
  gboolean late_next_day; /* received after the day's limit counts as the next working day */
  gboolean restarts;      /* after a supplement the whole time begins anew */
} McTerm;

/** mc_term_parse: from `{"unit","count","late":"next_day"?,"supplement":"restart"?}`; %FALSE where
 * it is null or unknown. */
gboolean mc_term_parse (const json_t *json, McTerm *ret_term);
/** mc_term_json: the other way round. Returns: (transfer full) */
json_t *mc_term_json (const McTerm *term);

/**
 * mc_deadline:
 * When the result is promised (domain §5.4). The day of reception is not counted (Bộ luật Dân sự
 * 2015 Điều 147); a last day off moves to the next working day (Điều 148); "trong ngày" after 15:00
 * is the next working day; a day's term ends at closing time.
 * @received: local time of Viet Nam
 * Returns: (transfer full): local time
 */
GDateTime *mc_deadline (const McCalendar *calendar, const McTerm *term, GDateTime *received);

/**
 * mc_deadline_resume:
 * The promise after its time stood still, from the request for a supplement until the dossier was
 * complete (domain §3.3, §5.4). Hours: the office minutes between are added exactly. Working days:
 * those between are added; the day of the request still counts, that of completion does not, as
 * with the day of reception. Calendar days: the same with all days, then a last day off moves on.
 * @due: what is promised now
 * @raw: (inout) (optional): the last day before it moved off a day off, where it is known (else
 *   cleared); after the call that of the new promise. Two pauses add up exactly only with it.
 * Returns: (transfer full): never before @due
 */
GDateTime *mc_deadline_resume (const McCalendar *calendar,
                               const McTerm *term,
                               GDateTime *due,
                               GDate *raw,
                               GDateTime *stopped,
                               GDateTime *resumed);

/** mc_deadline_raw: the last day of a term of calendar days, whether anybody works on it or not. */
void mc_deadline_raw (const McCalendar *calendar,
                      const McTerm *term,
                      GDateTime *received,
                      GDate *ret_raw);

/** mc_calendar_minutes: minutes of work from @from to @to; 0 where @to is not later. */
gint64 mc_calendar_minutes (const McCalendar *calendar, GDateTime *from, GDateTime *to);

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
/** mc_date_of: the day of @time, as it is written. */
void mc_date_of (GDateTime *time, GDate *ret_date);

G_END_DECLS
