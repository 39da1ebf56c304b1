/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store-private.h"

G_BEGIN_DECLS

/*
 * What was printed is not kept a second time: the op log makes it again. A printing names the ops
 * that stood on the screen of whoever printed ("seen"); while a store looks back at it, its
 * dossiers and the office's papers read as they did then: what those ops say, and those that they
 * were built on. A printing of an older program named none: then what was made before it counts.
 */

/** mc_look_back_seen: the ops that stand in the record now. Returns: (transfer full): an array */
json_t *mc_look_back_seen (McRecord *record);

/** mc_store_look_back: @store reads as it did for whoever printed: @seen (nullable), made at
 * @at_ms; @numbered: whether the register's numbers were known. Until mc_store_look_now(); writes
 * nothing meanwhile. */
void mc_store_look_back (McStore *store, const json_t *seen, gint64 at_ms, gboolean numbered);
void mc_store_look_now (McStore *store);

/** mc_store_record: the record as the store reads now. Returns: (transfer full) (nullable) */
McRecord *mc_store_record (McStore *store, const char *id, GError **error);
gint64 mc_look_back_ms (const McLookBack *back);
gboolean mc_look_back_numbered (const McLookBack *back);
/** mc_look_back_dossier: what stands beside the record is as it was, too. */
void mc_look_back_dossier (McStore *store, McDossier *dossier);

G_END_DECLS
