/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-command.h"

#include "mc-province-scans.h"
#include <string.h>

#define DAYS_MAX 3650
#define GIGABYTES_MAX (1024 * 1024)

/* "12" is gigabytes: nobody sets such a limit by the byte. */
static gboolean
read_limit (const char *text, guint64 most, gint64 unit, gint64 *limit)
{
  guint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, most, &number, NULL))
    return FALSE;
  *limit = (gint64)number * unit;
  return TRUE;
}

static void
print_limit (const char *what, gint64 limit)
{
  if (limit == 0)
    g_print ("%s\tno limit\n", what);
  else
    g_print ("%s\t%" G_GINT64_FORMAT "\n", what, limit);
}

int
_mc_command_scans (McProvince *province, const McOptions *options)
{
  const gint64 gibibyte = G_GINT64_CONSTANT (1) << 30;
  g_autoptr (GError) error = NULL;
  McScanLimits limits;
  McScanUse use;

  mc_province_scan_limits (province, &limits);
  if (!read_limit (options->half, GIGABYTES_MAX, gibibyte, &limits.half) ||
      !read_limit (options->desk, GIGABYTES_MAX, gibibyte, &limits.desk) ||
      !read_limit (options->total, GIGABYTES_MAX, gibibyte, &limits.total) ||
      !read_limit (options->days, DAYS_MAX, 1, &limits.days))
    return _mc_usage ("a limit is a number of GiB, or 0 for none; --days is a number of days");
  if ((options->half != NULL || options->desk != NULL || options->total != NULL ||
       options->days != NULL) &&
      !mc_province_set_scan_limits (province, &limits, &error))
    return _mc_fail (error);
  if (!mc_province_scan_use (province, NULL, &use, &error))
    return _mc_fail (error);
  g_print ("whole scans, bytes\t%" G_GINT64_FORMAT "\n", use.whole);
  g_print ("half-finished ones, bytes\t%" G_GINT64_FORMAT "\n", use.half);
  print_limit ("at most half-finished of one desk", limits.half);
  print_limit ("at most of one desk", limits.desk);
  print_limit ("at most of all desks", limits.total);
  g_print ("days until a half-finished one is dropped\t%" G_GINT64_FORMAT "\n", limits.days);
  return MC_EXIT_DONE;
}
