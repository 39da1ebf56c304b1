/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-row-item.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * McRowModel:
 * The dossier list as a #GListModel: 8 bytes for each row, and the rows themselves only where they
 * are looked at, read in blocks and forgotten again. Items are #McRowItem. Main thread only.
 */
#define MC_TYPE_ROW_MODEL (mc_row_model_get_type ())
G_DECLARE_FINAL_TYPE (McRowModel, mc_row_model, MC, ROW_MODEL, GObject)

/**
 * McRowFetch: reads rows, as mc_store_rows() does.
 * Returns: (transfer full) (element-type McRow)
 */
typedef GPtrArray *(*McRowFetch) (gpointer data, const gint64 *numbers, guint length);

/** mc_row_model_new: @data is borrowed and must outlive the model. */
McRowModel *mc_row_model_new (McRowFetch fetch, gpointer data);

/**
 * mc_row_model_replace:
 * Takes new row numbers, says so with the smallest change between the old order and the new one, so
 * that selection and place survive, and reads again what is on the screen.
 * @numbers: (element-type gint64)
 */
void mc_row_model_replace (McRowModel *model, GArray *numbers);

/** mc_row_model_find: where @number is, or %GTK_INVALID_LIST_POSITION (G_MAXUINT). */
guint mc_row_model_find (McRowModel *model, gint64 number);

G_END_DECLS
