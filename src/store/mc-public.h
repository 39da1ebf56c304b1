/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/*
 * A public desk: the laptop of a digital team, the PC of a postal agent. It keeps what was received
 * on it until the province has all of it and somebody else will see to it; then nothing of the
 * resident stays, and what was removed is written down. What others of its office do is never kept
 * here. Which desk is one is the province's word (McSyncAnswer). (Luật 91/2025/QH15: data no longer
 * needed are deleted.)
 */

/** MC_PUBLIC_QUIET_MS: a dossier stays this long after the last thing done with it here: its
 * receipt is being printed, its scans are being made. */
#define MC_PUBLIC_QUIET_MS (10 * 60 * G_GINT64_CONSTANT (1000))

/** mc_store_desk_kind: what the province last said of this desk. */
McDeskKind mc_store_desk_kind (McStore *store);
gboolean mc_store_public (McStore *store);

/** McStay: why a dossier is still here. */
typedef enum
{
  MC_STAY_CHANGES,   /* the province has not judged all of it */
  MC_STAY_SCANS,     /* nor has it all the scans */
  MC_STAY_REFUSED,   /* it refused something, and nobody has looked at that */
  MC_STAY_CONTESTED, /* two people changed the same thing */
  MC_STAY_TYPED,     /* something was typed into it and not saved */
  MC_STAY_NOBODY,    /* no other desk would show it: it is to be handed over */
  MC_STAY_LATELY,    /* it was worked on a moment ago */
  MC_STAY_NONE,      /* nothing holds it */
} McStay;

/** McStaying: a dossier on a public desk. */
typedef struct
{
  char *id;
  char *code; /* (nullable): of one whose reception cannot be read */
  McStay why;
} McStaying;
void mc_staying_free (McStaying *staying);

/** mc_public_staying: what is here of dossiers, by code. @quiet_ms: as mc_public_let_go(). Returns:
 * (transfer full) (element-type McStaying) */
GPtrArray *mc_public_staying (McStore *store, gint64 quiet_ms, GError **error);

/** McRemoved: a line of the report. It names no resident. */
typedef struct
{
  gint64 at_ms;
  char *code; /* (nullable): drafts, or scans that nobody attached */
  guint changes;
  guint scans;
  guint64 bytes; /* of the scans */
  guint drafts;
} McRemoved;
void mc_removed_free (McRemoved *removed);
/** mc_removed_json: Returns: (transfer full): the line as data; no "code" where there is none */
json_t *mc_removed_json (const McRemoved *removed);

/**
 * mc_public_let_go:
 * Removes what may go of a public desk, with secure deletion: rows are taken out of database, log
 * and search index, scans are overwritten, copies of before and backups (where they can be reached)
 * too. A desk of another kind is left alone. May be killed at any moment: the next call goes on.
 * @quiet_ms: how long nobody has worked on it; %MC_PUBLIC_QUIET_MS, or 0 where everybody leaves
 * @ret_count: (optional): how many dossiers went
 */
gboolean mc_public_let_go (McStore *store, gint64 quiet_ms, guint *ret_count, GError **error);
/** mc_public_drop_drafts: the person has said that what was never received is not needed. */
gboolean mc_public_drop_drafts (McStore *store, GError **error);

/** mc_public_removed: what was removed, newest first. Returns: (transfer full) (element-type
 * McRemoved) */
GPtrArray *mc_public_removed (McStore *store, GError **error);

/** McLeft: what there still is. */
typedef struct
{
  guint dossiers;
  guint drafts;
  guint scans;     /* files */
  gboolean backup; /* an older backup could not be reached, and may hold what is gone here */
} McLeft;
gboolean mc_public_left (McStore *store, McLeft *ret_left, GError **error);

G_END_DECLS
