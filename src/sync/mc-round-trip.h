/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-clock.h"
#include "mc-road.h"

G_BEGIN_DECLS

/**
 * McRoundTrip:
 * A request that travels while the answer before it is put into the profile. Nobody else may use
 * the road meanwhile.
 */
typedef struct _McRoundTrip McRoundTrip;

/** mc_round_trip_start: @request: (transfer full). @road and @clock have to outlive it. */
McRoundTrip *mc_round_trip_start (McRoad *road, McSyncRequest *request, const McClock *clock);
/** mc_round_trip_end: as mc_road_sync(), whenever it is there; frees @trip. */
McSyncAnswer *mc_round_trip_end (McRoundTrip *trip,
                                 GCancellable *cancellable,
                                 McReply *ret_reply,
                                 GError **error);
/** mc_round_trip_drop: nobody wants the answer any more. */
void mc_round_trip_drop (McRoundTrip *trip);

G_END_DECLS
