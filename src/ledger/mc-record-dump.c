/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ledger.h"

#include <string.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
mc_record_dump (McRecord *record)
{
  g_autofree gpointer *names = NULL;
  guint length = 0;
  GString *dump = g_string_new (NULL);

  names = g_hash_table_get_keys_as_array (record->groups, &length);
  qsort (names, length, sizeof *names, compare_names);
  for (guint i = 0; i < length; i++)
    {
      McGroupState *state = mc_record_group (record, names[i]);

      for (guint t = 0; t < state->tips->len; t++)
        {
          McTip *tip = state->tips->pdata[t];

          g_string_append (dump, state->name);
          g_string_append_c (dump, '\t');
          g_string_append (dump, tip->op);
          g_string_append (dump, tip->act ? "\t1\t" : "\t0\t");
          g_string_append (dump, tip->value);
          g_string_append_c (dump, '\n');
        }
    }
  return g_string_free (dump, FALSE);
}

/* The next column of a line, ended in place; %NULL where the line has no more. */
static char *
next_column (char **at)
{
  char *column = *at;
  char *end = strpbrk (column, "\t\n");

  if (end == NULL || *end == '\n')
    return NULL;
  *end = '\0';
  *at = end + 1;
  return column;
}

McRecord *
mc_record_load (const char *id, const char *creator, const char *dump)
{
  McRecord *record = mc_record_new (id);
  g_autofree char *text = g_strdup (dump);
  char *next;

  record->creator = g_strdup (creator);
  for (char *at = text; *at != '\0'; at = next)
    {
      char *group = next_column (&at);
      char *op = group ? next_column (&at) : NULL;
      char *act = op ? next_column (&at) : NULL;

      next = at + strcspn (at, "\n");
      if (*next == '\n')
        *next++ = '\0';
      if (act != NULL)
        mc_record_put_tip (record, group, op, at, *act == '1');
    }
  return record;
}
