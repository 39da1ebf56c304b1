/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/** mc_waiting_sentence: one change that waits: who did what to which dossier when. Returns:
 * (transfer full) */
char *mc_waiting_sentence (const McWaiting *waiting, gint64 now_ms);

/** mc_waiting_reason: why the province did not accept it, or %NULL where it only waits. Returns:
 * (transfer full) */
char *mc_waiting_reason (const McWaiting *waiting);

G_END_DECLS
