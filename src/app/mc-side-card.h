/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mc_side_card_new:
 * One side of a disagreement as a card that can be chosen: the value, the person, the time, and
 * where it was made. Returns: a #GtkToggleButton
 */
GtkWidget *mc_side_card_new (const McConflict *conflict, guint place, gint64 now_ms);

G_END_DECLS
