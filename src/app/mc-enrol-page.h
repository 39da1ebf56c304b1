/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * McEnrolPage:
 * Connects this machine to an office: the province's address and the one-time code that the
 * administrator gave. Emits "enrolled", and "restore" for
 * whoever has a backup.
 */
#define MC_TYPE_ENROL_PAGE (mc_enrol_page_get_type ())
G_DECLARE_FINAL_TYPE (McEnrolPage, mc_enrol_page, MC, ENROL_PAGE, GtkWidget)

GtkWidget *mc_enrol_page_new (McDoor *door);

G_END_DECLS
