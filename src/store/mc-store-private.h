/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

struct _McStore
{
  char *profile;
  McDb *db;
  const McClock *clock;
  int lock; /* descriptor of the lock file; -1 for a reader */
  gboolean changed;
  GHashTable
      *procedures; /* code → McProcedure as of today, or empty; see mc_store_forget_catalogue() */
  McCalendar *calendar;
  McSecretKey *key;    /* the device's, once read; wiped on closing */
  GHashTable *put_off; /* sha256 → mono ms before which the scan is not tried again */
};

/** mc_store_forget_catalogue: what was read of the catalogue and calendar is read anew. */
void mc_store_forget_catalogue (McStore *store);

/** mc_store_project: brings the projections of @record up to date. Inside the caller's transaction.
 */
gboolean mc_store_project (McStore *store, McRecord *record, GError **error);

/**
 * mc_store_append:
 * Signs an op of this device, judges it on the screen's state and keeps it with its projections.
 * Inside the caller's transaction. @base %NULL: what is on the screen now for every group written.
 * Returns: (transfer full): the op; %NULL with #MC_ERROR_REFUSED where the judge here refuses it
 */
McOp *mc_store_append (McStore *store,
                       const char *by,
                       const char *on,
                       const char *verb,
                       json_t *body,
                       json_t *base,
                       GError **error);

/** mc_store_hold_blob: notes that a scan is on this disk. */
gboolean mc_store_hold_blob (McStore *store, const char *sha256, gint64 size, GError **error);
/** mc_store_name_blob: notes that a dossier names a scan. */
gboolean mc_store_name_blob (McStore *store, const char *sha256, gint64 size, GError **error);

/**
 * mc_store_replay_of:
 * A record's ops in the order the screen follows: the feed's with its rulings, then what waits.
 * @ret_rulings: owns the forced rulings; @ret_ops owns the ops
 */
GArray *mc_store_replay_of (McStore *store,
                            const char *record,
                            GPtrArray **ret_ops,
                            GPtrArray **ret_rulings,
                            GError **error);

/** mc_store_same_state: whether the held ops of a record already show what the feed says. */
gboolean mc_store_follows_feed (McStore *store, const char *record);

G_END_DECLS
