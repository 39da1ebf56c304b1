/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows of the page of what waits. What their buttons do is the page's: waiting.resend (s),
 * waiting.set-aside (s), waiting.seen (x). */

/** mc_waiting_row_new: one change; refused work opens to be corrected, any other its dossier. */
GtkWidget *mc_waiting_row_new (const McWaiting *waiting, McStore *store, gint64 now_ms);
/** mc_notice_row_new: a verdict that became another. */
GtkWidget *mc_notice_row_new (const McNotice *notice, gint64 now_ms);

G_END_DECLS
