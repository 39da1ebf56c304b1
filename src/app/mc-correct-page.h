/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McCorrectPage:
 * One piece of work that the province did not accept: why, what it said, what stands now, and its
 * fields to be corrected and sent again. Implements McPage.
 *
 * McCorrectPage::closed: it was sent again or set aside; the window shows what was before.
 */
#define MC_TYPE_CORRECT_PAGE (mc_correct_page_get_type ())
G_DECLARE_FINAL_TYPE (McCorrectPage, mc_correct_page, MC, CORRECT_PAGE, GtkWidget)

/** mc_correct_page_new: @op: one of mc_store_refused(). Returns: (nullable): %NULL where it is none
 * any more */
GtkWidget *mc_correct_page_new (McContext *context, const char *op);
/** mc_correct_page_op: what it is about. */
const char *mc_correct_page_op (McCorrectPage *page);

G_END_DECLS
