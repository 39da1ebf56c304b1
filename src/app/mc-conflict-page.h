/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McConflictPage: "Hai người cùng sửa": one disagreement at a time, its scan beside it. */
#define MC_TYPE_CONFLICT_PAGE (mc_conflict_page_get_type ())
G_DECLARE_FINAL_TYPE (McConflictPage, mc_conflict_page, MC, CONFLICT_PAGE, GtkWidget)

GtkWidget *mc_conflict_page_new (McContext *context);
/** mc_conflict_page_turn_to: shows the first disagreement about @dossier, where there is one. */
void mc_conflict_page_turn_to (McConflictPage *page, const char *dossier);

G_END_DECLS
