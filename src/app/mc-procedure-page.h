/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McProcedurePage: a procedure to read, to print as a leaflet, to show as a QR symbol. Implements
 * McPage. */
#define MC_TYPE_PROCEDURE_PAGE (mc_procedure_page_get_type ())
G_DECLARE_FINAL_TYPE (McProcedurePage, mc_procedure_page, MC, PROCEDURE_PAGE, GtkWidget)

/** mc_procedure_page_new: Returns: %NULL where the catalogue of today has no @code */
GtkWidget *mc_procedure_page_new (McContext *context, const char *code);

G_END_DECLS
