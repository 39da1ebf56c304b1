/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"
#include "mc-data.h"

typedef struct
{
  McTimeUnit unit;
  guint count;
  const char *received, *due;
} Row;

static void
check (McCalendar *calendar, const Row *row)
{
  g_autoptr (GDateTime) received = mc_local_parse (row->received);
  McTerm term = { .unit = row->unit, .count = row->count };
  g_autoptr (GDateTime) due = mc_deadline (calendar, &term, received);
  g_autofree char *text = mc_local_text (due);

  g_test_message ("%u of unit %d from %s", row->count, row->unit, row->received);
  g_assert_cmpstr (text, ==, row->due);
}

static void
test_vectors (void)
{
  static const Row rows[] = {
    { MC_UNIT_WORKING_DAYS, 3, "2026-11-19T09:30", "2026-11-25T17:00" },
    { MC_UNIT_WORKING_DAYS, 5, "2026-02-13T09:30", "2026-02-27T17:00" },
    { MC_UNIT_WORKING_DAYS, 3, "2026-04-23T09:30", "2026-04-29T17:00" },
    { MC_UNIT_DAYS, 15, "2026-04-15T09:30", "2026-05-04T17:00" },
    { MC_UNIT_SAME_DAY, 0, "2026-11-20T15:05", "2026-11-23T17:00" },
    { MC_UNIT_SAME_DAY, 0, "2026-11-20T14:59", "2026-11-20T17:00" },
    /* "sau 15 giờ" is after 15:00:00. */
    { MC_UNIT_SAME_DAY, 0, "2026-11-20T15:00", "2026-11-20T17:00" },
    { MC_UNIT_SAME_DAY, 0, "2026-11-21T09:00", "2026-11-23T17:00" },
    { MC_UNIT_SAME_DAY, 0, "2026-11-23T16:00", "2026-11-25T17:00" },
    { MC_UNIT_WORKING_DAYS, 1, "2026-11-21T09:00", "2026-11-23T17:00" },
    /* A worked Saturday counts. */
    { MC_UNIT_WORKING_DAYS, 1, "2026-01-09T09:00", "2026-01-10T17:00" },
    { MC_UNIT_DAYS, 1, "2026-11-20T09:00", "2026-11-23T17:00" },
    { MC_UNIT_DAYS, 3650, "2026-11-20T09:00", "2036-11-17T17:00" },
    { MC_UNIT_HOURS, 8, "2026-11-19T07:00", "2026-11-19T17:00" },
    { MC_UNIT_HOURS, 8, "2026-11-20T09:30", "2026-11-23T09:30" },
    { MC_UNIT_HOURS, 4, "2026-11-19T05:00", "2026-11-19T11:00" },
    { MC_UNIT_HOURS, 1, "2026-11-19T12:15", "2026-11-19T14:30" },
    { MC_UNIT_HOURS, 1, "2026-11-19T11:30", "2026-11-19T14:30" },
    { MC_UNIT_HOURS, 1, "2026-11-20T17:00", "2026-11-23T08:00" },
    { MC_UNIT_HOURS, 1, "2026-11-20T23:59", "2026-11-23T08:00" },
    { MC_UNIT_HOURS, 1, "2026-11-21T16:00", "2026-11-23T08:00" },
    { MC_UNIT_HOURS, 1, "2026-11-23T16:30", "2026-11-25T07:30" },
  };
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check (calendar, &rows[i]);
}

/* One second past three is past three. */
static void
test_after_three (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);
  g_autoptr (GDateTime) received = g_date_time_new (mc_vietnam (), 2026, 11, 20, 15, 0, 1);
  McTerm term = { .unit = MC_UNIT_SAME_DAY };
  g_autoptr (GDateTime) due = mc_deadline (calendar, &term, received);
  g_autofree char *text = mc_local_text (due);

  g_assert_cmpstr (text, ==, "2026-11-23T17:00");
}

/* If 23/11/2026 were swapped off, the promise would be a day later; only the table says so. */
static void
test_confirmed_swap (void)
{
  static const Row row = { MC_UNIT_WORKING_DAYS, 3, "2026-11-19T09:30", "2026-11-26T17:00" };
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = NULL;
  json_t *days = json_object_get (json, "days");
  gboolean found = FALSE;

  for (size_t i = 0; i < json_array_size (days); i++)
    {
      json_t *day = json_array_get (days, i);

      if (g_str_equal (mc_json_string (day, "date"), "2026-11-23"))
        {
          json_object_set_new (day, "state", json_string ("confirmed"));
          found = TRUE;
        }
    }
  g_assert_true (found);
  calendar = mc_calendar_parse (json, NULL);
  check (calendar, &row);
}

static McTerm
some_term (GRand *random)
{
  return (McTerm){ .unit = (McTimeUnit)g_rand_int_range (random, 0, 4),
                   .count = (guint)g_rand_int_range (random, 1, 60),
                   .late_next_day = g_rand_boolean (random),
                   .restarts = g_rand_boolean (random) };
}

/* A promise is never in the past, never on a day off, never sooner for a longer term or for who
 * came later. */
