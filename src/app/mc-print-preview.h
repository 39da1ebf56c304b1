/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-print-job.h"

G_BEGIN_DECLS

/** McPrintPreview: the pages of a form under each other, as wide as there is room, up to their real
 * size. */
#define MC_TYPE_PRINT_PREVIEW (mc_print_preview_get_type ())
G_DECLARE_FINAL_TYPE (McPrintPreview, mc_print_preview, MC, PRINT_PREVIEW, GtkWidget)

/** mc_print_preview_new: @form: (transfer full) */
GtkWidget *mc_print_preview_new (McForm *form);
/** mc_print_preview_form: Borrowed. */
McForm *mc_print_preview_form (McPrintPreview *preview);

/** MC_PRINT_LEAFLET: the form of a procedure, named by its code in the place of a dossier. */
#define MC_PRINT_LEAFLET "leaflet"
/** MC_PRINT_REMOVAL: what a public desk has removed; %MC_PRINT_REMOVAL_FILE stands in the place of
 * a dossier and names the PDF. */
#define MC_PRINT_REMOVAL "removal"
#define MC_PRINT_REMOVAL_FILE "bien-ban-xoa-du-lieu"
/** MC_PRINT_REGISTER: the register, its mc_register_key() in the place of a dossier. */
#define MC_PRINT_REGISTER "register"
/** MC_PRINT_GUIDANCE: the slip of who is guided before anything is received, its
 * mc_guidance_key() in the place of a dossier. */
#define MC_PRINT_GUIDANCE "guide"
/** MC_PRINT_SHEET: how the name of a spreadsheet ends. */
#define MC_PRINT_SHEET ".xlsx"
/** mc_print_form_of: the form @name as it would be printed now. @dossier: an id, or several with
 * spaces between them. Returns: (transfer full) */
McForm *mc_print_form_of (McStore *store,
                          const char *dossier,
                          const char *name,
                          McJobFlags flags,
                          GError **error);

G_END_DECLS
