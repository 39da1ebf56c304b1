/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/*
 * What was printed is not kept a second time: the op log makes it again. A printing names the ops
 * that stood on the screen of whoever printed ("seen"); while a store looks back at it, its
 * dossiers and the office's papers read as they did then: what those ops say, and those that they
 * were built on. A printing of an older program named none: then what was made before it counts.
 */

/** mc_store_look_back: @store reads as it did for whoever printed: @seen (nullable), made at
 * @at_ms; @numbered: whether the register's numbers were known. Until mc_store_look_now(); writes
 * nothing meanwhile. */
void mc_store_look_back (McStore *store, const json_t *seen, gint64 at_ms, gboolean numbered);
void mc_store_look_now (McStore *store);

G_END_DECLS
