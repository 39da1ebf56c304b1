/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-print-preview.h"
#include "mc-leaflet.h"
#include "mc-removal.h"
#include <math.h>

#define POINTS_PER_MM (72.0 / 25.4)
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
page_height (int width)
{
  return (int)ceil (width * MC_PAPER_HEIGHT_MM / MC_PAPER_WIDTH_MM);
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
  int pages = (int)mc_form_pages (self->form);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = WIDTH_MIN + 2 * GAP;
      *natural = WIDTH_MAX + 2 * GAP;
      return;
    }
  *minimum = *natural =
      pages * (page_height (paper_width (for_size < 0 ? WIDTH_MAX : for_size)) + GAP) + GAP;
}

static void
mc_print_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  McPrintPreview *self = MC_PRINT_PREVIEW (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA edge = { 0, 0, 0, 0.25f };
  int width = paper_width (gtk_widget_get_width (widget));
  int height = page_height (width);
  float x = (float)(gtk_widget_get_width (widget) - width) / 2;
  double scale = width / (MC_PAPER_WIDTH_MM * POINTS_PER_MM);

  for (guint page = 0; page < mc_form_pages (self->form); page++)
    {
      graphene_rect_t paper = GRAPHENE_RECT_INIT (x,
                                                  (float)(GAP + (int)page * (height + GAP)),
                                                  (float)width,
                                                  (float)height);
      graphene_rect_t border = paper;
      cairo_t *cr;

      graphene_rect_inset (&border, -1, -1);
      gtk_snapshot_append_color (snapshot, &edge, &border);
      gtk_snapshot_append_color (snapshot, &white, &paper);
      cr = gtk_snapshot_append_cairo (snapshot, &paper);
      cairo_translate (cr, paper.origin.x, paper.origin.y);
      cairo_scale (cr, scale, scale);
      mc_form_draw (self->form, cr, page);
      cairo_destroy (cr);
    }
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
mc_print_form_of (McStore *store, const char *dossier, const char *name, GError **error)
{
  g_autoptr (McDossier) found = NULL;

  g_return_val_if_fail (store != NULL && dossier != NULL && name != NULL, NULL);

  if (g_str_equal (name, MC_PRINT_LEAFLET))
    return mc_form_leaflet (store, dossier, error);
  if (g_str_equal (name, MC_PRINT_REMOVAL))
    return mc_form_removal (store, error);
  found = mc_store_dossier (store, dossier, error);
  return found != NULL ? mc_form_make (store, found, name, error) : NULL;
}
