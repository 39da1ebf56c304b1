/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McAhead:
 * What can be done with each item by itself, done on the other processors ahead of a caller who
 * goes through the items in order. Which thread does which item alters nothing of the result.
 */
typedef struct _McAhead McAhead;

/** McAheadWork: what is done with one item; no two of them share anything that is written. */
typedef void (*McAheadWork) (gpointer item);

/** mc_ahead_start: begins with the first of @items, which it keeps a reference to; few are left to
 * mc_ahead_need(). */
McAhead *mc_ahead_start (GPtrArray *items, McAheadWork work);
/** mc_ahead_need: returns when the item at @place is done, doing it or others meanwhile. */
void mc_ahead_need (McAhead *ahead, guint place);
/** mc_ahead_all: returns when every item is done. */
void mc_ahead_all (McAhead *ahead);
/** mc_ahead_stop: begins nothing more, waits for what is under way, and frees it. */
void mc_ahead_stop (McAhead *ahead);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McAhead, mc_ahead_stop)

G_END_DECLS
