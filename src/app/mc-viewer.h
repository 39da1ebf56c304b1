/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-blob-file.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * McViewer:
 * A scanned document beside its form: one page at a time, fitted to the width, zoomed by Ctrl++ and
 * Ctrl+−, turned by Page Up and Page Down. Whatever the document is, the window does not wait for
 * it.
 */
#define MC_TYPE_VIEWER (mc_viewer_get_type ())
G_DECLARE_FINAL_TYPE (McViewer, mc_viewer, MC, VIEWER, GtkWidget)

GtkWidget *mc_viewer_new (void);
/**
 * mc_viewer_show:
 * @place: (nullable): where it is; %NULL for a document whose bytes have not arrived yet
 * @title: (nullable): what the paper is, above the page
 */
void mc_viewer_show (McViewer *viewer, McBlobPlace *place, const char *title);
/** mc_viewer_coming: how far a document has come that has not arrived yet. @sentence: what is said
 * instead of its page. */
void mc_viewer_coming (McViewer *viewer, const char *sentence);
/** mc_viewer_clear: nothing to show. */
void mc_viewer_clear (McViewer *viewer);

/** mc_viewer_page: the page shown, from 1; 0 where there is none. mc_viewer_pages: how many there
 * are. */
guint mc_viewer_page (McViewer *viewer);
guint mc_viewer_pages (McViewer *viewer);
/** mc_viewer_go: shows page @page, from 1; one that does not exist is ignored. */
void mc_viewer_go (McViewer *viewer, guint page);
/** mc_viewer_sentence: what is said instead of a page, or %NULL while one is shown. */
const char *mc_viewer_sentence (McViewer *viewer);
/** mc_viewer_has_image: whether the image of the page shown has come. */
gboolean mc_viewer_has_image (McViewer *viewer);

/**
 * mc_document_sentence:
 * What is wrong with a file that was offered as a scan, for a clerk.
 * @error: of mc_desk_import() or of the renderer
 * Returns: (transfer full) (nullable): %NULL where @error says nothing of the file itself
 */
char *mc_document_sentence (const GError *error);

G_END_DECLS
