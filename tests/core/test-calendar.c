/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-calendar.h"

#include "mc-data.h"
#include "mc-error.h"

static McCalendar *
read_calendar (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  g_autoptr (GError) error = NULL;
  McCalendar *calendar = mc_calendar_parse (json, &error);

  g_assert_no_error (error);
  return calendar;
}

static void
test_days (void)
{
  static const struct
  {
    int year, month, day;
    gboolean works;
    const char *why;
  } rows[] = {
    { 2026, 11, 20, TRUE, "a Friday" },
    { 2026, 11, 21, FALSE, "a Saturday" },
    { 2026, 11, 22, FALSE, "a Sunday" },
    { 2026, 11, 24, FALSE, "Ngày Văn hóa" },
    { 2025, 11, 24, TRUE, "not yet a holiday" },
    { 2026, 11, 23, TRUE, "its swap is only proposed" },
    { 2026, 11, 28, FALSE, "its swap is only proposed" },
    { 2026, 1, 2, FALSE, "swapped off" },
    { 2026, 1, 10, TRUE, "swapped Saturday" },
    { 2026, 8, 22, TRUE, "swapped Saturday" },
    { 2026, 8, 31, FALSE, "swapped off" },
    { 2026, 2, 16, FALSE, "Tết" },
    { 2026, 2, 20, FALSE, "Tết" },
    { 2026, 2, 23, TRUE, "after Tết" },
    { 2026, 4, 26, FALSE, "Giỗ Tổ" },
    { 2026, 4, 27, FALSE, "compensatory" },
    { 2026, 9, 1, FALSE, "beside Quốc khánh" },
    { 2027, 4, 16, FALSE, "Giỗ Tổ 2027" },
    { 2040, 1, 2, TRUE, "beyond the table: the weekday" },
  };
  g_autoptr (McCalendar) calendar = read_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date,
                      (GDateDay)rows[i].day,
                      (GDateMonth)rows[i].month,
                      (GDateYear)rows[i].year);
      g_test_message ("%04d-%02d-%02d: %s", rows[i].year, rows[i].month, rows[i].day, rows[i].why);
      g_assert_cmpint (mc_calendar_works (calendar, &date), ==, rows[i].works);
    }
  g_assert_nonnull (mc_calendar_version (calendar));
}

static void
test_refused (void)
{
  static const char *const rows[] = {
    "{}",
    "[]",
    "{\"version\":\"1\"}",
    "{\"version\":1,\"days\":[]}",
    "{\"version\":\"1\",\"days\":{}}",
    "{\"version\":\"1\",\"days\":[7]}",
    "{\"version\":\"1\",\"days\":[{\"date\":\"2026-02-30\",\"kind\":\"holiday\",\"state\":"
    "\"confirmed\"}]}",
    "{\"version\":\"1\",\"days\":[{\"date\":\"2026-02-03x\",\"kind\":\"holiday\",\"state\":"
    "\"confirmed\"}]}",
    "{\"version\":\"1\",\"days\":[{\"date\":\"2026-02-03\",\"state\":\"confirmed\"}]}",
    "{\"version\":\"1\",\"days\":[{\"date\":\"2026-02-03\",\"kind\":\"holiday\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (rows[i], -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (McCalendar) calendar = mc_calendar_parse (json, &error);

      g_assert_null (calendar);
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

static void
test_left (void)
{
  static const struct
  {
    const char *now, *due;
    int left;
  } rows[] = {
    { "2026-11-20T08:00", "2026-11-20T17:00", 0 },  { "2026-11-20T18:00", "2026-11-20T17:00", 0 },
    { "2026-11-20T08:00", "2026-11-23T17:00", 1 },  { "2026-11-19T09:30", "2026-11-25T17:00", 3 },
    { "2026-11-25T09:30", "2026-11-19T17:00", -3 }, { "2026-11-22T09:30", "2026-11-20T17:00", 0 },
    { "2026-11-23T00:10", "2026-11-20T17:00", -1 },
  };
  g_autoptr (McCalendar) calendar = read_calendar ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) now = mc_local_parse (rows[i].now);
      g_autoptr (GDateTime) due = mc_local_parse (rows[i].due);

      g_assert_cmpint (mc_calendar_left (calendar, now, due), ==, rows[i].left);
    }
}

static void
test_local (void)
{
  g_autoptr (GDateTime) local = mc_local (1795219200000);
  g_autofree char *text = mc_local_text (local);
  g_autoptr (GDateTime) back = mc_local_parse (text);

  g_assert_cmpstr (text, ==, "2026-11-21T07:00");
  g_assert_true (g_date_time_equal (local, back));
  g_assert_cmpint (g_date_time_get_utc_offset (back) / G_TIME_SPAN_HOUR, ==, 7);
}

static void
test_local_refused (void)
{
  static const char *const rows[] = { "",
                                      "2026-11-21",
                                      "2026-11-21T07",
                                      "2026-11-21T07:00Z",
                                      "2026-02-30T07:00",
                                      "2026-11-21T24:30",
                                      "2026-11-21 07:00",
                                      "tomorrow" };

  g_assert_null (mc_local_parse (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_null (mc_local_parse (rows[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/days", test_days);
  g_test_add_func ("/calendar/refused", test_refused);
  g_test_add_func ("/calendar/left", test_left);
  g_test_add_func ("/calendar/local", test_local);
  g_test_add_func ("/calendar/local-refused", test_local_refused);
  return g_test_run ();
}
