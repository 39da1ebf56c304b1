/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-act.h"
#include "mc-desk.h"

G_BEGIN_DECLS

/* What is done to dossiers by their workflow, one or many at once. Each takes its own copies. */

/** mc_act_move: one step of many dossiers (see mc_desk_move_all()), or of one, which must take it.
 * @dossiers: ids, %NULL-terminated */
void mc_act_move (McContext *context,
                  const char *const *dossiers,
                  const McMove *move,
                  GAsyncReadyCallback callback,
                  gpointer user_data);
/** mc_act_promise_anew: see mc_desk_promise_anew(). */
void mc_act_promise_anew (McContext *context,
                          const char *const *dossiers,
                          gboolean by_calendar,
                          const char *note,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/** mc_act_move_finish: @ret_count: how many dossiers it was done to */
gboolean
mc_act_move_finish (McContext *context, GAsyncResult *result, guint *ret_count, GError **error);

G_END_DECLS
