/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-way-out.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mc_side_card_new: a card for one way of a conflict: what it is, who made it and when. A
 * toggle button. */
GtkWidget *mc_side_card_new (const McWayOut *way);

G_END_DECLS
