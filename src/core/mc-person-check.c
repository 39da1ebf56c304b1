/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-person-check.h"

#include <string.h>

#define OLDEST 110
#define MOBILE_DIGITS 10
#define HOUSE_DIGITS 11

McDobDoubt
mc_dob_doubt (const char *dob, const char *today)
{
  gint64 year, now;

  g_return_val_if_fail (today != NULL && strlen (today) >= 4, MC_DOB_FINE);

  if (dob == NULL || strlen (dob) < 4)
    return MC_DOB_FINE;
  /* What is known of the date is compared, no more: "2026-11" is no future in November 2026. */
  if (strncmp (dob, today, strlen (dob)) > 0)
    return MC_DOB_FUTURE;
  year = g_ascii_strtoll (dob, NULL, 10);
  now = g_ascii_strtoll (today, NULL, 10);
  return now - year > OLDEST ? MC_DOB_OLD : MC_DOB_FINE;
}

static char *
national_digits (const char *phone)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = phone; *p != '\0'; p++)
    if (strchr (" .-+", *p) == NULL)
      g_string_append_c (digits, *p);
  if (g_str_has_prefix (digits->str, "84") && digits->len >= MOBILE_DIGITS + 1)
    {
      g_string_erase (digits, 0, 2);
      g_string_prepend_c (digits, '0');
    }
  return g_string_free (digits, FALSE);
}

McPhoneDoubt
mc_phone_doubt (const char *phone)
{
  g_autofree char *digits = NULL;
  gsize length;

  if (phone == NULL || *phone == '\0')
    return MC_PHONE_FINE;
  digits = national_digits (phone);
  length = strlen (digits);
  if (strspn (digits, "0123456789") != length)
    return MC_PHONE_LENGTH_ODD;
  if (g_str_has_prefix (digits, "02"))
    return length == HOUSE_DIGITS ? MC_PHONE_FINE : MC_PHONE_LENGTH_ODD;
  if (length == HOUSE_DIGITS && g_str_has_prefix (digits, "01"))
    return MC_PHONE_OLD;
  if (length != MOBILE_DIGITS)
    return MC_PHONE_LENGTH_ODD;
  return digits[0] == '0' && strchr ("35789", digits[1]) != NULL ? MC_PHONE_FINE
                                                                 : MC_PHONE_PREFIX_ODD;
}

gboolean
mc_email_odd (const char *email)
{
  const char *at;

  if (email == NULL || *email == '\0')
    return FALSE;
  at = strchr (email, '@');
  return at == NULL || at == email || strchr (at + 1, '@') != NULL || strchr (at, '.') == NULL ||
         at[1] == '.' || email[strlen (email) - 1] == '.' || strpbrk (email, " ,;") != NULL ||
         !g_str_is_ascii (email);
}

McNameDoubt
mc_name_doubt (const char *name)
{
  if (name == NULL || *name == '\0')
    return MC_NAME_FINE;
  if (strpbrk (name, "0123456789@#/\\|_*") != NULL)
    return MC_NAME_DIGIT;
  return strchr (name, ' ') == NULL ? MC_NAME_ONE_WORD : MC_NAME_FINE;
}
