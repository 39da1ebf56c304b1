/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-contact.h"

G_BEGIN_DECLS

/**
 * McScanMove:
 * The scans that are moving over the HTTPS road, a slice of time after the other, so that changes
 * go in between: one, or on a quick line some beside each other.
 */
typedef struct _McScanMove McScanMove;

void mc_scan_move_free (McScanMove *move);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McScanMove, mc_scan_move_free)

/**
 * mc_scan_move_slice:
 * Moves the scans whose turn it is for a slice (mc_scan_lanes_move()) and tells the profile how far
 * they have come. The outcome of @reply is the line's: a scan that has to wait for another reason
 * lets others go first.
 * @kept: (inout): what is kept of it between two slices; %NULL at first
 */
void mc_scan_move_slice (McScanMove **kept,
                         McContact *contact,
                         McRoad *road,
                         gboolean out,
                         GCancellable *cancellable,
                         McReply *reply,
                         GError **error);

G_END_DECLS
