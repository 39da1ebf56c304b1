/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/* All: Returns: (transfer full) */

/** mc_waiting_sentence: one change that waits: who did what to which dossier when. */
char *mc_waiting_sentence (const McWaiting *waiting, gint64 now_ms);
/** mc_waiting_detail: what exactly: "Thông tin liên hệ: 0912…". (nullable): %NULL where the
 * sentence says it all. @store: (nullable): for the names of offices */
char *mc_waiting_detail (const McWaiting *waiting, McStore *store);
/** mc_waiting_reason: why it is not done: what the province did not accept, or what it waits for.
 * (nullable): %NULL where it only has to be sent */
char *mc_waiting_reason (const McWaiting *waiting);
/** mc_waiting_remedy: what to do about a refusal. (nullable) */
char *mc_waiting_remedy (const McWaiting *waiting);

/** mc_notice_sentence: what was done, as in mc_waiting_sentence(). */
char *mc_notice_sentence (const McNotice *notice, gint64 now_ms);
/** mc_notice_change: "trước: được nhận → nay: không được nhận, vì …". */
char *mc_notice_change (const McNotice *notice);

G_END_DECLS
