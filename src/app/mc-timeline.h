/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-history.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mc_timeline_fill:
 * Shows who did what when, oldest first, with both values of what was changed.
 * @lines: (element-type McHistoryLine)
 * @most: the latest so many lines; 0: all
 */
void mc_timeline_fill (GtkBox *box, GPtrArray *lines, gint64 now_ms, guint most);

/** mc_box_clear: takes every child out of @box. */
void mc_box_clear (GtkBox *box);

G_END_DECLS
