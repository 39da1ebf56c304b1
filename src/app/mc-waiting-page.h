/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McWaitingPage: what waits to be sent, in sentences, oldest first, and what was not accepted. */
#define MC_TYPE_WAITING_PAGE (mc_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (McWaitingPage, mc_waiting_page, MC, WAITING_PAGE, GtkWidget)

GtkWidget *mc_waiting_page_new (McContext *context);

G_END_DECLS
