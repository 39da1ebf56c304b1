/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-shrink.h"

#include <string.h>

/* What is wrong in one word: shrinking must not end at another fault. */
static char *
kind_of (GPtrArray *problems)
{
  const char *text = problems->len > 0 ? problems->pdata[0] : "";
  GString *kind = g_string_new (NULL);

  for (guint i = 0; text[i] != '\0' && kind->len < 24; i++)
    if (!g_ascii_isdigit (text[i]))
      g_string_append_c (kind, text[i]);
  return g_string_free (kind, FALSE);
}

static char *
failure (guint64 seed, const GArray *events)
{
  McSimCount count;
  McSimResult result;
  char *kind;

  mc_sim_count_init (&count);
  result = mc_sim_run (seed, events, &count, FALSE);
  kind = kind_of (result.problems);
  mc_sim_result_clear (&result);
  mc_sim_count_clear (&count);
  return kind;
}

static GArray *
without (const GArray *events, guint from, guint length)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (McSimEvent));

  for (guint i = 0; i < events->len; i++)
    if (i < from || i >= from + length)
      g_array_append_val (rest, g_array_index (events, McSimEvent, i));
  return rest;
}

GArray *
mc_sim_shrink (guint64 seed, const GArray *events)
{
  GArray *now = without (events, 0, 0);
  g_autofree char *kind = failure (seed, now);
  gboolean changed = TRUE;

  while (changed)
    {
      changed = FALSE;
      for (guint size = MAX (1, now->len / 2); size > 0; size /= 2)
        for (guint i = 0; i < now->len;)
          {
            GArray *fewer = without (now, i, size);
            g_autofree char *still = failure (seed, fewer);
            gboolean same = strcmp (still, kind) == 0;

            changed = changed || same;
            i += same ? 0 : size;
            g_array_unref (same ? now : fewer);
            now = same ? fewer : now;
          }
    }
  return now;
}
