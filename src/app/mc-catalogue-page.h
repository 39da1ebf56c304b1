/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McCataloguePage: every procedure of the office, to be looked for and read. Implements McPage. */
#define MC_TYPE_CATALOGUE_PAGE (mc_catalogue_page_get_type ())
G_DECLARE_FINAL_TYPE (McCataloguePage, mc_catalogue_page, MC, CATALOGUE_PAGE, GtkWidget)

GtkWidget *mc_catalogue_page_new (McContext *context);

G_END_DECLS
