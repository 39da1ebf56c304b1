/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-viewer-private.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define CACHE_BYTES (128 * 1024 * 1024)
/* A window that is being resized asks for many widths; only the one it stops at is drawn. */
#define SETTLE_MS 80
#define ZOOM_STEP 1.25

G_DEFINE_FINAL_TYPE (McViewer, mc_viewer, GTK_TYPE_WIDGET)

static gboolean
on_settled (gpointer data)
{
  McViewer *self = data;

  self->settle_source = 0;
  mc_viewer_lay_out (self);
  mc_viewer_ask_page (self);
  return G_SOURCE_REMOVE;
}

static void
on_width_changed (McViewer *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
forget_document (McViewer *self)
{
  self->generation++;
  mc_renderer_forget (self->renderer);
  mc_viewer_stop_spinner (self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_pointer (&self->document, mc_blob_place_unref);
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
  mc_viewer_say (viewer,
                 "x-office-document-symbolic",
                 _ ("The scan being worked on is shown here."));
}

void
mc_viewer_show (McViewer *viewer, McBlobPlace *place, const char *title)
{
  g_return_if_fail (MC_IS_VIEWER (viewer));

  if (place != NULL && viewer->document != NULL && viewer->pages > 0 &&
      g_str_equal (mc_blob_place_path (place), mc_blob_place_path (viewer->document)))
    {
      gtk_label_set_label (GTK_LABEL (viewer->title), title != NULL ? title : "");
      return;
    }
  g_autofree char *kept = g_strdup (title != NULL ? title : "");
  forget_document (viewer);
  gtk_label_set_label (GTK_LABEL (viewer->title), kept);
  if (place == NULL)
    {
      mc_viewer_say (
          viewer,
          "folder-download-symbolic",
          _ ("The pages of this document have not arrived on this machine yet. They come by "
             "themselves "
             "when there is a line."));
      return;
    }
  viewer->document = mc_blob_place_ref (place);
  mc_viewer_ask_open (viewer);
}

void
mc_viewer_coming (McViewer *viewer, const char *sentence)
{
  g_return_if_fail (MC_IS_VIEWER (viewer) && sentence != NULL);

  if (viewer->document == NULL)
    mc_viewer_say (viewer, "folder-download-symbolic", sentence);
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
  mc_viewer_ask_page (viewer);
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
  mc_viewer_lay_out (self);
  mc_viewer_ask_page (self);
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
  g_clear_pointer (&self->document, mc_blob_place_unref);
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
