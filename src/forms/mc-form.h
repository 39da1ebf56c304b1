/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * McForm:
 * A legal form laid out on paper, ready to be drawn page by page: the same drawing goes to the
 * preview, the printer and the PDF. Vietnamese in every locale.
 */
typedef struct _McForm McForm;

/**
 * mc_form_receipt:
 * Mẫu 01 "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" (TT 03/2025/TT-VPCP, Phụ lục I; layout NĐ
 * 30/2020).
 * @dossier: is read now, not kept
 * Returns: (transfer full)
 */
McForm *mc_form_receipt (McStore *store, const McDossier *dossier, GError **error);
/** mc_form_make: by name: "receipt", or a slip's (mc_slip_form()); #MC_ERROR_NOT_FOUND for one that
 * the dossier does not have. */
McForm *mc_form_make (McStore *store, const McDossier *dossier, const char *name, GError **error);
/** mc_form_of: @form is a paper of this desk: of an office for practice it bears the mark. Returns:
 * @form */
McForm *mc_form_of (McStore *store, McForm *form);
void mc_form_free (McForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McForm, mc_form_free)

guint mc_form_pages (McForm *form);
/** mc_form_size: of its sheets, in points. */
void mc_form_size (McForm *form, double *ret_width, double *ret_height);
const char *mc_form_title (McForm *form);
/** mc_form_draw: page @page (from 0) onto @cr, whose unit is the point (1/72 inch), origin top left
 * of the paper. */
void mc_form_draw (McForm *form, cairo_t *cr, guint page);
/** mc_form_write_pdf: A4, durable before it returns. */
gboolean mc_form_write_pdf (McForm *form, const char *path, GError **error);
/** mc_form_write_open: the same to an open file, for what must not lie in a folder. */
gboolean mc_form_write_open (McForm *form, int fd, GError **error);

G_END_DECLS
