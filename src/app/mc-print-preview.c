/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-preview.h"
#include "mc-guidance.h"
#include "mc-leaflet.h"
#include "mc-register-key.h"
#include "mc-removal.h"
#include <math.h>

/* Wider than this a page is no easier to read. */
#define WIDTH_MAX 900
#define WIDTH_MIN 240
#define GAP 12

struct _McPrintPreview
{
  GtkWidget parent_instance;
  McForm *form;
};

G_DEFINE_FINAL_TYPE (McPrintPreview, mc_print_preview, GTK_TYPE_WIDGET)

static int
page_height (McPrintPreview *self, guint page, int width)
{
  double form_width, form_height;

  mc_form_page_size (self->form, page, &form_width, &form_height);
  return (int)ceil (width * form_height / form_width);
}

static int
paper_width (int width)
{
  return CLAMP (width - 2 * GAP, WIDTH_MIN, WIDTH_MAX);
}

static GtkSizeRequestMode
mc_print_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mc_print_preview_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  McPrintPreview *self = MC_PRINT_PREVIEW (widget);
  guint pages = mc_form_pages (self->form);
  int width = paper_width (for_size < 0 ? WIDTH_MAX : for_size);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = WIDTH_MIN + 2 * GAP;
      *natural = WIDTH_MAX + 2 * GAP;
      return;
    }
  *minimum = GAP;
  for (guint page = 0; page < pages; page++)
    *minimum += page_height (self, page, width) + GAP;
  *natural = *minimum;
}

/* From where to where the preview is seen; all of it where nothing scrolls it. */
static void
seen (GtkWidget *widget, double *ret_top, double *ret_bottom)
{
  GtkWidget *view = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  *ret_top = 0;
  *ret_bottom = G_MAXDOUBLE;
  if (view == NULL || !gtk_widget_compute_bounds (view, widget, &bounds))
    return;
  *ret_top = bounds.origin.y;
  *ret_bottom = bounds.origin.y + bounds.size.height;
}

static void
draw_page (McPrintPreview *self, GtkSnapshot *snapshot, guint page, const graphene_rect_t *paper)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA edge = { 0, 0, 0, 0.25f };
  graphene_rect_t border = *paper;
  double width, height;
  cairo_t *cr;

  mc_form_page_size (self->form, page, &width, &height);
  graphene_rect_inset (&border, -1, -1);
  gtk_snapshot_append_color (snapshot, &edge, &border);
  gtk_snapshot_append_color (snapshot, &white, paper);
  cr = gtk_snapshot_append_cairo (snapshot, paper);
  cairo_translate (cr, paper->origin.x, paper->origin.y);
  cairo_scale (cr, paper->size.width / width, paper->size.width / width);
  mc_form_draw (self->form, cr, page);
  cairo_destroy (cr);
}

static void
mc_print_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  McPrintPreview *self = MC_PRINT_PREVIEW (widget);
  int width = paper_width (gtk_widget_get_width (widget));
  float x = (float)(gtk_widget_get_width (widget) - width) / 2;
  guint pages = mc_form_pages (self->form);
  double top, bottom;
  int y = GAP;

  seen (widget, &top, &bottom);
  for (guint page = 0; page < pages; page++)
    {
      int height = page_height (self, page, width);

      if (y + height >= top && y <= bottom)
        draw_page (self,
                   snapshot,
                   page,
                   &GRAPHENE_RECT_INIT (x, (float)y, (float)width, (float)height));
      y += height + GAP;
    }
}

/* A register has hundreds of pages, and only those on the screen are drawn: so each time it
 * scrolls.
 */
static void
mc_print_preview_root (GtkWidget *widget)
{
  GtkWidget *view;

  GTK_WIDGET_CLASS (mc_print_preview_parent_class)->root (widget);
  view = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  if (view != NULL)
    g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (view)),
                             "value-changed",
                             G_CALLBACK (gtk_widget_queue_draw),
                             widget,
                             G_CONNECT_SWAPPED);
}

static void
mc_print_preview_finalize (GObject *object)
{
  mc_form_free (MC_PRINT_PREVIEW (object)->form);
  G_OBJECT_CLASS (mc_print_preview_parent_class)->finalize (object);
}

static void
mc_print_preview_class_init (McPrintPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mc_print_preview_finalize;
  widget_class->get_request_mode = mc_print_preview_get_request_mode;
  widget_class->measure = mc_print_preview_measure;
  widget_class->snapshot = mc_print_preview_snapshot;
  widget_class->root = mc_print_preview_root;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mc_print_preview_init (McPrintPreview *self)
{
}

GtkWidget *
mc_print_preview_new (McForm *form)
{
  McPrintPreview *self;

  g_return_val_if_fail (form != NULL, NULL);

  self = g_object_new (MC_TYPE_PRINT_PREVIEW, NULL);
  self->form = form;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  mc_form_title (form),
                                  -1);
  return GTK_WIDGET (self);
}

McForm *
mc_print_preview_form (McPrintPreview *preview)
{
  g_return_val_if_fail (MC_IS_PRINT_PREVIEW (preview), NULL);

  return preview->form;
}

McForm *
mc_print_form_of (McStore *store,
                  const char *dossier,
                  const char *name,
                  McJobFlags flags,
                  GError **error)
{
  g_auto (GStrv) dossiers = NULL;

  g_return_val_if_fail (store != NULL && dossier != NULL && name != NULL, NULL);

  if (g_str_equal (name, MC_PRINT_LEAFLET))
    return mc_form_leaflet (store, dossier, error);
  if (g_str_equal (name, MC_PRINT_GUIDANCE))
    return mc_form_guidance (store, dossier, error);
  if (g_str_equal (name, MC_PRINT_REMOVAL))
    return mc_form_removal (store, error);
  if (g_str_equal (name, MC_PRINT_REGISTER))
    return mc_form_register (store, dossier, error);
  dossiers = g_strsplit (dossier, " ", -1);
  return mc_job_preview (store, (const char *const *)dossiers, name, flags, error);
}
