/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McScansCard:
 * The scans that are to go and to come: how many, how far the one that moves is, why none moves,
 * and a pause.
 */
#define MC_TYPE_SCANS_CARD (mc_scans_card_get_type ())
G_DECLARE_FINAL_TYPE (McScansCard, mc_scans_card, MC, SCANS_CARD, GtkWidget)

/** mc_scans_card_show: hides itself where there is nothing to say. Call it whenever sync reports.
 */
void mc_scans_card_show (McScansCard *card, McContext *context);

G_END_DECLS