static void
test_properties (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GDateTime) received = mc_local (1735689600000 + (gint64)g_rand_int (random) * 30);
      McTerm term = some_term (random);
      McTerm longer = term;
      g_autoptr (GDateTime) after =
          g_date_time_add_minutes (received, g_rand_int_range (random, 1, 9000));
      g_autoptr (GDateTime) due = mc_deadline (calendar, &term, received);
      g_autoptr (GDateTime) due_after = mc_deadline (calendar, &term, after);
      g_autoptr (GDateTime) later = NULL;
      GDate day;

      longer.count++;
      later = mc_deadline (calendar, &longer, received);
      mc_date_of (due, &day);
      g_assert_true (mc_calendar_works (calendar, &day));
      g_assert_cmpint (g_date_time_compare (due, later), <=, 0);
      g_assert_cmpint (g_date_time_compare (due, due_after), <=, 0);
      g_assert_true (term.unit == MC_UNIT_SAME_DAY || g_date_time_compare (received, due) < 0);
    }
}

/* What stood still is added exactly: the minutes, the working days or the days. */
static void
check_pause (const McCalendar *calendar, const McTerm *term, GDateTime *received, GRand *random)
{
  g_autoptr (GDateTime) due = mc_deadline (calendar, term, received);
  g_autoptr (GDateTime) stopped =
      g_date_time_add_minutes (received, g_rand_int_range (random, 0, 90));
  g_autoptr (GDateTime) resumed =
      g_date_time_add_minutes (stopped, g_rand_int_range (random, 1, 40000));
  g_autoptr (GDateTime) moved = NULL;
  GDate before, raw, from, to;

  mc_deadline_raw (calendar, term, received, &before);
  raw = before;
  moved = mc_deadline_resume (calendar, term, due, &raw, stopped, resumed);
  g_assert_cmpint (g_date_time_compare (moved, resumed), >, 0);
  if (term->unit == MC_UNIT_HOURS)
    g_assert_cmpint (mc_calendar_minutes (calendar, due, moved),
                     ==,
                     mc_calendar_minutes (calendar, stopped, resumed));
  else if (term->unit == MC_UNIT_WORKING_DAYS)
    g_assert_cmpint (mc_calendar_left (calendar, due, moved),
                     ==,
                     mc_calendar_left (calendar, stopped, resumed));
  else
    {
      mc_date_of (stopped, &from);
      mc_date_of (resumed, &to);
      g_assert_cmpint (g_date_days_between (&before, &raw), ==, g_date_days_between (&from, &to));
    }
  mc_date_of (moved, &to);
  g_assert_true (mc_calendar_works (calendar, &to));
}

static void
test_paused (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GDateTime) received = mc_local (1735689600000 + (gint64)g_rand_int (random) * 30);
      McTerm term = some_term (random);

      term.unit = MAX (term.unit, MC_UNIT_HOURS);
      term.count += 3;
      term.restarts = FALSE;
      check_pause (calendar, &term, received, random);
    }
}

/* No pause is none, and one that ends before it began neither. */
static void
test_no_pause (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (McCalendar) calendar = mc_calendar_parse (json, NULL);
  g_autoptr (GDateTime) due = mc_local_parse ("2026-11-25T17:00");
  g_autoptr (GDateTime) stopped = mc_local_parse ("2026-11-20T09:00");
  g_autoptr (GDateTime) before = mc_local_parse ("2026-11-19T09:00");
  McTerm term = { .unit = MC_UNIT_WORKING_DAYS, .count = 3 };
  g_autoptr (GDateTime) same = mc_deadline_resume (calendar, &term, due, NULL, stopped, stopped);
  g_autoptr (GDateTime) also = mc_deadline_resume (calendar, &term, due, NULL, stopped, before);

  g_assert_true (g_date_time_equal (due, same));
  g_assert_true (g_date_time_equal (due, also));
}

static void
test_term (void)
{
  static const struct
  {
    const char *json;
    gboolean good;
  } rows[] = {
    { "{\"unit\":\"working_days\",\"count\":3}", TRUE },
    { "{\"unit\":\"same_day\",\"count\":0}", TRUE },
    { "{\"unit\":\"hours\",\"count\":8}", TRUE },
    { "{\"unit\":\"days\",\"count\":0}", FALSE },
    { "{\"unit\":\"days\",\"count\":-1}", FALSE },
    { "{\"unit\":\"days\",\"count\":99999}", FALSE },
    { "{\"unit\":\"weeks\",\"count\":1}", FALSE },
    { "{\"unit\":\"days\",\"count\":\"3\"}", FALSE },
    { "{\"unit\":\"days\"}", FALSE },
    { "null", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (rows[i].json, -1, NULL);
      McTerm term;

      g_assert_cmpint (mc_term_parse (json, &term), ==, rows[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/vectors", test_vectors);
  g_test_add_func ("/deadline/after-three", test_after_three);
  g_test_add_func ("/deadline/confirmed-swap", test_confirmed_swap);
  g_test_add_func ("/deadline/properties", test_properties);
  g_test_add_func ("/deadline/paused", test_paused);
  g_test_add_func ("/deadline/no-pause", test_no_pause);
  g_test_add_func ("/deadline/term", test_term);
  return g_test_run ();
}
