/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for pages, and what becomes of the answers. */
#include "mc-error.h"
#include "mc-viewer-private.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define SPINNER_MS 300

/* What an answer needs to find its question again. */
typedef struct
{
  McViewer *viewer; /* referenced */
  McBlobPlace *document;
  guint generation;
  guint page;
  int width;
} Question;

static Question *
question_new (McViewer *self, guint page, int width)
{
  Question *question = g_new (Question, 1);

  *question = (Question){ g_object_ref (self),
                          mc_blob_place_ref (self->document),
                          self->generation,
                          page,
                          width };
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->viewer);
  mc_blob_place_unref (question->document);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

void
mc_viewer_stop_spinner (McViewer *self)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
}

static gboolean
on_spinner_due (gpointer data)
{
  McViewer *self = data;

  self->spinner_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  return G_SOURCE_REMOVE;
}

static void
start_spinner (McViewer *self)
{
  if (self->spinner_source == 0 && !gtk_widget_get_visible (self->spinner))
    self->spinner_source = g_timeout_add (SPINNER_MS, on_spinner_due, self);
}

void
mc_viewer_say (McViewer *self, const char *icon, const char *sentence)
{
  mc_viewer_stop_spinner (self);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), sentence);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "words");
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_widget_set_visible (self->warning, FALSE);
}

static int
view_width (McViewer *self)
{
  GtkAdjustment *across =
      gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  int width = (int)gtk_adjustment_get_page_size (across);

  return width > 1 ? width : gtk_widget_get_width (GTK_WIDGET (self));
}

/* The width of the image in device pixels. */
static int
image_width (McViewer *self)
{
  return (int)lround (view_width (self) * self->zoom *
                      gtk_widget_get_scale_factor (GTK_WIDGET (self)));
}

static void
show_tools (McViewer *self)
{
  g_autofree char *place = g_strdup_printf (_ ("page %u/%u"), self->page + 1, self->pages);

  gtk_label_set_label (GTK_LABEL (self->place), place);
  gtk_widget_set_visible (self->tools, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.previous", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.next", self->page + 1 < self->pages);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.zoom-in", self->zoom < ZOOM_MAX);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "viewer.zoom-out", self->zoom > ZOOM_MIN);
}

/* Makes room for the page: as wide as the view, or the zoomed size. */
void
mc_viewer_lay_out (McViewer *self)
{
  gboolean fits = self->zoom == 1.0;
  int width = (int)lround (view_width (self) * self->zoom);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  fits ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (self->picture,
                               fits ? -1 : width,
                               (int)lround (width * self->aspect));
  gtk_widget_set_halign (self->picture, fits ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
}

static void
show_image (McViewer *self, GdkTexture *texture)
{
  self->aspect =
      (double)gdk_texture_get_height (texture) / MAX (gdk_texture_get_width (texture), 1);
  self->has_image = TRUE;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  mc_viewer_lay_out (self);
  mc_viewer_stop_spinner (self);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  McViewer *self = question->viewer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *sentence = NULL;
  gsize bytes;

  if (self->renderer == NULL)
    return;
  texture = mc_renderer_page_finish (self->renderer, result, &error);
  if (texture != NULL)
    {
      bytes = (gsize)gdk_texture_get_width (texture) * (gsize)gdk_texture_get_height (texture) * 4;
      mc_page_cache_put (self->cache,
                         mc_blob_place_path (question->document),
                         question->page,
                         question->width,
                         texture,
                         bytes);
    }
  if (question->generation != self->generation || question->page != self->page)
    return;
  if (texture != NULL)
    {
      show_image (self, texture);
      return;
    }
  sentence = mc_document_sentence (error);
  mc_viewer_say (self,
                 "dialog-warning-symbolic",
                 sentence != NULL
                     ? sentence
                     : _ ("This page cannot be drawn. The file itself is kept as it is."));
}

static void
request (McViewer *self, guint page, int width)
{
  mc_renderer_page (self->renderer,
                    self->document,
                    page,
                    width,
                    on_page,
                    question_new (self, page, width));
}

void
mc_viewer_ask_page (McViewer *self)
{
  int width = image_width (self);
  GdkTexture *texture;

  if (self->pages == 0 || width <= 1)
    return;
  self->generation++;
  mc_renderer_forget (self->renderer);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
  show_tools (self);
  texture = mc_page_cache_get (self->cache, mc_blob_place_path (self->document), self->page, width);
  if (texture != NULL)
    show_image (self, texture);
  else
    {
      start_spinner (self);
      request (self, self->page, width);
    }
  /* The next one is likely to be wanted: it is ready before the key is struck. */
  if (self->page + 1 < self->pages &&
      mc_page_cache_get (self->cache, mc_blob_place_path (self->document), self->page + 1, width) ==
          NULL)
    request (self, self->page + 1, width);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  McViewer *self = question->viewer;
  g_autoptr (GError) error = NULL;
  g_autofree McSheets *paper = NULL;
  g_autofree char *sentence = NULL;

  if (self->renderer == NULL)
    return;
  paper = mc_renderer_open_finish (self->renderer, result, &error);
  if (question->generation != self->generation)
    return;
  if (paper != NULL)
    {
      self->pages = paper->pages;
      self->aspect = paper->height / MAX (paper->width, 1);
      gtk_widget_set_visible (self->warning, paper->cut_off);
      mc_viewer_lay_out (self);
      mc_viewer_ask_page (self);
      return;
    }
  if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    {
      mc_viewer_show (self, NULL, gtk_label_get_label (GTK_LABEL (self->title)));
      return;
    }
  sentence = mc_document_sentence (error);
  mc_viewer_say (self,
                 "dialog-warning-symbolic",
                 sentence != NULL ? sentence : _ ("This file cannot be opened."));
}

void
mc_viewer_ask_open (McViewer *self)
{
  start_spinner (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
  /* A screen reader finds what is behind the page too. */
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), NULL);
  mc_renderer_open (self->renderer, self->document, on_opened, question_new (self, 0, 0));
}
