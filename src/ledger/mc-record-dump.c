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

          g_string_append_printf (dump,
                                  "%s\t%s\t%d\t%s\n",
                                  state->name,
                                  tip->op,
                                  tip->act,
                                  tip->value);
        }
    }
  return g_string_free (dump, FALSE);
}

McRecord *
mc_record_load (const char *id, const char *creator, const char *dump)
{
  McRecord *record = mc_record_new (id);
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);

  record->creator = g_strdup (creator);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", 4);

      if (g_strv_length (columns) == 4)
        mc_record_put_tip (record, columns[0], columns[1], columns[3], *columns[2] == '1');
    }
  return record;
}
