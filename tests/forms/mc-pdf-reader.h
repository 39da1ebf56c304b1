/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-receipt.h"
#include <poppler.h>

/* Poppler 22 brings no clean-up of its own. */
typedef PopplerDocument McTestPdf;
typedef PopplerPage McTestPage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTestPdf, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTestPage, g_object_unref)

/* What the tests of forms read back from the PDF that was written. Lengths are points. */

/** mc_test_folder: a new folder of its own; the caller removes it by mc_test_remove(). */
char *mc_test_folder (void);
void mc_test_remove (const char *folder);
/** mc_test_count: how many files there are in @folder. */
guint mc_test_count (const char *folder);

/** mc_test_receipt: a receipt in which every field is filled in, with @parts parts. */
McReceiptData *mc_test_receipt (guint parts);
/** mc_test_set: puts @value into a field. */
void mc_test_set (char **field, const char *value);

/** mc_test_pdf: the form of @data through a file. */
McTestPdf *mc_test_pdf (const McReceiptData *data);
/** mc_test_text: of one page, with one space where white is. */
char *mc_test_text (McTestPdf *pdf, int page);
/** mc_test_all_text: of all pages. */
char *mc_test_all_text (McTestPdf *pdf);
/** mc_test_area: the text of a part of a page; y is from the top. */
char *mc_test_area (McTestPdf *pdf, int page, const PopplerRectangle *area);
/** mc_test_find: where @text stands on the page; fails where it does not. y is from the top. */
PopplerRectangle mc_test_find (McTestPdf *pdf, int page, const char *text);
guint mc_test_occurrences (const char *text, const char *word);

/** MC_TEST_ZOOM: pixels a point in mc_test_render(). */
#define MC_TEST_ZOOM 2
/** mc_test_render: the page as it is seen, white paper. */
cairo_surface_t *mc_test_render (McTestPdf *pdf, int page);
/** mc_test_dark: whether there is ink at a pixel. */
gboolean mc_test_dark (cairo_surface_t *image, int x, int y);
/** mc_test_assert_margins: nothing is printed in the margins but the page number. */
void mc_test_assert_margins (McTestPdf *pdf);
