/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** McFirstPage: what a PC without any work is asked first. Emits "enrol" and "restore". */
#define MC_TYPE_FIRST_PAGE (mc_first_page_get_type ())
G_DECLARE_FINAL_TYPE (McFirstPage, mc_first_page, MC, FIRST_PAGE, GtkWidget)

GtkWidget *mc_first_page_new (void);

G_END_DECLS
