/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* What the sync engine's roads take from the profile and put into it. */

McCursor mc_store_cursor (McStore *store);

/**
 * mc_store_outbox:
 * Held ops that are not in the feed yet, in the order held, as lines of a request (with what the
 * province once said of them, where it has forgotten).
 * @skip: (nullable): set of op ids that the province has answered for in this session
 * @ret_ids: (optional) (transfer full) (element-type utf8): their ids
 * Returns: (transfer full) (element-type utf8)
 */
GPtrArray *mc_store_outbox (McStore *store,
                            guint max_ops,
                            gsize max_bytes,
                            GHashTable *skip,
                            GPtrArray **ret_ids,
                            GError **error);
/** mc_store_certificates_asked: of the devices that this profile was and whose ops the province
 * could not take because it does not know them. Returns: (transfer full) (element-type utf8) */
GPtrArray *mc_store_certificates_asked (McStore *store, GError **error);
/** mc_store_outbox_left: how many mc_store_outbox() would give without limits. @skip: (nullable):
 * only ids that are not in the feed */
gint64 mc_store_outbox_left (McStore *store, GHashTable *skip);
/** mc_store_outbox_count: how many changes the province has not judged. */
guint mc_store_outbox_count (McStore *store);

/** mc_store_first: how far this desk is with what it is told ahead of its feed. */
void mc_store_first (McStore *store, McFirst *ret_first);
/** mc_store_first_held: how many ops it holds so that its feed does not have yet. */
gint64 mc_store_first_held (McStore *store);

/** mc_store_judged: whether the op is in the feed. */
gboolean mc_store_judged (McStore *store, const char *op);

/**
 * mc_store_inbox:
 * A page of the feed and its cursor in one transaction: verifies the running hash, keeps the lines,
 * follows the server's rulings, judges anew what waits on top of them. Where the feed is another
 * than the one followed so far (answer->reset), goes back to the common point.
 * Errors: #MC_ERROR_NETWORK where the page does not continue the cursor or its hash is wrong.
 */
gboolean mc_store_inbox (McStore *store, const McSyncAnswer *answer, GError **error);

/** mc_store_set_offset: what the server's clock said: offset in ms from the wall clock. */
gboolean mc_store_set_offset (McStore *store, gint64 offset_ms, GError **error);

/** McBlobJob: a scan to send or to fetch. */
typedef struct
{
  char *sha256;
  guint64 size;
  gint64 done;     /* bytes the province has of one to send, as far as this desk knows */
  char *url;       /* (nullable): where it is taken, where that is not the usual address */
  gboolean wanted; /* somebody waits for it */
} McBlobJob;
void mc_blob_job_free (McBlobJob *job);
/** mc_store_blob_to_send: the smallest one that the province has not confirmed; one that has waited
 * four hours first. Returns: (transfer full) (nullable) */
McBlobJob *mc_store_blob_to_send (McStore *store);
/** mc_store_blob_to_fetch: the one that somebody waits for (mc_store_want_scan()), else the
 * smallest that a dossier names and this desk lacks. Returns: (transfer full) (nullable) */
McBlobJob *mc_store_blob_to_fetch (McStore *store);
/** mc_store_blobs_to_send: the first @most of them, in that order. Returns: (transfer full): of
 * #McBlobJob, which it frees */
GPtrArray *mc_store_blobs_to_send (McStore *store, guint most);
/** mc_store_blobs_to_fetch: the same for those to fetch; only the one that somebody waits for,
 * where there is one. */
GPtrArray *mc_store_blobs_to_fetch (McStore *store, guint most);
void mc_store_blobs_waiting (McStore *store, guint *ret_count, guint64 *ret_bytes);
/** mc_store_blobs_coming: how many scans of others are not here yet, up to #MC_COMING_MAX: it is
 * asked often. */
#define MC_COMING_MAX 10000
guint mc_store_blobs_coming (McStore *store);
/** mc_store_blob_progress: the province has the first @done bytes of a scan that is being sent.
 * @url: (nullable): as in #McBlobJob */
gboolean mc_store_blob_progress (McStore *store,
                                 const char *sha256,
                                 gint64 done,
                                 const char *url,
                                 GError **error);
gboolean mc_store_blob_sent (McStore *store, const char *sha256, GError **error);
/** mc_store_blob_part: where a half-fetched scan is kept. Returns: (transfer full) */
McBlobPlace *mc_store_blob_part (McStore *store, const char *sha256);
/** mc_store_blob_arrived: moves a fetched scan, finished at mc_store_blob_part(), into its place
 * after checking its hash. #MC_ERROR_DAMAGED where it is not that scan. */
gboolean mc_store_blob_arrived (McStore *store, const char *sha256, GError **error);
/** MC_PUT_OFF_S: for how long a scan that failed lets the others go first, where nobody says else.
 */
#define MC_PUT_OFF_S 60
/** mc_store_blob_put_off: could not be sent or fetched now: others go first for @seconds. */
void mc_store_blob_put_off (McStore *store, const char *sha256, guint seconds);
/** mc_store_blob_next_try: seconds until the first of those is tried again; 0: there are none. */
guint mc_store_blob_next_try (McStore *store);

G_END_DECLS
