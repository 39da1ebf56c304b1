/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-syncer.h"

G_BEGIN_DECLS

/** McSyncMood: which class of style the sync words get; never the only carrier of meaning. */
typedef enum
{
  MC_SYNC_CALM,
  MC_SYNC_BUSY,
  MC_SYNC_APART,
  MC_SYNC_CARE,
} McSyncMood;

/**
 * mc_sync_words:
 * What the window says of sync: one of the seven phrases of the design and no other.
 * @now_ms: wall clock; a moment of another day is said with its date
 * @ret_mood: (out) (optional)
 * Returns: (transfer full)
 */
char *mc_sync_words (const McSyncReport *report, gint64 now_ms, McSyncMood *ret_mood);

G_END_DECLS
