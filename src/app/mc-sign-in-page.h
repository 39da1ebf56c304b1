/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McSignInPage:
 * Who is working: a name and a PIN or passphrase. Emits "signed-in" with a #McStaff (transfer
 * full).
 */
#define MC_TYPE_SIGN_IN_PAGE (mc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (McSignInPage, mc_sign_in_page, MC, SIGN_IN_PAGE, GtkWidget)

GtkWidget *mc_sign_in_page_new (McContext *context);
/** mc_sign_in_page_refresh: the staff may have arrived. */
void mc_sign_in_page_refresh (McSignInPage *page);

G_END_DECLS
