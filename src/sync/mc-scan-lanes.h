/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-road.h"

G_BEGIN_DECLS

/** McScanLoad: a scan on its way over the HTTPS road, and what is open of it here. */
typedef struct
{
  McBlobJob *job;
  McBlobPlace *place;
  gboolean out;
  McTransfer *transfer; /* (nullable): it has not begun yet */
  McBlobReader *reader; /* of one that goes out */
  McBlobWriter *writer; /* of one that comes in */
  gint64 from;          /* how far it was when this slice began */
  gboolean asked;       /* the province was, in this slice */
} McScanLoad;

/** mc_scan_load_new: Takes @job and @place. Nothing is opened before its turn. */
McScanLoad *mc_scan_load_new (gboolean out, McBlobJob *job, McBlobPlace *place);
void mc_scan_load_free (McScanLoad *load);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McScanLoad, mc_scan_load_free)
/** mc_scan_load_done: whether nothing of it is left to move. */
gboolean mc_scan_load_done (const McScanLoad *load);

/** mc_scan_lanes_most: how many loads one slice is worth: where a scan takes a moment, several. */
guint mc_scan_lanes_most (McRoad *road, gboolean out);

/**
 * mc_scan_lanes_move:
 * Moves one of @loads after the other, in their order, until the slice is over (a second, or a part
 * of one where scans take moments, but at least one request) or something is in the way. On a line
 * so quick that it would lie idle while the province makes sure of a scan (mc_pace_took()) the next
 * ones travel beside it, over connections of their own, from threads that have ended when this
 * returns. What fails there is not told: it is asked again when its turn has come.
 * @loads: McScanLoad
 * Returns: (nullable): borrowed: the one that @reply and @error are about, or the last that moved
 */
McScanLoad *mc_scan_lanes_move (McRoad *road,
                                GPtrArray *loads,
                                GCancellable *cancellable,
                                McReply *reply,
                                GError **error);

G_END_DECLS
