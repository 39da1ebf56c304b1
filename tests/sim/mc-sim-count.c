/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-count.h"

void
mc_sim_count_init (McSimCount *count)
{
  count->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
mc_sim_count_clear (McSimCount *count)
{
  g_hash_table_unref (count->counts);
}

guint
mc_sim_count_of (McSimCount *count, const char *name)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (count->counts, name));
}

void
mc_sim_count_add (McSimCount *count, const char *name, guint times)
{
  if (times > 0)
    g_hash_table_replace (count->counts,
                          g_strdup (name),
                          GUINT_TO_POINTER (mc_sim_count_of (count, name) + times));
}

void
mc_sim_count_print (McSimCount *count)
{
  g_autoptr (GList) names =
      g_list_sort (g_hash_table_get_keys (count->counts), (GCompareFunc)g_strcmp0);

  for (GList *l = names; l != NULL; l = l->next)
    g_print ("  %-28s %8u\n", (char *)l->data, mc_sim_count_of (count, l->data));
}
