/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-procedure-code.h"

#include <string.h>

/* Of the digits of a national code: one for the level, six for the number. */
#define DIGITS 7

/* Where the suffix of a province (".H05") begins in @code, or its end. */
static const char *
suffix_of (const char *code)
{
  const char *suffix = strstr (code, ".H");

  return suffix != NULL ? suffix : code + strlen (code);
}

char *
mc_procedure_national (const char *code)
{
  return g_strndup (code, (gsize)(suffix_of (code) - code));
}

char *
mc_procedure_digits (const char *code)
{
  GString *digits = g_string_new (NULL);
  const char *end = code != NULL ? suffix_of (code) : NULL;

  for (const char *p = code; p != NULL && p < end; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, FALSE);
}

/* Whether @text has only what a code with faults may have. */
static gboolean
only_digits (const char *text, const char *end)
{
  for (const char *p = text; p < end; p++)
    if (!g_ascii_isdigit (*p) && *p != '.' && *p != ' ' && *p != ',')
      return FALSE;
  return TRUE;
}

static gboolean
suffix_valid (const char *suffix)
{
  return *suffix == '\0' ||
         (strlen (suffix) == 4 && g_ascii_isdigit (suffix[2]) && g_ascii_isdigit (suffix[3]));
}

/* A spreadsheet took the code for a number. Every number begins with a zero or is whole, so the
 * lost zeros stood at the end where a zero is still at the beginning, else at the beginning. */
static char *
pad (const char *digits)
{
  gsize missing = DIGITS - strlen (digits);

  if (digits[1] == '0')
    return g_strdup_printf ("%c.%s%.*s", digits[0], digits + 1, (int)missing, "000000");
  return g_strdup_printf ("%c.%.*s%s", digits[0], (int)missing, "000000", digits + 1);
}

char *
mc_procedure_code_read (const char *text, gboolean *ret_mended)
{
  g_autofree char *clean = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autofree char *digits = mc_procedure_digits (clean);
  const char *suffix = suffix_of (clean);
  g_autofree char *national = NULL;
  char *code;

  if (!only_digits (clean, suffix) || !suffix_valid (suffix))
    return NULL;
  if (strlen (digits) == DIGITS)
    national = g_strdup_printf ("%c.%s", digits[0], digits + 1);
  else if (strlen (digits) >= 3 && strlen (digits) < DIGITS && clean[1] == '.')
    national = pad (digits);
  else
    return NULL;
  code = g_strconcat (national, suffix, NULL);
  if (ret_mended != NULL)
    *ret_mended = !g_str_equal (code, text);
  return code;
}
