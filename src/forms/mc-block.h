/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-qr.h"
#include <pango/pango.h>

G_BEGIN_DECLS

/** McBlockRole: what a block is to whoever has the PDF read aloud (tagged PDF, ISO 32000-1 §14.8).
 */
typedef enum
{
  MC_BLOCK_ROLE_PARTS,     /* each text is a paragraph of its own */
  MC_BLOCK_ROLE_PARAGRAPH, /* all of it is one, with those beside it that have the same `whole` */
  MC_BLOCK_ROLE_HEAD,      /* the head of the table `whole`: each text is the title of a column */
  MC_BLOCK_ROLE_ROW,       /* a row of the table `whole`: each text is a cell */
} McBlockRole;

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
  McBlockRole role;
  gconstpointer whole; /* (nullable): what tells one paragraph or table from the next */
  GPtrArray *marks;
};

/** mc_block_new: without marks. */
McBlock *mc_block_new (double gap, double height);
void mc_block_free (McBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBlock, mc_block_free)

/** mc_block_text: a whole layout at @x, @y. @layout: (transfer full) */
void mc_block_text (McBlock *block, double x, double y, PangoLayout *layout);
/** mc_block_title: the same, as the title of the document. @layout: (transfer full) */
void mc_block_title (McBlock *block, double x, double y, PangoLayout *layout);
/** mc_block_text_line: one line of a layout, its top at @y. @layout: (transfer none) */
void mc_block_text_line (McBlock *block, double x, double y, PangoLayout *layout, int line);
/** mc_block_rule: a thin line. */
void mc_block_rule (McBlock *block, double x1, double y1, double x2, double y2);
/** mc_block_qr: @qr: (transfer full) */
void mc_block_qr (McBlock *block, double x, double y, double side, McQr *qr);

/** mc_block_draw: with its top left at @x, @y; its texts tagged by its role. */
void mc_block_draw (const McBlock *block, cairo_t *cr, double x, double y);
/** mc_block_whole_tag: the tag around all blocks with the same `whole` that follow each other on a
 * page, or %NULL. Static. */
const char *mc_block_whole_tag (const McBlock *block);

G_END_DECLS
