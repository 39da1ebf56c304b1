/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McEngine:
 * The sync engine: a state machine without I/O, without a clock and without chance of its own.
 * Events in, one command out. Roads (HTTPS, LAN, courier, the simulator) carry out the command and
 * say what became of it.
 */
typedef struct _McEngine McEngine;

typedef enum
{
  MC_COMMAND_WAIT,      /* until until_ms, or until the next event */
  MC_COMMAND_SYNC,      /* one round trip: push up to max_ops, pull, hold for wait_s */
  MC_COMMAND_SEND_BLOB, /* a slice of the scan that is next: a second, or one chunk */
  MC_COMMAND_FETCH_BLOB,
  MC_COMMAND_ENROL, /* this desk is a copy: be taken in anew, before anything else */
} McCommandKind;

typedef struct
{
  McCommandKind kind;
  gint64 until_ms; /* monotonic; G_MAXINT64: for ever */
  guint max_ops;
  guint max_entries; /* of the feed, in the answer */
  guint wait_s;
} McCommand;

/** McWork: what there is to do, as the road finds it in the profile just before asking. */
typedef struct
{
  guint ops; /* changes to send */
  gboolean blob_out;
  gboolean blob_in;
  gboolean blob_wanted; /* somebody waits for the one that comes in */
  guint blob_later_s;   /* one that was put off is tried again then; 0: there is none */
  gboolean copied;      /* mc_store_copied() */
} McBacklog;

typedef enum
{
  MC_OUTCOME_DONE,      /* an answer of ours */
  MC_OUTCOME_MORE,      /* the same, and the feed has more */
  MC_OUTCOME_FAILED,    /* no contact, a portal, a torn answer */
  MC_OUTCOME_TOO_LARGE, /* 413: halve, and again at once */
  MC_OUTCOME_SLOW,      /* no answer in time: halve, and back off */
  MC_OUTCOME_BUSY,      /* 429 or 503: retry_after_s */
  MC_OUTCOME_DENIED,    /* this device is not known or is suspended */
} McOutcome;

/** mc_engine_new: @seed makes the jitter; the same seed gives the same run. */
McEngine *mc_engine_new (guint32 seed);
void mc_engine_free (McEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McEngine, mc_engine_free)

/** mc_engine_next: what to do now. */
McCommand mc_engine_next (McEngine *engine, gint64 now_ms, const McBacklog *backlog);
/** mc_engine_outcome: what became of the last command. @retry_after_s: 0 where not said */
void mc_engine_outcome (McEngine *engine, gint64 now_ms, McOutcome outcome, guint retry_after_s);
/** mc_engine_wake: a new local change, a click on "try now", or the network came back. */
void mc_engine_wake (McEngine *engine, gint64 now_ms, gboolean network_came);

typedef enum
{
  MC_SYNC_NEVER,     /* no contact yet since the start */
  MC_SYNC_DONE,      /* synced at since_wall_ms */
  MC_SYNC_OFFLINE,   /* no contact since since_wall_ms */
  MC_SYNC_SUSPENDED, /* this desk is suspended: tell the administrator */
} McSyncState;
McSyncState mc_engine_state (McEngine *engine);

G_END_DECLS
