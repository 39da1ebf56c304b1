/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-road.h"
#include "mc-scans.h"
#include "mc-worker.h"

G_BEGIN_DECLS

/** McScanReport: the scan that is moving. */
typedef struct
{
  gboolean moving;
  gboolean out;
  char sha256[65];
  gint64 done; /* bytes */
  gint64 size;
  gint64 speed; /* bytes a second, smoothed */
} McScanReport;

/** McSyncReport: what the window says of sync; see ui.md for the words. */
typedef struct
{
  McSyncState state;
  gint64 since_ms; /* wall: last whole contact, or since when there is none */
  guint ops_waiting;
  guint blobs_waiting;
  guint64 blob_bytes;
  guint blobs_coming; /* scans of others that are not here yet */
  McScansHeld scans_held;
  McScanReport scan;
  gint64 feed_done; /* entries taken, and the feed's head, while pulling much */
  gint64 feed_head;
  gboolean sending; /* a contact is under way */
  guint refused;    /* own changes refused and not corrected */
  guint notices;    /* verdicts that are others since the province was restored, not seen yet */
  gboolean copied;  /* this profile is a copy: it enrols anew before anything else */
} McSyncReport;

/** mc_sync_cycle: one full cycle without threads: push all, pull all, scans both ways; for
 * motcuactl. Errors: #MC_ERROR_NETWORK: nothing is lost. */
gboolean mc_sync_cycle (McStore *store, McSyncReport *ret_report, GError **error);

/**
 * McSyncer:
 * The background thread that asks the engine and drives the road. Emits "report" on the main
 * context whenever the report changed.
 */
#define MC_TYPE_SYNCER (mc_syncer_get_type ())
G_DECLARE_FINAL_TYPE (McSyncer, mc_syncer, MC, SYNCER, GObject)

/** mc_syncer_new: @worker is referenced. Does nothing before the profile is enrolled. */
McSyncer *mc_syncer_new (McWorker *worker);
void mc_syncer_start (McSyncer *syncer);
/** mc_syncer_stop: ends the contact under way and joins the thread. */
void mc_syncer_stop (McSyncer *syncer);
/** mc_syncer_wake: there is a new change, or a person asks. Any thread. */
void mc_syncer_wake (McSyncer *syncer, gboolean network_came);
/** mc_syncer_set_metered: whether the line is one that is paid by what it carries. Any thread. */
void mc_syncer_set_metered (McSyncer *syncer, gboolean metered);
/** mc_syncer_rest: asks nothing of the province until it is told to go on, while somebody else puts
 * the feed into the profile. Any thread. */
void mc_syncer_rest (McSyncer *syncer, gboolean rest);
/** mc_syncer_report: the latest. Main thread. */
McSyncReport mc_syncer_report (McSyncer *syncer);

G_END_DECLS
