/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-block.h"

#include <pango/pangocairo.h>

#define RULE_WIDTH 0.6
#define WHOLE_LAYOUT (-1)

/* One thing drawn; exactly one of layout, qr, or neither (a rule) makes its kind. */
typedef struct
{
  double x, y;
  double x2, y2; /* of a rule */
  PangoLayout *layout;
  int line;
  McQr *qr;
  double side;
  gboolean title;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_clear_object (&mark->layout);
  mc_qr_free (mark->qr);
  g_free (mark);
}

static Mark *
mark_add (McBlock *block, double x, double y)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->x = x;
  mark->y = y;
  g_ptr_array_add (block->marks, mark);
  return mark;
}

McBlock *
mc_block_new (double gap, double height)
{
  McBlock *block = g_new0 (McBlock, 1);

  block->gap = gap;
  block->height = height;
  block->marks = g_ptr_array_new_with_free_func (mark_free);
  return block;
}

void
mc_block_free (McBlock *block)
{
  if (block == NULL)
    return;
  g_ptr_array_unref (block->marks);
  g_free (block);
}

void
mc_block_text (McBlock *block, double x, double y, PangoLayout *layout)
{
  Mark *mark = mark_add (block, x, y);

  mark->layout = layout;
  mark->line = WHOLE_LAYOUT;
}

void
mc_block_title (McBlock *block, double x, double y, PangoLayout *layout)
{
  mc_block_text (block, x, y, layout);
  ((Mark *)block->marks->pdata[block->marks->len - 1])->title = TRUE;
}

void
mc_block_text_line (McBlock *block, double x, double y, PangoLayout *layout, int line)
{
  Mark *mark = mark_add (block, x, y);

  mark->layout = g_object_ref (layout);
  mark->line = line;
}

void
mc_block_rule (McBlock *block, double x1, double y1, double x2, double y2)
{
  Mark *mark = mark_add (block, x1, y1);

  mark->x2 = x2;
  mark->y2 = y2;
}

void
mc_block_qr (McBlock *block, double x, double y, double side, McQr *qr)
{
  Mark *mark = mark_add (block, x, y);

  mark->qr = qr;
  mark->side = side;
}

static void
draw_line (cairo_t *cr, PangoLayout *layout, int line, double x, double y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoRectangle logical;

  for (int i = 0; i < line; i++)
    pango_layout_iter_next_line (iter);
  pango_layout_iter_get_line_extents (iter, NULL, &logical);
  cairo_move_to (cr,
                 x + (double)logical.x / PANGO_SCALE,
                 y + (double)(pango_layout_iter_get_baseline (iter) - logical.y) / PANGO_SCALE);
  pango_cairo_show_layout_line (cr, pango_layout_iter_get_line_readonly (iter));
  pango_layout_iter_free (iter);
}

/* All of a block in one stroke: a register has a hundred thousand of them. */
static void
draw_rules (const McBlock *block, cairo_t *cr, double x, double y)
{
  for (guint i = 0; i < block->marks->len; i++)
    {
      const Mark *mark = g_ptr_array_index (block->marks, i);

      if (mark->qr != NULL || mark->layout != NULL)
        continue;
      cairo_move_to (cr, x + mark->x, y + mark->y);
      cairo_line_to (cr, x + mark->x2, y + mark->y2);
    }
  if (!cairo_has_current_point (cr))
    return;
  cairo_set_line_width (cr, RULE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  cairo_stroke (cr);
}

const char *
mc_block_whole_tag (const McBlock *block)
{
  static const char *const tags[] = { NULL, "P", "Table", "Table" };

  return tags[block->role];
}

static void
draw_text (const Mark *mark, McBlockRole role, cairo_t *cr, double x, double y)
{
  static const char *const tags[] = { "P", NULL, "TH", "TD" };
  const char *tag = mark->title ? "H1" : tags[role];

  if (tag != NULL)
    cairo_tag_begin (cr, tag, NULL);
  if (mark->line == WHOLE_LAYOUT)
    {
      cairo_move_to (cr, x + mark->x, y + mark->y);
      pango_cairo_show_layout (cr, mark->layout);
    }
  else
    draw_line (cr, mark->layout, mark->line, x + mark->x, y + mark->y);
  if (tag != NULL)
    cairo_tag_end (cr, tag);
}

void
mc_block_draw (const McBlock *block, cairo_t *cr, double x, double y)
{
  gboolean row = block->role == MC_BLOCK_ROLE_ROW || block->role == MC_BLOCK_ROLE_HEAD;

  if (row)
    cairo_tag_begin (cr, "TR", NULL);
  cairo_new_path (cr);
  draw_rules (block, cr, x, y);
  for (guint i = 0; i < block->marks->len; i++)
    {
      const Mark *mark = g_ptr_array_index (block->marks, i);

      if (mark->qr != NULL)
        mc_qr_draw (mark->qr, cr, x + mark->x, y + mark->y, mark->side);
      else if (mark->layout != NULL)
        draw_text (mark, block->role, cr, x, y);
    }
  if (row)
    cairo_tag_end (cr, "TR");
}
