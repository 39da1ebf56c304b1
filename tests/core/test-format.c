/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-format.h"

#include "mc-calendar.h"

static void
test_numbers (void)
{
  static const struct
  {
    gint64 number;
    const char *text, *money;
  } rows[] = {
    { 0, "0", "0 đ" },
    { 7, "7", "7 đ" },
    { 999, "999", "999 đ" },
    { 8000, "8.000", "8.000 đ" },
    { 1234567, "1.234.567", "1.234.567 đ" },
    { -8400, "-8.400", "-8.400 đ" },
    { G_MININT64, "-9.223.372.036.854.775.808", "-9.223.372.036.854.775.808 đ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mc_format_number (rows[i].number);
      g_autofree char *money = mc_format_money (rows[i].number);

      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (money, ==, rows[i].money);
    }
}

static void
test_time (void)
{
  g_autoptr (GDateTime) time = mc_local_parse ("2026-11-25T07:05");
  g_autofree char *date = mc_format_date (time);
  g_autofree char *both = mc_format_time (time);
  g_autofree char *clock = mc_format_clock (time);
  g_autofree char *long_text = mc_format_long (time);

  g_assert_cmpstr (date, ==, "25/11/2026");
  g_assert_cmpstr (both, ==, "25/11/2026 07:05");
  g_assert_cmpstr (clock, ==, "07:05");
  g_assert_cmpstr (long_text, ==, "07 giờ 05 phút, ngày 25 tháng 11 năm 2026");
}

static void
test_promise (void)
{
  static const struct
  {
    const char *time, *text;
  } rows[] = {
    { "2026-11-23T17:00", "Thứ Hai 23/11/2026, trước 17:00" },
    { "2026-11-24T17:00", "Thứ Ba 24/11/2026, trước 17:00" },
    { "2026-11-25T17:00", "Thứ Tư 25/11/2026, trước 17:00" },
    { "2026-11-26T09:30", "Thứ Năm 26/11/2026, trước 09:30" },
    { "2026-11-27T17:00", "Thứ Sáu 27/11/2026, trước 17:00" },
    { "2026-11-28T17:00", "Thứ Bảy 28/11/2026, trước 17:00" },
    { "2026-11-29T17:00", "Chủ nhật 29/11/2026, trước 17:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) time = mc_local_parse (rows[i].time);
      g_autofree char *text = mc_format_promise (time);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_dob (void)
{
  static const struct
  {
    const char *iso, *text;
  } rows[] = {
    { "2005-03-05", "05/03/2005" },
    { "2005-03", "03/2005" },
    { "2005", "2005" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mc_format_dob (rows[i].iso);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_size (void)
{
  static const struct
  {
    guint64 bytes;
    const char *text;
  } rows[] = {
    { 0, "0 kB" },      { 1, "1 kB" },         { 380000, "380 kB" },    { 999000, "999 kB" },
    { 999001, "1 MB" }, { 12345678, "12 MB" }, { 300000000, "300 MB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mc_format_size (rows[i].bytes);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/numbers", test_numbers);
  g_test_add_func ("/format/time", test_time);
  g_test_add_func ("/format/promise", test_promise);
  g_test_add_func ("/format/dob", test_dob);
  g_test_add_func ("/format/size", test_size);
  return g_test_run ();
}
