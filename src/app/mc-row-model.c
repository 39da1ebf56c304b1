/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-row-model.h"

/* Rows are read this many at a time. */
#define BLOCK 64
/* A list view keeps about 205 items alive; this many rows serve it while it scrolls. */
#define CACHE_MAX 1024

struct _McRowModel
{
  GObject parent_instance;
  McRowFetch fetch;
  gpointer data;
  GArray *numbers;   /* gint64 */
  GHashTable *rows;  /* number → McRow, owned */
  GHashTable *items; /* number → McRowItem, not referenced: those that somebody holds */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (McRowModel,
                               mc_row_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
item_gone (gpointer data, GObject *place)
{
  McRowModel *model = data;
  GHashTableIter iter;
  gpointer item;

  /* The number is not known any more once the item is gone; few items live at a time. */
  g_hash_table_iter_init (&iter, model->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item == (gpointer)place)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
read_block (McRowModel *model, guint place)
{
  guint first = place / BLOCK * BLOCK;
  guint length = MIN (BLOCK, model->numbers->len - first);

  if (g_hash_table_size (model->rows) + length > CACHE_MAX)
    g_hash_table_remove_all (model->rows);

  g_autoptr (GPtrArray) rows =
      model->fetch (model->data, &g_array_index (model->numbers, gint64, first), length);
  if (rows == NULL)
    return;
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      McRow *row = g_ptr_array_index (rows, i);
      g_hash_table_replace (model->rows, &row->row, row);
    }
}

static const McRow *
look (gpointer data, gint64 number, guint place)
{
  McRowModel *model = data;
  McRow *row = g_hash_table_lookup (model->rows, &number);

  if (row != NULL)
    return row;
  if (place >= model->numbers->len || g_array_index (model->numbers, gint64, place) != number)
    place = mc_row_model_find (model, number);
  if (place == G_MAXUINT)
    return NULL;
  read_block (model, place);
  return g_hash_table_lookup (model->rows, &number);
}

static GType
get_item_type (GListModel *list)
{
  return MC_TYPE_ROW_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return MC_ROW_MODEL (list)->numbers->len;
}

static gpointer
get_item (GListModel *list, guint place)
{
  McRowModel *model = MC_ROW_MODEL (list);

  if (place >= model->numbers->len)
    return NULL;
  gint64 number = g_array_index (model->numbers, gint64, place);
  McRowItem *item = g_hash_table_lookup (model->items, &number);
  if (item != NULL)
    {
      mc_row_item_place (item, place);
      return g_object_ref (item);
    }
  item = mc_row_item_new (model, look, number, place);
  gint64 *key = g_new (gint64, 1);
  *key = number;
  g_hash_table_insert (model->items, key, item);
  g_object_weak_ref (G_OBJECT (item), item_gone, model);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
mc_row_model_finalize (GObject *object)
{
  McRowModel *model = MC_ROW_MODEL (object);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, model->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      g_object_weak_unref (item, item_gone, model);
      mc_row_item_orphan (item);
    }
  g_clear_pointer (&model->items, g_hash_table_unref);
  g_clear_pointer (&model->rows, g_hash_table_unref);
  g_clear_pointer (&model->numbers, g_array_unref);
  G_OBJECT_CLASS (mc_row_model_parent_class)->finalize (object);
}

static void
mc_row_model_class_init (McRowModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mc_row_model_finalize;
}

static void
mc_row_model_init (McRowModel *model)
{
  model->numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  model->rows =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)mc_row_free);
  model->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

McRowModel *
mc_row_model_new (McRowFetch fetch, gpointer data)
{
  g_return_val_if_fail (fetch != NULL, NULL);

  McRowModel *model = g_object_new (MC_TYPE_ROW_MODEL, NULL);
  model->fetch = fetch;
  model->data = data;
  return model;
}

static void
tell_items (McRowModel *model)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  /* A handler may let go of items: hold them all while telling. */
  g_hash_table_iter_init (&iter, model->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_ptr_array_add (items, g_object_ref (item));
  for (guint i = 0; i < items->len; i++)
    mc_row_item_changed (g_ptr_array_index (items, i));
}

void
mc_row_model_replace (McRowModel *model, GArray *numbers)
{
  g_return_if_fail (MC_IS_ROW_MODEL (model));
  g_return_if_fail (numbers != NULL);

  const gint64 *before = (const gint64 *)(gpointer)model->numbers->data;
  const gint64 *after = (const gint64 *)(gpointer)numbers->data;
  guint length = model->numbers->len;
  guint same = MIN (length, numbers->len);
  guint head = 0;
  guint tail = 0;

  while (head < same && before[head] == after[head])
    head++;
  while (tail < same - head && before[length - 1 - tail] == after[numbers->len - 1 - tail])
    tail++;

  g_autoptr (GArray) old = model->numbers;
  model->numbers = g_array_ref (numbers);
  g_hash_table_remove_all (model->rows);
  if (head + tail < length || head + tail < numbers->len)
    g_list_model_items_changed (G_LIST_MODEL (model),
                                head,
                                length - head - tail,
                                numbers->len - head - tail);
  tell_items (model);
}

guint
mc_row_model_find (McRowModel *model, gint64 number)
{
  g_return_val_if_fail (MC_IS_ROW_MODEL (model), G_MAXUINT);

  for (guint i = 0; i < model->numbers->len; i++)
    if (g_array_index (model->numbers, gint64, i) == number)
      return i;
  return G_MAXUINT;
}
