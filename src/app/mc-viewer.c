/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-viewer-private.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define CACHE_BYTES (128 * 1024 * 1024)
#define SPINNER_MS 300
/* A window that is being resized asks for many widths; only the one it stops at is drawn. */
#define SETTLE_MS 80
#define ZOOM_STEP 1.25
#define ZOOM_MIN 0.5
#define ZOOM_MAX 5.0

G_DEFINE_FINAL_TYPE (McViewer, mc_viewer, GTK_TYPE_WIDGET)

/* What an answer needs to find its question again. */
typedef struct
{
  McViewer *viewer; /* referenced */
  char *path;
  guint generation;
  guint page;
  int width;
} Question;

static Question *
question_new (McViewer *self, guint page, int width)
{
  Question *question = g_new (Question, 1);

  *question =
      (Question){ g_object_ref (self), g_strdup (self->path), self->generation, page, width };
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->viewer);
  g_free (question->path);
  g_free (question);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void ask_page (McViewer *self);

static void
stop_spinner (McViewer *self)
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

static void
say (McViewer *self, const char *icon, const char *sentence)
{
  stop_spinner (self);
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
static void
lay_out (McViewer *self)
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
  lay_out (self);
  stop_spinner (self);
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
                         question->path,
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
  say (self,
       "dialog-warning-symbolic",
       sentence != NULL ? sentence
                        : _ ("This page cannot be drawn. The file itself is kept as it is."));
}

static void
request (McViewer *self, guint page, int width)
{
  mc_renderer_page (self->renderer,
                    self->path,
                    page,
                    width,
                    on_page,
                    question_new (self, page, width));
}

static void
ask_page (McViewer *self)
{
  int width = image_width (self);
  GdkTexture *texture;

  if (self->pages == 0 || width <= 1)
    return;
  self->generation++;
  mc_renderer_forget (self->renderer);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
  show_tools (self);
  texture = mc_page_cache_get (self->cache, self->path, self->page, width);
  if (texture != NULL)
    show_image (self, texture);
  else
    {
      start_spinner (self);
      request (self, self->page, width);
    }
  /* The next one is likely to be wanted: it is ready before the key is struck. */
  if (self->page + 1 < self->pages &&
      mc_page_cache_get (self->cache, self->path, self->page + 1, width) == NULL)
    request (self, self->page + 1, width);
}

static gboolean
on_settled (gpointer data)
{
  McViewer *self = data;

  self->settle_source = 0;
  lay_out (self);
  ask_page (self);
  return G_SOURCE_REMOVE;
}

static void
on_width_changed (McViewer *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (SETTLE_MS, on_settled, self);
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
      lay_out (self);
      ask_page (self);
      return;
    }
  if (g_error_matches (error, MC_ERROR, MC_ERROR_NOT_FOUND))
    {
      mc_viewer_show (self, NULL, gtk_label_get_label (GTK_LABEL (self->title)));
      return;
    }
  sentence = mc_document_sentence (error);
  say (self,
       "dialog-warning-symbolic",
       sentence != NULL ? sentence : _ ("This file cannot be opened."));
}

static void
forget_document (McViewer *self)
{
  self->generation++;
  mc_renderer_forget (self->renderer);
  stop_spinner (self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_pointer (&self->path, g_free);
  self->page = self->pages = 0;
  self->zoom = 1.0;
  self->has_image = FALSE;
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), NULL);
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_widget_set_visible (self->warning, FALSE);
}

void
mc_viewer_clear (McViewer *viewer)
{
  g_return_if_fail (MC_IS_VIEWER (viewer));

  forget_document (viewer);
  gtk_label_set_label (GTK_LABEL (viewer->title), "");
  say (viewer, "x-office-document-symbolic", _ ("The scan being worked on is shown here."));
}

void
mc_viewer_show (McViewer *viewer, const char *path, const char *title)
{
  g_return_if_fail (MC_IS_VIEWER (viewer));

  if (path != NULL && g_strcmp0 (path, viewer->path) == 0 && viewer->pages > 0)
    {
      gtk_label_set_label (GTK_LABEL (viewer->title), title != NULL ? title : "");
      return;
    }
  g_autofree char *kept = g_strdup (title != NULL ? title : "");
  forget_document (viewer);
  gtk_label_set_label (GTK_LABEL (viewer->title), kept);
  if (path == NULL)
    {
      say (viewer,
           "folder-download-symbolic",
           _ ("The pages of this document have not arrived on this machine yet. They come by "
              "themselves "
              "when there is a line."));
      return;
    }
  viewer->path = g_strdup (path);
  start_spinner (viewer);
  gtk_stack_set_visible_child_name (GTK_STACK (viewer->stack), "page");
  mc_renderer_open (viewer->renderer, path, on_opened, question_new (viewer, 0, 0));
}

