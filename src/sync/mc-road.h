/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-engine.h"
#include "mc-sync-store.h"
#include "mc-transfer.h"
#include "mc-unlock.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * McRoad:
 * HTTPS to the province, on libsoup. Every call blocks and belongs to the sync thread (or to
 * motcuactl); a cancellable ends it.
 */
typedef struct _McRoad McRoad;

/** mc_road_new: @server is a base URL. */
McRoad *mc_road_new (const char *server);
void mc_road_free (McRoad *road);
/** mc_road_fresh: the connections that are kept may lead nowhere: none is used again. Nothing may
 * be under way. */
void mc_road_fresh (McRoad *road);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRoad, mc_road_free)
/** mc_road_set_identity: who signs the requests. */
void mc_road_set_identity (McRoad *road,
                           const char *device,
                           const char *certificate,
                           const McSecretKey *key);

/** McReply: what came back. */
typedef struct
{
  McOutcome outcome;
  guint retry_after_s;
  gint64 bytes_up; /* bodies and headers */
  gint64 bytes_down;
  gint64 took_ms; /* from asking to the whole answer; 0: not known */
  gint64 came_ms; /* wall clock when it came, where it was not looked at at once; else 0 */
} McReply;

/** mc_road_enrol: Returns: (transfer full): what the province answered, checked; #MC_ERROR_REFUSED
 * for a used or unknown code, #MC_ERROR_NETWORK */
McEnrolment *mc_road_enrol (McRoad *road, const char *code, const McPublicKey *key, GError **error);

/** mc_road_enrol_again: enrols anew a desk that found that it is a copy, with a new @key; the
 * road's identity is who it was, whose key signs. The same @key again gets the same answer.
 * Returns: (transfer full): as mc_road_enrol(); #MC_ERROR_REFUSED where it may not (suspended, too
 * often), #MC_ERROR_NETWORK */
McEnrolment *mc_road_enrol_again (McRoad *road, const McPublicKey *key, GError **error);

/**
 * mc_road_unlock:
 * Asks the province to open this PC for a person. Needs no identity. The same @ask again (the
 * answer was lost) gets the same answer.
 * @key: the pair whose public half is in @ask
 * Returns: (transfer full): or %NULL: #MC_ERROR_SECRET for a wrong, used or old code,
 * #MC_ERROR_DELAYED after too many, #MC_ERROR_REFUSED where the desk is suspended,
 * #MC_ERROR_NOT_FOUND where the province does not know it, #MC_ERROR_SIGNATURE, #MC_ERROR_NETWORK
 */
McUnlockAnswer *mc_road_unlock (McRoad *road,
                                const McUnlockAsk *ask,
                                const McUnlockKey *key,
                                const McPublicKey *province,
                                GCancellable *cancellable,
                                GError **error);

/** mc_road_sync: one round trip. Returns: (transfer full) (nullable) */
McSyncAnswer *mc_road_sync (McRoad *road,
                            const McSyncRequest *request,
                            GCancellable *cancellable,
                            McReply *ret_reply,
                            GError **error);

/**
 * mc_road_send_step:
 * One request of a scan that goes out. Sets the outcome of @reply: #MC_OUTCOME_DONE: on with
 * mc_transfer_next(); #MC_OUTCOME_DENIED: the line works, but this scan has to wait (for
 * retry_after_s, where that is not 0); #MC_OUTCOME_FAILED, #MC_OUTCOME_BUSY: the line does not.
 * Returns: whether it is #MC_OUTCOME_DONE
 */
gboolean mc_road_send_step (McRoad *road,
                            McTransfer *transfer,
                            McBlobReader *scan,
                            GCancellable *cancellable,
                            McReply *reply,
                            GError **error);
/** mc_road_fetch_step: the same for one that comes in; what has come is in @writer, whatever the
 * outcome. */
gboolean mc_road_fetch_step (McRoad *road,
                             McTransfer *transfer,
                             McBlobWriter *writer,
                             GCancellable *cancellable,
                             McReply *reply,
                             GError **error);

/** mc_road_lanes: how many scans the line bears at a time; see #McPace. */
guint mc_road_lanes (McRoad *road, gboolean out);
/** mc_road_beside: the @n-th road (from 1, below #MC_PACE_LANES) beside this one, as who it is and
 * as far as it knows the line, for a thread of its own. Returns: borrowed */
McRoad *mc_road_beside (McRoad *road, guint n);
/** mc_road_one_lane: what travelled beside did not arrive: one scan at a time for now. */
void mc_road_one_lane (McRoad *road);

G_END_DECLS
