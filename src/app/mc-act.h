/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-scans.h"
#include "mc-settlement.h"

G_BEGIN_DECLS

/*
 * What a person does to a dossier, handed to the thread that writes. Each takes its own copies;
 * every finish is mc_act_finish().
 */

/**
 * mc_act_set:
 * @seen: (nullable): the value that was on the screen
 * @base: (nullable): the ops behind it; without them the edit names whatever stands. Where @seen
 *   still stands, it names what stands too: somebody typed on before the first edit was back.
 */
void mc_act_set (McContext *context,
                 const char *dossier,
                 const char *group,
                 json_t *value,
                 json_t *seen,
                 json_t *base,
                 GAsyncReadyCallback callback,
                 gpointer user_data);
/** mc_act_step: @note may be %NULL. */
void mc_act_step (McContext *context,
                  const char *dossier,
                  const char *step,
                  const char *note,
                  GAsyncReadyCallback callback,
                  gpointer user_data);
void mc_act_fee (McContext *context,
                 const char *dossier,
                 gint64 amount,
                 const char *method,
                 const char *receipt,
                 GAsyncReadyCallback callback,
                 gpointer user_data);
void mc_act_note (McContext *context,
                  const char *dossier,
                  const char *text,
                  GAsyncReadyCallback callback,
                  gpointer user_data);
/** mc_act_attach: imports the PDF at @path and puts it on @part. */
void mc_act_attach (McContext *context,
                    const char *dossier,
                    const char *part,
                    const char *path,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
/** mc_act_drop_draft: what was typed and not saved is thrown away. */
void mc_act_drop_draft (McContext *context,
                        const char *draft,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/** mc_act_transfer: @offices: ids, %NULL-terminated; @why: (nullable) */
void mc_act_transfer (McContext *context,
                      const char *dossier,
                      const char *const *offices,
                      const char *why,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
/** mc_act_resend: refused work goes again, oldest first. @ops: %NULL-terminated; @body: (nullable):
 * the corrected body, for one alone */
void mc_act_resend (McContext *context,
                    const char *const *ops,
                    json_t *body,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
/** mc_act_reopen: mc_desk_reopen(); mc_worker_finish() gives the draft's id, (transfer full) */
void mc_act_reopen (McContext *context,
                    const char *op,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
void mc_act_set_aside (McContext *context,
                       const char *op,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/** mc_act_notice_seen: @notice: 0: all */
void mc_act_notice_seen (McContext *context,
                         gint64 notice,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** mc_act_scans_rule: when this desk moves scans by itself. */
void mc_act_scans_rule (McContext *context,
                        const McScansRule *rule,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/** mc_act_want_scan: somebody looks at a scan that is not here: it comes next. */
void mc_act_want_scan (McContext *context, const char *sha256);
/** mc_act_look_at_scan: where it is, for a viewer. Returns: (transfer full) (nullable): %NULL where
 * it is not here: then mc_act_want_scan() */
McBlobPlace *mc_act_look_at_scan (McContext *context, const char *sha256);

/** mc_act_settle: @settlements: (transfer full) (element-type McSettlement): all of them, or
 * none that chooses a value. */
void mc_act_settle (McContext *context,
                    GPtrArray *settlements,
                    GAsyncReadyCallback callback,
                    gpointer user_data);

gboolean mc_act_finish (McContext *context, GAsyncResult *result, GError **error);

G_END_DECLS
