/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McDossierPage: one dossier, form and scan in halves. */
#define MC_TYPE_DOSSIER_PAGE (mc_dossier_page_get_type ())
G_DECLARE_FINAL_TYPE (McDossierPage, mc_dossier_page, MC, DOSSIER_PAGE, GtkWidget)

/** mc_dossier_page_new: @id: a dossier that is here */
GtkWidget *mc_dossier_page_new (McContext *context, const char *id);
const char *mc_dossier_page_id (McDossierPage *page);
/** mc_dossier_page_report: how sync goes: a scan that is looked at may be coming. */
void mc_dossier_page_report (McDossierPage *page, const McSyncReport *report);

G_END_DECLS
