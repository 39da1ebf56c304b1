/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-due-words.h"
#include "mc-moment.h"
#include "mc-test-vietnamese.h"
#include "mc-workflow.h"

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = mc_local_parse (text);

  return g_date_time_to_unix (time) * 1000;
}

/* 21/11/2026 is a Saturday; Wednesday the 25th is taken off. */
static McCalendar *
calendar (void)
{
  g_autoptr (json_t) json = mc_json_parse (
      "{\"version\":\"t\",\"days\":[{\"date\":\"2026-11-25\",\"kind\":\"holiday\",\"name\":\"n\","
      "\"source\":\"s\",\"state\":\"confirmed\"}]}",
      -1,
      NULL);

  return mc_calendar_parse (json, NULL);
}

static void
check (const char *now, const char *due, const char *state, const char *words, McDueMood mood)
{
  g_autoptr (McCalendar) days = calendar ();
  McDueMood got = MC_DUE_NONE;

  g_assert_nonnull (days);
  g_autofree char *said = mc_due_words (days, at (now), due, state, &got);
  g_assert_cmpstr (said, ==, words);
  g_assert_cmpint (got, ==, mood);
}

static void
test_open (void)
{
  const char *due = "2026-11-20T17:00";

  check ("2026-11-20T08:00", due, MC_STATE_RECEIVED, "hôm nay 17:00", MC_DUE_TODAY);
  check ("2026-11-20T17:00", due, MC_STATE_RECEIVED, "hôm nay 17:00", MC_DUE_TODAY);
  check ("2026-11-20T17:01", due, MC_STATE_RECEIVED, "quá hạn từ 17:00", MC_DUE_LATE);
  check ("2026-11-21T07:00", due, MC_STATE_APPRAISED, "quá hạn 1 ngày", MC_DUE_LATE);
  check ("2026-11-22T23:00", due, MC_STATE_HANDLING, "quá hạn 2 ngày", MC_DUE_LATE);
  /* Signed in time or not, it waits for the resident: that does not count. */
  check ("2026-11-22T23:00", due, MC_STATE_APPROVED, "đã có kết quả", MC_DUE_NONE);
  check ("2026-11-22T23:00", due, MC_STATE_PAYMENT, "tạm dừng, chờ nộp tiền", MC_DUE_PAUSED);
  check ("2026-11-22T23:00", due, MC_STATE_REFUSED, "không tiếp nhận", MC_DUE_NONE);
  check ("2026-11-22T23:00", due, MC_STATE_STOPPED, "đã dừng", MC_DUE_NONE);
  check ("2026-11-17T23:00", due, MC_STATE_RECEIVED, "còn 3 ngày làm việc", MC_DUE_LEFT);
  check ("2026-11-19T23:00", due, MC_STATE_RECEIVED, "còn 1 ngày làm việc", MC_DUE_LEFT);
}

static void
test_days_off (void)
{
  /* Friday to Monday: the weekend does not count. */
  check ("2026-11-20T08:00",
         "2026-11-23T17:00",
         MC_STATE_RECEIVED,
         "còn 1 ngày làm việc",
         MC_DUE_LEFT);
  /* Tuesday to Thursday with Wednesday off. */
  check ("2026-11-24T08:00",
         "2026-11-26T17:00",
         MC_STATE_RECEIVED,
         "còn 1 ngày làm việc",
         MC_DUE_LEFT);
  /* A promise on a day that was taken off later: the date says it. */
  check ("2026-11-24T08:00",
         "2026-11-25T17:00",
         MC_STATE_RECEIVED,
         "trước ngày 25/11/2026",
         MC_DUE_LEFT);
}

static void
test_not_running (void)
{
  const char *now = "2026-11-24T08:00";
  const char *past = "2026-11-20T17:00";

  check (now, past, MC_STATE_SUPPLEMENT, "tạm dừng, chờ bổ sung", MC_DUE_PAUSED);
  check (now, past, MC_STATE_RETURNED, "đã trả kết quả", MC_DUE_NONE);
  check (now, past, MC_STATE_WITHDRAWN, "đã rút", MC_DUE_NONE);
  check (now, NULL, MC_STATE_RECEIVED, "không hẹn ngày", MC_DUE_NONE);
  check (now, "nonsense", MC_STATE_RECEIVED, "không hẹn ngày", MC_DUE_NONE);
}

/* Colour never alone: whatever has a colour of its own has an icon of its own. */
static void
test_icons (void)
{
  g_assert_cmpstr (mc_due_icon (MC_DUE_LATE), !=, mc_due_icon (MC_DUE_TODAY));
  g_assert_cmpstr (mc_due_icon (MC_DUE_TODAY), !=, mc_due_icon (MC_DUE_LEFT));
  g_assert_nonnull (mc_due_icon (MC_DUE_LATE));
  g_assert_nonnull (mc_due_icon (MC_DUE_PAUSED));
  g_assert_null (mc_due_icon (MC_DUE_NONE));
  g_assert_cmpstr (mc_due_style (MC_DUE_LATE), ==, "error");
  g_assert_null (mc_due_style (MC_DUE_LEFT));
}

static void
test_moments (void)
{
  g_autofree char *today = mc_moment_words (at ("2026-11-21T08:12"), at ("2026-11-21T23:59"));
  g_autofree char *before = mc_moment_words (at ("2026-11-20T23:59"), at ("2026-11-21T00:00"));
  g_autofree char *year = mc_moment_words (at ("2025-11-21T08:12"), at ("2026-11-21T08:12"));

  g_assert_cmpstr (today, ==, "08:12");
  g_assert_cmpstr (before, ==, "23:59 20/11");
  g_assert_cmpstr (year, ==, "08:12 21/11/2025");
}

int
main (int argc, char **argv)
{
  mc_test_vietnamese (&argc, &argv);
  g_test_add_func ("/due-words/open", test_open);
  g_test_add_func ("/due-words/days-off", test_days_off);
  g_test_add_func ("/due-words/not-running", test_not_running);
  g_test_add_func ("/due-words/icons", test_icons);
  g_test_add_func ("/due-words/moments", test_moments);
  return g_test_run ();
}
