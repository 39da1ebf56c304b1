/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-page-cache.h"
#include "mc-viewer-render.h"
#include "mc-viewer.h"

G_BEGIN_DECLS

struct _McViewer
{
  GtkWidget parent_instance;

  McRenderer *renderer;
  McPageCache *cache;
  guint generation; /* answers to older questions are not shown */

  McBlobPlace *document;
  guint page, pages; /* page from 0 */
  double zoom;       /* 1: as wide as the view */
  double aspect;     /* height by width, of the page last seen */
  gboolean has_image;

  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *tools;
  GtkWidget *place;
  GtkWidget *warning;
  GtkWidget *stack; /* "page", "words" */
  GtkWidget *status;
  GtkWidget *scroller;
  GtkWidget *picture;
  GtkWidget *spinner;
  guint spinner_source;
  guint settle_source;
};

#define ZOOM_MIN 0.5
#define ZOOM_MAX 5.0

/** mc_viewer_ask_open: `document` is opened; its first page follows. */
void mc_viewer_ask_open (McViewer *self);
/** mc_viewer_ask_page: shows the image of `page` at the present width, now or when it comes. */
void mc_viewer_ask_page (McViewer *self);
/** mc_viewer_lay_out: makes room for the page: as wide as the view, or the zoomed size. */
void mc_viewer_lay_out (McViewer *self);
void mc_viewer_stop_spinner (McViewer *self);
/** mc_viewer_say: a sentence instead of a page. */
void mc_viewer_say (McViewer *self, const char *icon, const char *sentence);
/** mc_viewer_build: makes the widgets of a new viewer. */
void mc_viewer_build (McViewer *self);

G_END_DECLS
