/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-syncer.h"

G_BEGIN_DECLS

/* What the page of what waits says of scans. */

/** mc_scans_waiting_words: how many are to go and to come. Returns: (transfer full) (nullable):
 * %NULL where there are none */
char *mc_scans_waiting_words (const McSyncReport *report);
/** mc_scans_moving_words: how far the one that moves has come, how fast, and how long all that go
 * out still take. Returns: (transfer full) (nullable): %NULL where none moves */
char *mc_scans_moving_words (const McSyncReport *report);
/** mc_scans_part: how much of the one that moves is over, 0…1. */
double mc_scans_part (const McSyncReport *report);
/** mc_scans_held_words: why none moves. Returns: (nullable): %NULL where nothing holds them */
const char *mc_scans_held_words (McScansHeld held);

G_END_DECLS
