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
    { 2029, 2, 12, TRUE, "before Tết: which days nobody knows yet" },
    { 2029, 2, 13, FALSE, "beyond the table: mùng 1" },
    { 2029, 2, 15, FALSE, "beyond the table: mùng 3" },
    { 2029, 2, 16, TRUE, "beyond the table: mùng 4 waits for its notice" },
    { 2030, 2, 4, FALSE, "mùng 3; in China Tết is a day later" },
    { 2030, 2, 5, TRUE, "after mùng 3" },
    { 2033, 4, 8, TRUE, "before Giỗ Tổ" },
    { 2033, 4, 11, FALSE, "Giỗ Tổ on a Saturday gives the Monday" },
    { 2034, 5, 2, FALSE, "30/4/2034 is a Sunday, and 1/5 a holiday itself" },
    { 2034, 5, 3, TRUE, "an ordinary Wednesday" },
    { 2040, 1, 2, FALSE, "1/1/2040 is a Sunday" },
    { 2040, 1, 3, TRUE, "beyond the table: the weekday" },
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
    "{\"version\":\"1\",\"days\":[],\"hours\":7}",
    "{\"version\":\"1\",\"days\":[],\"hours\":{\"open\":\"7\"}}",
    "{\"version\":\"1\",\"days\":[],\"hours\":{\"open\":\"07:60\"}}",
    "{\"version\":\"1\",\"days\":[],\"hours\":{\"open\":\"18:00\"}}",
    "{\"version\":\"1\",\"days\":[],\"hours\":{\"lunch_to\":\"11:00\"}}",
    "{\"version\":\"1\",\"days\":[],\"hours\":{\"close\":\"24:00\"}}",
    "{\"version\":\"1\",\"days\":[],\"rules\":[7]}",
    "{\"version\":\"1\",\"days\":[],\"rules\":[{\"solar\":\"02-29\",\"name\":\"x\"}]}",
    "{\"version\":\"1\",\"days\":[],\"rules\":[{\"solar\":\"13-01\",\"name\":\"x\"}]}",
    "{\"version\":\"1\",\"days\":[],\"rules\":[{\"lunar\":\"01-30\",\"name\":\"x\"}]}",
    "{\"version\":\"1\",\"days\":[],\"rules\":[{\"lunar\":\"01-01\"}]}",
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

/* An office has hours of its own, and a counter that is open on a Saturday without that being a
 * working day. */
static void
test_office (void)
{
  static const struct
  {
    const char *time;
    gboolean usual, own;
  } rows[] = {
    { "2026-11-20T06:59", FALSE, FALSE }, { "2026-11-20T07:00", TRUE, FALSE },
    { "2026-11-20T07:30", TRUE, TRUE },   { "2026-11-20T11:29", TRUE, TRUE },
    { "2026-11-20T12:00", FALSE, FALSE }, { "2026-11-20T13:30", TRUE, TRUE },
    { "2026-11-20T17:00", FALSE, FALSE }, { "2026-11-21T08:00", FALSE, TRUE },
    { "2026-11-21T11:00", FALSE, FALSE }, { "2026-11-22T08:00", FALSE, FALSE },
    { "2026-11-24T08:00", FALSE, FALSE }, { "2026-11-26T08:00", TRUE, FALSE },
    { "2026-01-10T15:00", TRUE, TRUE },
  };
  static const char text[] =
      "{\"version\":\"1\",\"offices\":{\"H05.1\":{\"open\":\"07:30\",\"saturday\":{\"open\":"
      "\"07:30\",\"close\":\"11:00\"}}},\"days\":["
      "{\"date\":\"2026-01-10\",\"kind\":\"swapped_work\",\"state\":\"confirmed\",\"scope\":"
      "\"nation\"},"
      "{\"date\":\"2026-11-24\",\"kind\":\"holiday\",\"state\":\"confirmed\",\"scope\":"
      "\"province\"},"
      "{\"date\":\"2026-11-26\",\"kind\":\"holiday\",\"state\":\"confirmed\",\"scope\":\"H05.1\"}"
      "]}";
  g_autoptr (json_t) json = mc_json_parse (text, -1, NULL);
  g_autoptr (McCalendar) usual = mc_calendar_parse_at (json, "H05.2", NULL);
  g_autoptr (McCalendar) own = mc_calendar_parse_at (json, "H05.1", NULL);
  GDate saturday;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) time = mc_local_parse (rows[i].time);

      g_test_message ("%s", rows[i].time);
      g_assert_cmpint (mc_calendar_receives (usual, time), ==, rows[i].usual);
      g_assert_cmpint (mc_calendar_receives (own, time), ==, rows[i].own);
    }
  g_date_clear (&saturday, 1);
  g_date_set_dmy (&saturday, 21, 11, 2026);
  g_assert_false (mc_calendar_works (own, &saturday));
}

/* What is proposed is told, and moves nothing. */
static void
test_proposed (void)
{
  g_autoptr (McCalendar) calendar = read_calendar ();
  g_autoptr (McCalendar) supposed = mc_calendar_suppose (calendar);
  g_autoptr (GPtrArray) days = NULL;
  GDate from, to;

  g_date_clear (&from, 1);
  g_date_set_dmy (&from, 19, 11, 2026);
  g_date_clear (&to, 1);
  g_date_set_dmy (&to, 23, 11, 2026);
  days = mc_calendar_proposed (calendar, &from, &to);
  g_assert_cmpuint (days->len, ==, 1);
  g_assert_cmpstr (((McDay *)days->pdata[0])->name, ==, "Nghỉ hoán đổi với ngày 28/11/2026");
  g_assert_true (mc_calendar_works (calendar, &to));
  g_assert_false (mc_calendar_works (supposed, &to));
  g_assert_null (mc_calendar_day (calendar, &to));
  g_assert_cmpstr (mc_calendar_version (supposed), ==, mc_calendar_version (calendar));
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
  g_test_add_func ("/calendar/office", test_office);
  g_test_add_func ("/calendar/proposed", test_proposed);
  g_test_add_func ("/calendar/local", test_local);
  g_test_add_func ("/calendar/local-refused", test_local_refused);
  return g_test_run ();
}
