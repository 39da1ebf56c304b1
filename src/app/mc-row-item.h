/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include <glib-object.h>

G_BEGIN_DECLS

/**
 * McRowItem:
 * One line of the list: cheap until somebody looks at it. Emits "changed" when what it shows may be
 * another now.
 */
#define MC_TYPE_ROW_ITEM (mc_row_item_get_type ())
G_DECLARE_FINAL_TYPE (McRowItem, mc_row_item, MC, ROW_ITEM, GObject)

/** McRowLook: finds the row of an item; what it returns lives until the next call. */
typedef const McRow *(*McRowLook) (gpointer model, gint64 number, guint place);

/** mc_row_item_new: for the model. @model is not referenced. */
McRowItem *mc_row_item_new (gpointer model, McRowLook look, gint64 number, guint place);
gint64 mc_row_item_number (McRowItem *item);
/** mc_row_item_place: says where the item now is, so that its neighbours are read with it. */
void mc_row_item_place (McRowItem *item, guint place);
/** mc_row_item_orphan: the model is going away. */
void mc_row_item_orphan (McRowItem *item);
/** mc_row_item_row: Returns: (nullable): borrowed, until the next call for any item. */
const McRow *mc_row_item_row (McRowItem *item);
void mc_row_item_changed (McRowItem *item);

G_END_DECLS
