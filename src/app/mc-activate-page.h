/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * McActivatePage:
 * The first time at this PC, or after a forgotten secret: an activation code of the administrator,
 * then a secret of one's own. Emits "entered" with an #McArrival (transfer full), and "back".
 */
#define MC_TYPE_ACTIVATE_PAGE (mc_activate_page_get_type ())
G_DECLARE_FINAL_TYPE (McActivatePage, mc_activate_page, MC, ACTIVATE_PAGE, GtkWidget)

/** mc_activate_page_choose: @arrival (transfer full) needs no code, only a secret of their own. */
void mc_activate_page_choose (McActivatePage *page, McArrival *arrival, gboolean pin_enough);
/** mc_activate_page_new: @login: (nullable): who it is, as far as is known. */
GtkWidget *mc_activate_page_new (McDoor *door, const char *login);

G_END_DECLS
