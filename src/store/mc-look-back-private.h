/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-look-back.h"
#include "mc-store-private.h"

G_BEGIN_DECLS

/** mc_look_back_seen: the ops that stand in the record now. Returns: (transfer full): an array */
json_t *mc_look_back_seen (McRecord *record);
/** mc_store_record: the record as the store reads now. Returns: (transfer full) (nullable) */
McRecord *mc_store_record (McStore *store, const char *id, GError **error);
gint64 mc_look_back_ms (const McLookBack *back);
gboolean mc_look_back_numbered (const McLookBack *back);
/** mc_look_back_dossier: what stands beside the record is as it was, too. */
void mc_look_back_dossier (McStore *store, McDossier *dossier);

G_END_DECLS