guint
mc_viewer_page (McViewer *viewer)
{
  g_return_val_if_fail (MC_IS_VIEWER (viewer), 0);

  return viewer->pages > 0 ? viewer->page + 1 : 0;
}

guint
mc_viewer_pages (McViewer *viewer)
{
  g_return_val_if_fail (MC_IS_VIEWER (viewer), 0);

  return viewer->pages;
}

const char *
mc_viewer_sentence (McViewer *viewer)
{
  g_return_val_if_fail (MC_IS_VIEWER (viewer), NULL);

  if (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (viewer->stack)), "page"))
    return NULL;
  return adw_status_page_get_description (ADW_STATUS_PAGE (viewer->status));
}

gboolean
mc_viewer_has_image (McViewer *viewer)
{
  g_return_val_if_fail (MC_IS_VIEWER (viewer), FALSE);

  return viewer->has_image;
}

void
mc_viewer_go (McViewer *viewer, guint page)
{
  g_return_if_fail (MC_IS_VIEWER (viewer));

  if (page < 1 || page > viewer->pages || page == viewer->page + 1)
    return;
  viewer->page = page - 1;
  viewer->has_image = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (viewer->scroller)),
                            0);
  ask_page (viewer);
}

static void
turn (McViewer *self, const char *action, GVariant *parameter)
{
  mc_viewer_go (self, g_str_equal (action, "viewer.next") ? self->page + 2 : self->page);
}

/* Page Down reads on: down the page first, then the next page. */
static void
read_on (McViewer *self, const char *action, GVariant *parameter)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gboolean forward = g_str_equal (action, "viewer.read-on");
  double value = gtk_adjustment_get_value (down);
  double end = gtk_adjustment_get_upper (down) - gtk_adjustment_get_page_size (down);
  double step = gtk_adjustment_get_page_increment (down);

  if (forward ? value < end - 1 : value > 1)
    gtk_adjustment_set_value (down, value + (forward ? step : -step));
  else
    turn (self, forward ? "viewer.next" : "viewer.previous", NULL);
}

static void
zoom (McViewer *self, const char *action, GVariant *parameter)
{
  if (g_str_equal (action, "viewer.fit"))
    self->zoom = 1.0;
  else if (g_str_equal (action, "viewer.zoom-in"))
    self->zoom = MIN (self->zoom * ZOOM_STEP, ZOOM_MAX);
  else
    self->zoom = MAX (self->zoom / ZOOM_STEP, ZOOM_MIN);
  if (fabs (self->zoom - 1.0) < 0.01)
    self->zoom = 1.0;
  lay_out (self);
  ask_page (self);
}

static void
on_edge (McViewer *self, GtkPositionType edge)
{
  if (edge == GTK_POS_BOTTOM)
    turn (self, "viewer.next", NULL);
}

static void
mc_viewer_dispose (GObject *object)
{
  McViewer *self = MC_VIEWER (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->renderer != NULL)
    mc_renderer_forget (self->renderer);
  g_clear_object (&self->renderer);
  g_clear_pointer (&self->cache, mc_page_cache_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mc_viewer_parent_class)->dispose (object);
}

static void
mc_viewer_class_init (McViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mc_viewer_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.next",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)turn);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.previous",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)turn);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.read-on",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)read_on);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.read-back",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)read_on);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.zoom-in",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)zoom);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.zoom-out",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)zoom);
  gtk_widget_class_install_action (widget_class,
                                   "viewer.fit",
                                   NULL,
                                   (GtkWidgetActionActivateFunc)zoom);
}

static void
mc_viewer_init (McViewer *self)
{
  self->renderer = mc_renderer_new ();
  self->cache = mc_page_cache_new (CACHE_BYTES);
  self->zoom = 1.0;
  self->aspect = 842.0 / 595.0;
  mc_viewer_build (self);
  g_signal_connect_swapped (self->scroller, "edge-overshot", G_CALLBACK (on_edge), self);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (
                               GTK_SCROLLED_WINDOW (self->scroller)),
                           "notify::page-size",
                           G_CALLBACK (on_width_changed),
                           self,
                           G_CONNECT_SWAPPED);
  mc_viewer_clear (self);
}

GtkWidget *
mc_viewer_new (void)
{
  return g_object_new (MC_TYPE_VIEWER, NULL);
}
