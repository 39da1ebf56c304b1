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

  char *path;
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

/** mc_viewer_build: makes the widgets of a new viewer. */
void mc_viewer_build (McViewer *self);

G_END_DECLS
