/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-engine.h"

G_BEGIN_DECLS

/**
 * McPace:
 * How much of a scan goes in one request: little on a bad line, so that a cut costs little and
 * changes need not wait long; much on a good one, where requests would wait for each other.
 */
typedef struct
{
  gsize chunk; /* bytes; see mc_pace_new() */
  guint lanes; /* scans that travel at a time: more than one where the line would lie idle while the
                * province makes sure of each */
} McPace;

#define MC_PACE_MIN (16 * 1024)
#define MC_PACE_MAX (8 * 1024 * 1024)
#define MC_PACE_LANES 4

McPace mc_pace_new (void);
/** mc_pace_took: a request with @bytes was answered after @ms. */
void mc_pace_took (McPace *pace, gsize bytes, gint64 ms);
/** mc_pace_broke: one was not: the line broke, or somebody on the way finds it too large. */
void mc_pace_broke (McPace *pace);

/** McTransferStep: the request that brings a scan further; see data/protocol. */
typedef enum
{
  MC_TRANSFER_DONE,
  MC_TRANSFER_ASK,      /* HEAD: how much is there? */
  MC_TRANSFER_ANNOUNCE, /* POST: there will be such a scan */
  MC_TRANSFER_SEND,     /* PATCH: the next chunk */
  MC_TRANSFER_FETCH,    /* GET with Range */
} McTransferStep;

/**
 * McTransfer:
 * One scan on its way to the province (tus 1.0) or from it: a state machine without I/O and without
 * a clock. Whoever carries asks mc_transfer_next(), sends that, and tells what came of it.
 */
typedef struct
{
  char *sha256;
  char *path; /* of its URL */
  gboolean out;
  gboolean announced; /* the province has heard of it, as far as known */
  gint64 size;
  gint64 offset; /* bytes there (out) or here (in); -1: to be asked */
  guint strikes; /* answers in a row that did not bring it further */
} McTransfer;

/**
 * mc_transfer_out:
 * @path: (nullable): where the province took it before
 * @done: bytes that it had then; 0: nothing was tried yet
 */
McTransfer *mc_transfer_out (const char *sha256, gint64 size, const char *path, gint64 done);
/** mc_transfer_in: @here: bytes that are here already */
McTransfer *mc_transfer_in (const char *sha256, gint64 size, gint64 here);
void mc_transfer_free (McTransfer *transfer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTransfer, mc_transfer_free)

/** mc_transfer_next: what is to be asked now. */
McTransferStep mc_transfer_next (const McTransfer *transfer);

/** McTransferAnswer: what is read of an answer. */
typedef struct
{
  guint status;     /* of HTTP */
  gint64 offset;    /* Upload-Offset; -1: none */
  const char *path; /* (nullable): of Location */
  const char *word; /* (nullable): the province's own, where it refused */
  gint64 sent;      /* bytes of the chunk that it answers */
} McTransferAnswer;

/**
 * mc_transfer_answered:
 * Takes the answer to mc_transfer_next(), for what goes out.
 * Returns: #MC_OUTCOME_DONE: go on with mc_transfer_next(); #MC_OUTCOME_TOO_LARGE: with a smaller
 * chunk; #MC_OUTCOME_FAILED: it is no answer of a province; #MC_OUTCOME_BUSY; #MC_OUTCOME_DENIED:
 * it does not take this scan now
 */
McOutcome mc_transfer_answered (McTransfer *transfer, const McTransferAnswer *answer);

/** mc_transfer_broke: there was no answer, or none of a province. Returns: whether the scan is to
 * let others go first: it may be this one that the line does not bear */
gboolean mc_transfer_broke (McTransfer *transfer);

G_END_DECLS
