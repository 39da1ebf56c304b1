/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-public.h"
#include "mc-store-private.h"

G_BEGIN_DECLS

/** McPublicMatter: a dossier on a public desk, as its ops that are here say. */
typedef struct
{
  char *id;
  char *code;       /* (nullable) */
  GPtrArray *ops;   /* their ids */
  GPtrArray *scans; /* their hashes, each once */
  McStay why;
} McPublicMatter;
void mc_public_matter_free (McPublicMatter *matter);

/** mc_public_matters: Returns: (transfer full) (element-type McPublicMatter) */
GPtrArray *mc_public_matters (McStore *store, gint64 quiet_ms, GError **error);

/** mc_public_add_scans: to @scans the hash of every scan that @json names, each once. */
void mc_public_add_scans (GPtrArray *scans, json_t *json);

/** mc_public_note: adds to the report. @removed: (element-type McRemoved) */
gboolean mc_public_note (McStore *store, GPtrArray *removed, GError **error);

/** mc_public_keeps: whether the line of an op that comes is to be kept at all on a public desk:
 * what it is about was received here. */
gboolean mc_public_keeps (McStore *store, const McOp *op);
/** mc_public_passes: notes that what comes of @record is not kept. */
gboolean mc_public_passes (McStore *store, const char *record, GError **error);
/** mc_public_made: whether this desk made @op of its own device, held or let go since. */
gboolean mc_public_made (McStore *store, const McOp *op);
/** mc_public_follow: takes the province's word on what this desk is. One that is public no longer
 * reads its office's feed anew: @ret_anew. */
gboolean mc_public_follow (McStore *store, McDeskKind kind, gboolean *ret_anew, GError **error);

/** mc_public_open: rows that are deleted are overwritten from now on. */
gboolean mc_public_open (McStore *store, GError **error);

/* A backup that could not be reached may hold what is gone here. */
#define MC_FACT_BACKUP_STALE "backup_stale"
/** mc_backup_forget: overwrites and removes all backups of this profile in its folder; the next one
 * is due at once. Returns: %FALSE where the folder is not there. */
gboolean mc_backup_forget (McStore *store);

G_END_DECLS
