/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-way-out.h"

G_BEGIN_DECLS

/**
 * McConflictScans:
 * The paper that can decide a conflict; of two scans of one paper both, side by side.
 */
#define MC_TYPE_CONFLICT_SCANS (mc_conflict_scans_get_type ())
G_DECLARE_FINAL_TYPE (McConflictScans, mc_conflict_scans, MC, CONFLICT_SCANS, GtkWidget)

GtkWidget *mc_conflict_scans_new (McContext *context);
/** mc_conflict_scans_show: Returns: how many scans there are */
guint mc_conflict_scans_show (McConflictScans *scans, const McConflict *conflict);

G_END_DECLS
