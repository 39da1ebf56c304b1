/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McParallelWork: what is done with one item; no two of them share anything. */
typedef void (*McParallelWork) (gpointer item);

/**
 * mc_parallel:
 * Does @work with each of @count items of @size bytes, on every processor there is, and returns
 * when all of it is done. Which thread does which item alters nothing of the result.
 */
void mc_parallel (gpointer items, guint count, gsize size, McParallelWork work);
/** mc_parallel_each: the same for what the pointers of @items point to. */
void mc_parallel_each (GPtrArray *items, McParallelWork work);

G_END_DECLS
