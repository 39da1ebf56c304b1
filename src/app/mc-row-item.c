/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-row-item.h"
#include "mc-signal.h"

struct _McRowItem
{
  GObject parent_instance;
  gpointer model;
  McRowLook look;
  gint64 number;
  guint place;
};

G_DEFINE_FINAL_TYPE (McRowItem, mc_row_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
mc_row_item_class_init (McRowItemClass *klass)
{
  changed_signal = mc_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_TYPE_NONE);
}

static void
mc_row_item_init (McRowItem *item)
{
}

McRowItem *
mc_row_item_new (gpointer model, McRowLook look, gint64 number, guint place)
{
  g_return_val_if_fail (look != NULL, NULL);

  McRowItem *item = g_object_new (MC_TYPE_ROW_ITEM, NULL);
  item->model = model;
  item->look = look;
  item->number = number;
  item->place = place;
  return item;
}

gint64
mc_row_item_number (McRowItem *item)
{
  g_return_val_if_fail (MC_IS_ROW_ITEM (item), 0);
  return item->number;
}

void
mc_row_item_place (McRowItem *item, guint place)
{
  g_return_if_fail (MC_IS_ROW_ITEM (item));
  item->place = place;
}

void
mc_row_item_orphan (McRowItem *item)
{
  g_return_if_fail (MC_IS_ROW_ITEM (item));
  item->model = NULL;
}

const McRow *
mc_row_item_row (McRowItem *item)
{
  g_return_val_if_fail (MC_IS_ROW_ITEM (item), NULL);
  return item->model != NULL ? item->look (item->model, item->number, item->place) : NULL;
}

void
mc_row_item_changed (McRowItem *item)
{
  g_return_if_fail (MC_IS_ROW_ITEM (item));
  g_signal_emit (item, changed_signal, 0);
}
