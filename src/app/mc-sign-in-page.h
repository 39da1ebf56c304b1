/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * McSignInPage:
 * Who opens this PC, and with what. Emits "entered" with an #McArrival (transfer full), and
 * "activate" with a login or "" for whoever needs an activation code; "back" of one that leads to
 * a backup.
 */
#define MC_TYPE_SIGN_IN_PAGE (mc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (McSignInPage, mc_sign_in_page, MC, SIGN_IN_PAGE, GtkWidget)

/** mc_sign_in_page_new: @login: (nullable): who locked it, and is chosen. */
GtkWidget *mc_sign_in_page_new (McDoor *door, const char *login);
/** mc_sign_in_page_choose_other: the first one in the list who did not lock it, if any. */
void mc_sign_in_page_choose_other (McSignInPage *page);
/** mc_sign_in_page_restoring: it leads to a backup, which is restored by whoever opens it. */
void mc_sign_in_page_restoring (McSignInPage *page);
/** mc_sign_in_page_fail: the secret was right, but the work did not open. */
void mc_sign_in_page_fail (McSignInPage *page, const GError *error);

G_END_DECLS
