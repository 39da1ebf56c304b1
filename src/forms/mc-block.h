/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-qr.h"
#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * McBlock:
 * What is never torn over two pages: a line of a paragraph, a row of a table, the signatures. Its
 * marks are placed relative to its top left; lengths are points.
 */
typedef struct _McBlock McBlock;
struct _McBlock
{
  double gap; /* white before it; none at the top of a page */
  double height;
  gboolean keep;   /* on the same page as the block after it */
  McBlock *repeat; /* (nullable): borrowed: drawn again first where this block begins a page */
  GPtrArray *marks;
};

/** mc_block_new: without marks. */
McBlock *mc_block_new (double gap, double height);
void mc_block_free (McBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlock, mc_block_free)

/** mc_block_text: a whole layout at @x, @y. @layout: (transfer full) */
void mc_block_text (McBlock *block, double x, double y, PangoLayout *layout);
/** mc_block_text_line: one line of a layout, its top at @y. @layout: (transfer none) */
void mc_block_text_line (McBlock *block, double x, double y, PangoLayout *layout, int line);
/** mc_block_rule: a thin line. */
void mc_block_rule (McBlock *block, double x1, double y1, double x2, double y2);
/** mc_block_qr: @qr: (transfer full) */
void mc_block_qr (McBlock *block, double x, double y, double side, McQr *qr);

/** mc_block_draw: with its top left at @x, @y. */
void mc_block_draw (const McBlock *block, cairo_t *cr, double x, double y);

G_END_DECLS
