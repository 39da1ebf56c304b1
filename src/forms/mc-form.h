/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-paper.h"
#include "mc-printed.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * McForm:
 * A legal form laid out on paper, ready to be drawn page by page: the same drawing goes to the
 * preview, the printer and the PDF. Vietnamese in every locale.
 */
typedef struct _McForm McForm;

/** McFormShape: on what a form of A4 is printed. */
typedef enum
{
  MC_FORM_SHAPE_A4,
  MC_FORM_SHAPE_A5,
  MC_FORM_SHAPE_TWO, /* two of A5 beside each other on a sheet of A4: to keep, and to give away */
  MC_N_FORM_SHAPES,
} McFormShape;

/**
 * mc_form_receipt:
 * Mẫu 01 "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" (TT 03/2025/TT-VPCP, Phụ lục I; layout NĐ
 * 30/2020).
 * @dossier: is read now, not kept
 * Returns: (transfer full)
 */
McForm *mc_form_receipt (McStore *store, const McDossier *dossier, GError **error);
/** mc_form_make: by name: "receipt", or a slip's (mc_slip_form()), as it would be printed now;
 * #MC_ERROR_NOT_FOUND for one that the dossier does not have. */
McForm *mc_form_make (McStore *store, const McDossier *dossier, const char *name, GError **error);
/** mc_form_issue: the same, bearing what mc_desk_print() gave it, or mc_store_issue(). */
McForm *mc_form_issue (McStore *store,
                       const McDossier *dossier,
                       const char *name,
                       const McIssue *issue,
                       GError **error);
/** mc_form_bundle: several forms as one: many papers in one job. @forms: (element-type McForm): are
 * taken out of the array. Returns: (transfer full) */
McForm *mc_form_bundle (const char *title, GPtrArray *forms);
/** mc_form_sheets: what a form of @shape is laid out on: mc_fit(). %NULL-terminated, static. */
const McSheet *const *mc_form_sheets (McFormShape shape);
/** mc_form_set_shape: of a form that is laid out on another sheet nothing changes. */
void mc_form_set_shape (McForm *form, McFormShape shape);
/** mc_form_of: @form is a paper of this desk: of an office for practice it bears the mark. Returns:
 * @form */
McForm *mc_form_of (McStore *store, McForm *form);
/** mc_form_ref: drawn on one thread at a time. Returns: @form */
McForm *mc_form_ref (McForm *form);
/** mc_form_free: lets go of one reference. */
void mc_form_free (McForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McForm, mc_form_free)

guint mc_form_pages (McForm *form);
/** mc_form_size: of its first sheet, in points. */
void mc_form_size (McForm *form, double *ret_width, double *ret_height);
/** mc_form_page_size: of the sheet @page (from 0); in a bundle they differ. */
void mc_form_page_size (McForm *form, guint page, double *ret_width, double *ret_height);
const char *mc_form_title (McForm *form);
/** mc_form_draw: page @page (from 0) onto @cr, whose unit is the point (1/72 inch), origin top left
 * of the paper. */
void mc_form_draw (McForm *form, cairo_t *cr, guint page);
/** mc_form_write_pdf: A4, durable before it returns. */
gboolean mc_form_write_pdf (McForm *form, const char *path, GError **error);
/** mc_form_write_open: the same to an open file, for what must not lie in a folder. */
gboolean mc_form_write_open (McForm *form, int fd, GError **error);

G_END_DECLS
