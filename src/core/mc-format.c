/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-format.h"

#include <string.h>

char *
mc_format_number (gint64 number)
{
  g_autofree char *digits =
      g_strdup_printf ("%" G_GUINT64_FORMAT, number < 0 ? 0 - (guint64)number : (guint64)number);
  GString *text = g_string_new (number < 0 ? "-" : NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, '.');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
mc_format_money (gint64 dong)
{
  g_autofree char *number = mc_format_number (dong);

  return g_strconcat (number, " đ", NULL);
}

char *
mc_format_date (GDateTime *time)
{
  return g_date_time_format (time, "%d/%m/%Y");
}

char *
mc_format_time (GDateTime *time)
{
  return g_date_time_format (time, "%d/%m/%Y %H:%M");
}

char *
mc_format_clock (GDateTime *time)
{
  return g_date_time_format (time, "%H:%M");
}

char *
mc_format_promise (GDateTime *time)
{
  static const char *const days[] = { "Thứ Hai", "Thứ Ba",  "Thứ Tư",  "Thứ Năm",
                                      "Thứ Sáu", "Thứ Bảy", "Chủ nhật" };
  g_autofree char *date = mc_format_date (time);
  g_autofree char *clock = mc_format_clock (time);

  return g_strdup_printf ("%s %s, trước %s",
                          days[g_date_time_get_day_of_week (time) - 1],
                          date,
                          clock);
}

char *
mc_format_long (GDateTime *time)
{
  return g_date_time_format (time, "%H giờ %M phút, ngày %d tháng %m năm %Y");
}

char *
mc_format_dob (const char *iso)
{
  g_auto (GStrv) parts = iso ? g_strsplit (iso, "-", 3) : NULL;

  switch (parts ? g_strv_length (parts) : 0)
    {
    case 3:
      return g_strdup_printf ("%s/%s/%s", parts[2], parts[1], parts[0]);
    case 2:
      return g_strdup_printf ("%s/%s", parts[1], parts[0]);
    default:
      return g_strdup (iso ? iso : "");
    }
}

char *
mc_format_size (guint64 bytes)
{
  if (bytes > 999 * 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " MB", (bytes + 500 * 1000) / (1000 * 1000));
  return g_strdup_printf ("%" G_GUINT64_FORMAT " kB", (bytes + 999) / 1000);
}
