/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-code.h"

#include <string.h>

/* Domain §2.1: one tolerant pattern, then the place of the letter group tells the order. */
#define CODE_PATTERN "^([A-Z0-9]{2,4}(?:\\.[A-Z0-9]{2,4}){0,7})-(\\d{6})-(\\d{4,10})$"

static gboolean
real_date (const char *yymmdd)
{
  guint number = (guint)g_ascii_strtoull (yymmdd, NULL, 10);

  return g_date_valid_dmy ((GDateDay)(number % 100),
                           (GDateMonth)(number / 100 % 100),
                           (GDateYear)(2000 + number / 10000));
}

McCodeShape
mc_code_classify (const char *code)
{
  g_autoptr (GRegex) pattern = g_regex_new (CODE_PATTERN, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *body = NULL;
  g_autofree char *date = NULL;
  g_autofree char *serial = NULL;

  if (code == NULL || !g_regex_match (pattern, code, 0, &match))
    return MC_CODE_OTHER;
  body = g_match_info_fetch (match, 1);
  date = g_match_info_fetch (match, 2);
  serial = g_match_info_fetch (match, 3);
  if (!real_date (date))
    return MC_CODE_OTHER;
  if (g_ascii_isalpha (body[0]))
    return strlen (serial) == 6 ? MC_CODE_NATIONAL : MC_CODE_2025;
  return g_ascii_isalpha (strrchr (body, '.') ? strrchr (body, '.')[1] : '0') ? MC_CODE_2018
                                                                              : MC_CODE_OTHER;
}

char *
mc_code_make (const char *body, GDate *date, const char *slot, guint count)
{
  g_return_val_if_fail (mc_body_code_valid (body), NULL);
  g_return_val_if_fail (slot != NULL && strlen (slot) == 4, NULL);
  g_return_val_if_fail (count > 0, NULL);

  return g_strdup_printf ("%s-%02d%02d%02d-%s%03u",
                          body,
                          g_date_get_year (date) % 100,
                          g_date_get_month (date),
                          g_date_get_day (date),
                          slot,
                          count);
}

gboolean
mc_body_code_valid (const char *body)
{
  return body != NULL && strlen (body) <= 35 &&
         g_regex_match_simple ("^[A-Z][0-9]{2}(\\.[A-Z0-9]{2,4}){0,7}$",
                               body,
                               G_REGEX_DOLLAR_ENDONLY,
                               0);
}
