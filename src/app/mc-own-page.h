/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McOwnPage: where an office's leader adds a procedure or corrects one. Signal "closed": it was
 * saved, and is to go. */
#define MC_TYPE_OWN_PAGE (mc_own_page_get_type ())
G_DECLARE_FINAL_TYPE (McOwnPage, mc_own_page, MC, OWN_PAGE, GtkWidget)

/** mc_own_page_may: whether who is signed in changes procedures. */
gboolean mc_own_page_may (const McContext *context);
/** mc_own_page_new: @code: (nullable): of the procedure to correct; %NULL: a new one. Returns:
 * (nullable): %NULL where the catalogue has no such procedure */
GtkWidget *mc_own_page_new (McContext *context, const char *code);
/** mc_own_page_new_from: goes on with a draft, as mc_desk_drafts() has it. */
GtkWidget *mc_own_page_new_from (McContext *context, const char *draft, const json_t *own);
/** mc_own_page_new_with: corrects @code by what a colleague has said of it. */
GtkWidget *mc_own_page_new_with (McContext *context, const char *code, const json_t *entry);

G_END_DECLS
