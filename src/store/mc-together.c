/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

static const char *
receipt_of (McRecord *record)
{
  return mc_json_string (mc_record_peek (record, MC_GROUP_APPLICANT), "receipt");
}

static int
by_row (gconstpointer a, gconstpointer b)
{
  gint64 one = (*(McDossier *const *)a)->row->row;
  gint64 other = (*(McDossier *const *)b)->row->row;

  return (one > other) - (one < other);
}

GPtrArray *
mc_store_together (McStore *store, const McDossier *dossier)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_dossier_free);
  const char *receipt = receipt_of (dossier->record);
  const McFilter filter = { .queue = MC_QUEUE_ALL, .search = receipt };
  g_autoptr (GArray) numbers = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (receipt == NULL || *receipt == '\0')
    return NULL;
  numbers = mc_store_list (store, &filter, NULL);
  if (numbers != NULL)
    rows = mc_store_rows (store, (const gint64 *)(void *)numbers->data, numbers->len, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      McRow *row = rows->pdata[i];
      g_autoptr (McDossier) one = mc_store_dossier (store, row->id, NULL);

      if (one != NULL && g_strcmp0 (receipt_of (one->record), receipt) == 0)
        g_ptr_array_add (all, g_steal_pointer (&one));
    }
  g_ptr_array_sort (all, by_row);
  return all->len > 1 ? g_steal_pointer (&all) : NULL;
}
