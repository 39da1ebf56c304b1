/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McPublicPage: what a public desk has removed, and what is still on it, with the reason.
 * Implements McPage. */
#define MC_TYPE_PUBLIC_PAGE (mc_public_page_get_type ())
G_DECLARE_FINAL_TYPE (McPublicPage, mc_public_page, MC, PUBLIC_PAGE, GtkWidget)

GtkWidget *mc_public_page_new (McContext *context);

/** mc_public_sweep: what may go goes; on the worker. @quiet_ms: as mc_public_let_go(). @callback:
 * (nullable): ends with mc_worker_finish() */
void mc_public_sweep (McContext *context,
                      gint64 quiet_ms,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

G_END_DECLS
