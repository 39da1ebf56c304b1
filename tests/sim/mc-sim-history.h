/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-ledger.h"
#include "mc-sim-world.h"

G_BEGIN_DECLS

/** McSimHistory: what the province holds of one record, and true sight of it. */
typedef struct
{
  McSimWorld *world;
  char *record;
  GPtrArray *ops;       /* McOp, in the order taken */
  GPtrArray *rulings;   /* McRuling */
  GArray *flags;        /* McJudgeFlags: how each was taken */
  GHashTable *place_of; /* id → place + 1 */
  McOp *creator;
} McSimHistory;

void mc_sim_history_read (McSimHistory *history, McSimWorld *world, const char *record);
void mc_sim_history_clear (McSimHistory *history);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McSimHistory, mc_sim_history_clear)

gboolean mc_sim_history_place (McSimHistory *history, const char *id, guint *ret_place);
gboolean mc_sim_history_refused (McSimHistory *history, guint place);
/** mc_sim_history_verdict: %FALSE where nothing was said of this group by itself. */
gboolean mc_sim_history_verdict (McSimHistory *history,
                                 guint place,
                                 const char *group,
                                 McVerdict *ret_verdict);
/** mc_sim_history_alone: whether it was judged without a parent. */
gboolean mc_sim_history_alone (McSimHistory *history, guint place);
/** mc_sim_history_before: the record as it was when the op at @place came. Returns: (transfer full)
 */
McRecord *mc_sim_history_before (McSimHistory *history, guint place);
/** mc_sim_history_named: ids that the author of @op had on the screen of @group, and what those who
 * were refused were built on. Returns: (transfer full) */
GHashTable *mc_sim_history_named (McSimHistory *history, const McOp *op, const char *group);
/** mc_sim_history_stale: whether @place decided on content that had changed, by true sight. */
gboolean mc_sim_history_stale (McSimHistory *history, guint place);

G_END_DECLS
