/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * McRestorePage:
 * The backups in a folder, to go on from one of them on this machine.
 * "chosen" (McDoor: borrowed): the door that leads to it; "back".
 */
#define MC_TYPE_RESTORE_PAGE (mc_restore_page_get_type ())
G_DECLARE_FINAL_TYPE (McRestorePage, mc_restore_page, MC, RESTORE_PAGE, GtkWidget)

/** mc_restore_page_new: @door: of the profile that is to be. */
GtkWidget *mc_restore_page_new (McDoor *door);
/** mc_restore_page_ask: asks for the folder; once the page is in its window. */
void mc_restore_page_ask (McRestorePage *page);
/** mc_restore_page_look: looks into @folder. */
void mc_restore_page_look (McRestorePage *page, const char *folder);

G_END_DECLS
