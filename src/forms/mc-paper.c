/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-paper.h"

#include <pango/pangocairo.h>

/* Times New Roman is what the decree asks for; the others have its exact measures and all of
 * Vietnamese, and are what a free system has. */
#define MC_PAPER_FAMILY "Times New Roman, Liberation Serif, Tinos, serif"
/* A dotted line of fewer dots than this is no room for a pen. */
#define MC_PAPER_FEWEST_DOTS 8
/* Threads that make forms at a time, about. */
#define IDLE_MAX 4

/* How much smaller the letters of A5 are, and the sheet in the lengths that it is laid out in. */
#define SMALL 0.82
#define SMALLER 0.74
#define A5_MM(mm, scale) ((mm)*MC_PAPER_MM / (scale))
#define A5(scale)                                                                                  \
  {                                                                                                \
    A5_MM (148.0, scale), A5_MM (210.0, scale), A5_MM (20.0, scale), A5_MM (10.0, scale),          \
        A5_MM (14.0, scale), A5_MM (14.0, scale), scale                                            \
  }

const McSheet *
mc_sheet_upright (void)
{
  static const McSheet sheet = { MC_PAPER_WIDTH,
                                 MC_PAPER_HEIGHT,
                                 MC_PAPER_LEFT,
                                 MC_PAPER_RIGHT,
                                 MC_PAPER_TOP,
                                 MC_PAPER_BOTTOM,
                                 1.0 };

  return &sheet;
}

const McSheet *
mc_sheet_small (void)
{
  static const McSheet sheet = A5 (SMALL);

  return &sheet;
}

const McSheet *
mc_sheet_smaller (void)
{
  static const McSheet sheet = A5 (SMALLER);

  return &sheet;
}

const McSheet *
mc_sheet_lying (void)
{
  static const McSheet sheet = { MC_PAPER_HEIGHT,
                                 MC_PAPER_WIDTH,
                                 MC_PAPER_LEFT,
                                 MC_PAPER_RIGHT,
                                 MC_PAPER_TOP,
                                 MC_PAPER_BOTTOM,
                                 1.0 };

  return &sheet;
}

/* Fonts, once opened, for whoever has them at a time: opening them is most of what a form costs. */
typedef struct
{
  PangoFontMap *map;
  gint refs; /* atomic: contexts that use it, and the job that shares it */
} Fonts;

static GMutex idle_lock;
static GPtrArray *idle; /* PangoFontMap */
static GPrivate shared; /* Fonts: of the job that this thread is at */

static Fonts *
fonts_take (void)
{
  Fonts *fonts = g_new (Fonts, 1);

  fonts->refs = 1;
  fonts->map = NULL;
  g_mutex_lock (&idle_lock);
  if (idle != NULL && idle->len > 0)
    fonts->map = g_ptr_array_steal_index_fast (idle, idle->len - 1);
  g_mutex_unlock (&idle_lock);
  if (fonts->map == NULL)
    fonts->map = pango_cairo_font_map_new ();
  return fonts;
}

/* Once the last context is gone nobody uses them: another thread may. */
static void
fonts_release (gpointer data)
{
  Fonts *fonts = data;

  if (!g_atomic_int_dec_and_test (&fonts->refs))
    return;
  g_mutex_lock (&idle_lock);
  if (idle == NULL)
    idle = g_ptr_array_new_with_free_func (g_object_unref);
  if (idle->len < IDLE_MAX)
    g_ptr_array_add (idle, g_steal_pointer (&fonts->map));
  g_mutex_unlock (&idle_lock);
  g_clear_object (&fonts->map);
  g_free (fonts);
}

void
mc_paper_share (gboolean share)
{
  Fonts *before = g_private_get (&shared);

  if (before != NULL)
    fonts_release (before);
  g_private_set (&shared, share ? fonts_take () : NULL);
}

static Fonts *
fonts_for_context (void)
{
  Fonts *fonts = g_private_get (&shared);

  if (fonts == NULL)
    return fonts_take ();
  g_atomic_int_inc (&fonts->refs);
  return fonts;
}

PangoContext *
mc_paper_context (void)
{
  Fonts *fonts = fonts_for_context ();
  PangoContext *context = pango_font_map_create_context (fonts->map);
  cairo_font_options_t *options = cairo_font_options_create ();

  g_object_set_data_full (G_OBJECT (context), "mc-fonts", fonts, fonts_release);

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("vi"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

PangoLayout *
mc_paper_layout (PangoContext *context,
                 const char *text,
                 double size,
                 McFace face,
                 PangoAlignment alignment,
                 double width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (MC_PAPER_FAMILY);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (face & MC_FACE_BOLD)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (face & MC_FACE_ITALIC)
    pango_font_description_set_style (font, PANGO_STYLE_ITALIC);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, alignment);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

char *
mc_paper_line (const char *text)
{
  char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');
  return g_strstrip (line);
}

void
mc_paper_embolden (PangoLayout *layout, guint start)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->start_index = start;
  pango_attr_list_insert (attributes, bold);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

void
mc_paper_limit (PangoLayout *layout, int lines)
{
  pango_layout_set_height (layout, -lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

double
mc_paper_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.width / PANGO_SCALE;
}

double
mc_paper_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.height / PANGO_SCALE;
}

double
mc_paper_baseline (PangoLayout *layout)
{
  return (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
}

static double
measure (PangoContext *context, const char *text, double size)
{
  g_autoptr (PangoLayout) layout =
      mc_paper_layout (context, text, size, MC_FACE_PLAIN, PANGO_ALIGN_LEFT, 0);

  return mc_paper_width (layout);
}

char *
mc_paper_dots (PangoContext *context, const char *before, double size, double width)
{
  GString *line = g_string_new (before);
  double dot = measure (context, "..........", size) / 10.0;
  int room = (int)((width - measure (context, before, size)) / dot);

  for (int i = 0; i < MAX (room, MC_PAPER_FEWEST_DOTS); i++)
    g_string_append_c (line, '.');
  return g_string_free (line, FALSE);
}
