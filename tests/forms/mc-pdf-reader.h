/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-receipt.h"
#include "mc-support.h"
#include <poppler.h>

/* Poppler 22 brings no clean-up of its own. */
typedef PopplerDocument McReadPdf;
typedef PopplerPage McReadPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McReadPdf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McReadPage, g_object_unref)

/* What the tests of forms read back from the PDF that was written. Lengths are points. */

/** mc_read_count: how many files there are in @folder. */
guint mc_read_count (const char *folder);

/** mc_sample_receipt: a receipt in which every field is filled in, with @parts parts. */
McReceiptData *mc_sample_receipt (guint parts);
/** mc_sample_set: puts @value into a field. */
void mc_sample_set (char **field, const char *value);

/** mc_read_pdf: the form of @data through a file. */
McReadPdf *mc_read_pdf (const McReceiptData *data);
/** mc_read_form: any form through a file, which must be tagged, say its title, and have all its
 * letters in it, of the one typeface. */
McReadPdf *mc_read_form (McForm *form);
/** mc_read_strange_form: the same, of texts that no font of the office has whole. */
McReadPdf *mc_read_strange_form (McForm *form);
/** mc_read_structure: what a screen reader finds: each element on a line of its own, its text in
 * quotation marks below it. */
char *mc_read_structure (McForm *form);
/** mc_read_text: of one page, with one space where white is. */
char *mc_read_text (McReadPdf *pdf, int page);
/** mc_read_all_text: of all pages. */
char *mc_read_all_text (McReadPdf *pdf);
/** mc_read_area: the text of a part of a page; y is from the top. */
char *mc_read_area (McReadPdf *pdf, int page, const PopplerRectangle *area);
/** mc_read_find: where @text stands on the page; fails where it does not. y is from the top. */
PopplerRectangle mc_read_find (McReadPdf *pdf, int page, const char *text);
guint mc_read_occurrences (const char *text, const char *word);

/** MC_READ_ZOOM: pixels a point in mc_read_render(). */
#define MC_READ_ZOOM 2
/** mc_read_render: the page as it is seen, white paper. */
cairo_surface_t *mc_read_render (McReadPdf *pdf, int page);
/** mc_read_dark: whether there is ink at a pixel. */
gboolean mc_read_dark (cairo_surface_t *image, int x, int y);
/** mc_read_assert_margins: nothing is printed in the margins but the page number. */
void mc_read_assert_margins (McReadPdf *pdf);
/** mc_read_assert_apart: the boxes of two words on a page do not lie over each other. */
void mc_read_assert_apart (McReadPdf *pdf);
/** mc_read_assert_qr: a phone reads @text from the symbol of the first page. */
void mc_read_assert_qr (McReadPdf *pdf, const char *text);
