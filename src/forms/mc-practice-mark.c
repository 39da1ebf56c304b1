/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-practice-mark.h"

#include "mc-paper.h"
#include <math.h>
#include <pango/pangocairo.h>

#define MARK "TẬP HUẤN\nKHÔNG CÓ GIÁ TRỊ"
#define SIZE 54.0
#define GREY 0.72

void
mc_practice_mark_draw (cairo_t *cr, double width, double height)
{
  PangoContext *context = mc_paper_context ();
  PangoLayout *layout =
      mc_paper_layout (context, MARK, SIZE, MC_FACE_BOLD, PANGO_ALIGN_CENTER, width);

  cairo_save (cr);
  cairo_set_source_rgb (cr, GREY, GREY, GREY);
  /* Under what is written: the words stay black. */
  cairo_set_operator (cr, CAIRO_OPERATOR_MULTIPLY);
  cairo_translate (cr, width / 2, height / 2);
  cairo_rotate (cr, -atan2 (height, width));
  cairo_move_to (cr, -width / 2, -mc_paper_height (layout) / 2);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
  g_object_unref (layout);
  g_object_unref (context);
}
