/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-promise.h"

#include "mc-clock.h"
#include "mc-store-private.h"

#include <stdio.h>

void
mc_promise_free (McPromise *promise)
{
  if (promise == NULL)
    return;
  g_free (promise->due);
  g_free (promise->law);
  g_free (promise->supposed);
  g_free (promise->proposed);
  g_free (promise);
}

/* The office's own time never makes the law's longer. */
static GDateTime *
soonest (const McCalendar *calendar, const McCase *the_case, GDateTime *law, GDateTime *now)
{
  g_autoptr (GDateTime) own = NULL;

  if (!the_case->has_promise)
    return g_date_time_ref (law);
  own = mc_deadline (calendar, &the_case->promise, now);
  return g_date_time_ref (g_date_time_compare (own, law) < 0 ? own : law);
}

static void
suppose (McPromise *promise, const McCalendar *calendar, const McCase *the_case, GDateTime *now)
{
  g_autoptr (McCalendar) other = mc_calendar_suppose (calendar);
  g_autoptr (GDateTime) due = mc_local_parse (promise->due);
  g_autoptr (GDateTime) law = mc_deadline (other, &the_case->term, now);
  g_autoptr (GDateTime) supposed = soonest (other, the_case, law, now);
  g_autoptr (GPtrArray) days = NULL;
  GDate from, to;

  if (g_date_time_equal (due, supposed))
    return;
  promise->supposed = mc_local_text (supposed);
  /* Days after the first: today too may be one that is proposed. */
  mc_date_of (now, &from);
  g_date_subtract_days (&from, 1);
  mc_date_of (g_date_time_compare (due, supposed) > 0 ? due : supposed, &to);
  days = mc_calendar_proposed (calendar, &from, &to);
  if (days->len > 0)
    promise->proposed = g_strdup (((McDay *)days->pdata[0])->name);
}

static McPromise *
promise_of (const McCalendar *calendar, const McCase *the_case, GDateTime *now)
{
  McPromise *promise = g_new0 (McPromise, 1);
  g_autoptr (GDateTime) law = mc_deadline (calendar, &the_case->term, now);
  g_autoptr (GDateTime) due = soonest (calendar, the_case, law, now);

  promise->due = mc_local_text (due);
  if (!g_date_time_equal (due, law))
    promise->law = mc_local_text (law);
  return promise;
}

McPromise *
mc_store_promise (McStore *store, const McCase *the_case, GDateTime *now)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  McPromise *promise;

  if (calendar == NULL || the_case == NULL || !the_case->has_term)
    return NULL;
  promise = promise_of (calendar, the_case, now);
  suppose (promise, calendar, the_case, now);
  return promise;
}

McPromise *
mc_store_due (McStore *store, const McCase *the_case, GDateTime *now)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);

  return calendar != NULL && the_case->has_term ? promise_of (calendar, the_case, now) : NULL;
}

static gboolean
read_day (const char *text, GDate *date)
{
  int year, month, day;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

/* What the last day was before it moved off a day off: said with the promise, or as it was counted
 * when the dossier was received. */
static void
find_raw (const McCalendar *calendar,
          const McTerm *term,
          const json_t *the_case,
          const json_t *status,
          GDateTime *due,
          GDate *raw)
{
  g_autoptr (GDateTime) received = mc_local_parse (mc_json_string (the_case, "received"));
  g_autoptr (GDateTime) first = received ? mc_deadline (calendar, term, received) : NULL;

  g_date_clear (raw, 1);
  if (!read_day (mc_json_string (status, "raw"), raw) && first != NULL &&
      g_date_time_equal (first, due))
    mc_deadline_raw (calendar, term, received, raw);
}

static GDateTime *
op_time (McStore *store, const char *op)
{
  gint64 at = 0;

  return op != NULL && mc_db_int (store->db, NULL, &at, "SELECT at FROM op WHERE id = ?1", "s", op)
             ? mc_local (mc_stamp_ms (at))
             : NULL;
}

/* Dossiers of before the term was kept are counted on by working days. */
static McTerm
kept_term (const json_t *the_case)
{
  McTerm term = { .unit = MC_UNIT_WORKING_DAYS, .count = 1 };

  mc_term_parse (json_object_get (the_case, "term"), &term);
  return term;
}

char *
mc_store_resume (McStore *store, McRecord *record, gint64 now_ms, char **ret_raw)
{
  g_autoptr (McCalendar) calendar = mc_store_calendar (store, NULL);
  g_autoptr (json_t) the_case = mc_record_json (record, MC_GROUP_CASE);
  g_autoptr (json_t) status = mc_record_json (record, MC_GROUP_STATUS);
  McGroupState *state = mc_record_group (record, MC_GROUP_STATUS);
  g_autoptr (GDateTime) due = mc_local_parse (mc_json_string (status, "due"));
  g_autoptr (GDateTime) now = mc_local (now_ms);
  g_autoptr (GDateTime) stopped =
      state->tips->len > 0 ? op_time (store, ((McTip *)state->tips->pdata[0])->op) : NULL;
  g_autoptr (GDateTime) moved = NULL;
  McTerm term = kept_term (the_case);
  GDate raw, last;

  if (due == NULL || stopped == NULL || calendar == NULL)
    return g_strdup (mc_json_string (status, "due"));
  find_raw (calendar, &term, the_case, status, due, &raw);
  moved = mc_deadline_resume (calendar, &term, due, &raw, stopped, now);
  mc_date_of (moved, &last);
  if (ret_raw != NULL && term.unit == MC_UNIT_DAYS && g_date_valid (&raw) &&
      g_date_compare (&raw, &last) != 0)
    *ret_raw = g_strdup_printf ("%04d-%02d-%02d",
                                g_date_get_year (&raw),
                                (int)g_date_get_month (&raw),
                                g_date_get_day (&raw));
  return mc_local_text (moved);
}
