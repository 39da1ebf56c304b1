/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conform.h"

#include "mc-error.h"
#include <stdio.h>

#define TIMEOUT_S 30
/* Of one rule: the first few say what is wrong. */
#define SEEN_MAX 3

typedef struct
{
  guint held;
  GPtrArray *broken; /* char*: what was seen */
} McResult;

static void
result_free (McResult *result)
{
  g_ptr_array_unref (result->broken);
  g_free (result);
}

McConform *
mc_conform_new (const char *url)
{
  McConform *conform = g_new0 (McConform, 1);
  const McRule *rules;
  guint count = 0;

  conform->url = g_strdup (url);
  for (gsize length = strlen (url); length > 0 && conform->url[length - 1] == '/'; length--)
    conform->url[length - 1] = '\0';
  conform->session = soup_session_new_with_options ("timeout", TIMEOUT_S, NULL);
  conform->codes = g_ptr_array_new_with_free_func (g_free);
  conform->results =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)result_free);
  rules = mc_rules (&count);
  for (guint i = 0; i < count; i++)
    {
      McResult *result = g_new0 (McResult, 1);

      result->broken = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (conform->results, (gpointer)rules[i].name, result);
    }
  return conform;
}

void
mc_conform_free (McConform *conform)
{
  if (conform == NULL)
    return;
  g_clear_pointer (&conform->front, mc_caller_free);
  g_clear_pointer (&conform->back, mc_caller_free);
  g_clear_pointer (&conform->other, mc_caller_free);
  soup_session_abort (conform->session);
  g_object_unref (conform->session);
  g_ptr_array_unref (conform->codes);
  g_hash_table_unref (conform->results);
  g_free (conform->url);
  g_free (conform->province);
  g_free (conform->procedure);
  g_free (conform->clerk);
  g_free (conform->officer);
  g_free (conform->leader);
  g_free (conform->other_clerk);
  g_free (conform);
}

gboolean
mc_expect (McConform *conform, gboolean holds, const char *rule, const char *format, ...)
{
  McResult *result = g_hash_table_lookup (conform->results, rule);
  va_list values;

  if (result == NULL)
    g_error ("there is no rule %s", rule);
  if (holds)
    {
      result->held++;
      return TRUE;
    }
  va_start (values, format);
  if (result->broken->len < SEEN_MAX)
    g_ptr_array_add (result->broken, g_strdup_vprintf (format, values));
  va_end (values);
  return FALSE;
}

gboolean
mc_conform_run (McConform *conform, const char *const *codes, GError **error)
{
  g_autoptr (McSeen) first = NULL;

  for (guint i = 0; codes[i] != NULL; i++)
    g_ptr_array_add (conform->codes, g_strdup (codes[i]));
  first = mc_ask (conform, NULL, "GET", "/v1/hello", NULL, NULL);
  if (first->status == 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NETWORK, first->problem);
      return FALSE;
    }
  mc_try_hello (conform);
  if (!mc_try_enrol (conform))
    return TRUE;
  mc_try_unlock (conform);
  mc_try_request (conform);
  mc_try_op (conform);
  mc_try_verdict (conform);
  mc_try_right (conform);
  mc_try_step (conform);
  mc_try_feed (conform);
  mc_try_cursor (conform);
  mc_try_first (conform);
  mc_try_office (conform);
  mc_try_hold (conform);
  mc_try_blob (conform);
  mc_try_blob_get (conform);
  mc_try_tus (conform);
  mc_try_limit (conform);
  mc_try_guesses (conform);
  return TRUE;
}

guint
mc_conform_report (McConform *conform, guint *ret_untried)
{
  guint count = 0, broken = 0;
  const McRule *rules = mc_rules (&count);

  *ret_untried = 0;
  for (guint i = 0; i < count; i++)
    {
      const McResult *result = g_hash_table_lookup (conform->results, rules[i].name);
      gboolean bad = result->broken->len > 0;

      printf ("%-8s%-20s%s\n",
              bad                ? "BROKEN"
              : result->held > 0 ? "ok"
                                 : "untried",
              rules[i].name,
              rules[i].says);
      for (guint k = 0; k < result->broken->len; k++)
        printf ("        seen: %s\n", (const char *)result->broken->pdata[k]);
      broken += bad ? 1 : 0;
      *ret_untried += !bad && result->held == 0 ? 1 : 0;
    }
  printf ("%u rules hold, %u are broken, %u were not tried\n",
          count - broken - *ret_untried,
          broken,
          *ret_untried);
  return broken;
}
