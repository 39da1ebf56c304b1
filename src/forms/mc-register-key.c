/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-register-key.h"

#include "mc-error.h"
#include "mc-papers.h"
#include "mc-register-form.h"
#include <string.h>

char *
mc_register_key (const char *period, const char *field)
{
  g_return_val_if_fail (period != NULL, NULL);

  return g_strdup_printf ("%s/%s", period, field != NULL ? field : "");
}

/* Exactly @digits of them. Returns: -1 where they are not. */
static int
number (const char *text, guint digits)
{
  int value = 0;

  for (guint i = 0; i < digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = 10 * value + g_ascii_digit_value (text[i]);
    }
  return value;
}

static gint64
start_of (int year, int month)
{
  g_autofree char *local = g_strdup_printf ("%04d-%02d-01T00:00", year, month);
  g_autoptr (GDateTime) time = mc_local_parse (local);

  return time != NULL ? g_date_time_to_unix (time) * 1000 : -1;
}

static gboolean
parse_period (const char *text, gsize length, McRegisterSpan *ret_span, char **ret_words)
{
  gboolean monthly = length == strlen ("2026-11") && text[4] == '-';
  int year = length >= 4 ? number (text, 4) : -1;
  int month = monthly ? number (text + 5, 2) : 1;

  if ((!monthly && length != 4) || year < 1970 || year > 9998 || month < 1 || month > 12)
    return FALSE;
  ret_span->from_ms = start_of (year, month);
  ret_span->before_ms = monthly && month < 12 ? start_of (year, month + 1) : start_of (year + 1, 1);
  if (ret_words != NULL)
    *ret_words = monthly ? g_strdup_printf ("tháng %02d năm %d", month, year)
                         : g_strdup_printf ("năm %d", year);
  return TRUE;
}

gboolean
mc_register_key_parse (const char *key, McRegisterSpan *ret_span, char **ret_words, GError **error)
{
  const char *slash;

  g_return_val_if_fail (key != NULL && ret_span != NULL, FALSE);

  slash = strchr (key, '/');
  *ret_span = (McRegisterSpan){ 0 };
  if (slash == NULL || !parse_period (key, (gsize)(slash - key), ret_span, ret_words))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "\"%s\" is no month and no year", key);
      return FALSE;
    }
  ret_span->field = slash[1] != '\0' ? slash + 1 : NULL;
  return TRUE;
}

static char *
office_name (McStore *store)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);

  return enrolment != NULL ? g_strdup (enrolment->office_name) : NULL;
}

McForm *
mc_form_register (McStore *store, const char *key, GError **error)
{
  g_autoptr (McPapers) papers = NULL;
  g_autoptr (McPaperStyle) style = NULL;
  g_autoptr (McLetterhead) letterhead = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *office = NULL;
  g_autofree char *words = NULL;
  g_autofree char *date = NULL;
  McRegisterSpan span;

  g_return_val_if_fail (store != NULL && key != NULL, NULL);

  if (!mc_register_key_parse (key, &span, &words, error))
    return NULL;
  lines = mc_store_register (store, &span, error);
  if (lines == NULL)
    return NULL;
  office = office_name (store);
  papers = mc_papers_of (store);
  style = mc_papers_style (papers, MC_KIND_REGISTER);
  letterhead = mc_papers_head (papers, office);
  now = mc_local (mc_store_now (store));
  date = g_date_time_format (now, "ngày %d tháng %m năm %Y");
  return mc_form_of (store,
                     mc_register_form_as (lines, style, letterhead, span.field, words, date));
}

gboolean
mc_register_save (McStore *store, const char *key, const char *path, GError **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *office = NULL;
  g_autofree char *words = NULL;
  McRegisterSpan span;

  g_return_val_if_fail (store != NULL && key != NULL && path != NULL, FALSE);

  if (!mc_register_key_parse (key, &span, &words, error))
    return FALSE;
  lines = mc_store_register (store, &span, error);
  if (lines == NULL)
    return FALSE;
  office = office_name (store);
  return mc_register_write_sheet (lines, office, span.field, words, path, error);
}
