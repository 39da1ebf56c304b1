/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McRegisterPage: the register of dossiers (Sổ theo dõi hồ sơ), a month or a year of it, one book
 * a field of work: to be read, printed, saved as PDF or as a spreadsheet. Implements McPage. */
#define MC_TYPE_REGISTER_PAGE (mc_register_page_get_type ())
G_DECLARE_FINAL_TYPE (McRegisterPage, mc_register_page, MC, REGISTER_PAGE, GtkWidget)

GtkWidget *mc_register_page_new (McContext *context);

G_END_DECLS
