/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McDraftsPage: receptions that were begun and not saved; Enter goes on with one. */
#define MC_TYPE_DRAFTS_PAGE (mc_drafts_page_get_type ())
G_DECLARE_FINAL_TYPE (McDraftsPage, mc_drafts_page, MC, DRAFTS_PAGE, GtkWidget)

GtkWidget *mc_drafts_page_new (McContext *context);

G_END_DECLS
