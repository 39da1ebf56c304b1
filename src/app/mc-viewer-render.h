/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-blob-file.h"
#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * McRenderer:
 * A page is asked for as (document, page, width) and comes back as an image later. This is all that
 * the viewer knows of PDF, so that rendering can move into a process of its own.
 *
 * Everything runs on one thread, in the order asked: poppler allows one thread per document, and
 * page after page is quicker than all at once.
 */
#define MC_TYPE_RENDERER (mc_renderer_get_type ())
G_DECLARE_FINAL_TYPE (McRenderer, mc_renderer, MC, RENDERER, GObject)

/** No image is larger than this, whatever the page says of itself. */
#define MC_RENDER_PIXELS_MAX (24 * 1000 * 1000)
#define MC_RENDER_SIDE_MAX 8192

/** McSheets: what a document is. */
typedef struct
{
  guint pages;
  double width, height; /* of the first page, in points */
  gboolean cut_off;     /* the end is missing, though something can be shown */
} McSheets;

McRenderer *mc_renderer_new (void);

/**
 * mc_renderer_open:
 * Errors of the finish: #MC_ERROR_NOT_FOUND (no such file: the bytes have not arrived),
 * #MC_ERROR_FORMAT with the message word "not-pdf", "truncated", "encrypted" or "empty",
 * %G_IO_ERROR_CANCELLED (forgotten).
 */
void mc_renderer_open (McRenderer *renderer,
                       McBlobPlace *document,
                       GAsyncReadyCallback callback,
                       gpointer data);
/** mc_renderer_open_finish: Returns: (transfer full): freed by g_free() */
McSheets *mc_renderer_open_finish (McRenderer *renderer, GAsyncResult *result, GError **error);

/** mc_renderer_page: @page from 0; @width in device pixels. */
void mc_renderer_page (McRenderer *renderer,
                       McBlobPlace *document,
                       guint page,
                       int width,
                       GAsyncReadyCallback callback,
                       gpointer data);
/** mc_renderer_page_finish: Returns: (transfer full) */
GdkTexture *mc_renderer_page_finish (McRenderer *renderer, GAsyncResult *result, GError **error);

/** mc_renderer_forget: what was asked and has not begun ends with %G_IO_ERROR_CANCELLED. */
void mc_renderer_forget (McRenderer *renderer);

/** mc_renderer_wait_all: waits for the pages under way of renderers that are gone. Before the
 * program ends. */
void mc_renderer_wait_all (void);

G_END_DECLS
