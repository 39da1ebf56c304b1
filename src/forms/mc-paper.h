/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/*
 * The sheet of Nghị định 30/2020/NĐ-CP: A4 portrait, its margins, its typeface. Lengths are points
 * (1/72 inch) from the top left of the paper.
 */
#define MC_PAPER_MM (72.0 / 25.4)
#define MC_PAPER_WIDTH (210.0 * MC_PAPER_MM)
#define MC_PAPER_HEIGHT (297.0 * MC_PAPER_MM)
#define MC_PAPER_LEFT (30.0 * MC_PAPER_MM)   /* 30 to 35 mm: the side that is bound */
#define MC_PAPER_RIGHT (15.0 * MC_PAPER_MM)  /* 15 to 20 mm */
#define MC_PAPER_TOP (20.0 * MC_PAPER_MM)    /* 20 to 25 mm */
#define MC_PAPER_BOTTOM (20.0 * MC_PAPER_MM) /* 20 to 25 mm */
#define MC_PAPER_TEXT (MC_PAPER_WIDTH - MC_PAPER_LEFT - MC_PAPER_RIGHT)

/** McSheet: a sheet and its margins, in the lengths that it is laid out in: on the paper they, and
 * the letters, are smaller by @scale. The side that is bound is the left one, also where it lies.
 */
typedef struct
{
  double width, height;
  double left, right, top, bottom;
  double scale;
} McSheet;

/** mc_sheet_upright: A4 portrait. */
const McSheet *mc_sheet_upright (void);
/** mc_sheet_small: A5 portrait. The decree speaks of A4 alone: its margins are made smaller as the
 * sheet is (to 20, 10, 14 and 14 mm) and its letters by a little more than a sixth: the body of 13
 * points is 10.7. */
const McSheet *mc_sheet_small (void);
/** mc_sheet_smaller: the same for what that spares a page: a body of 9.6 points, nothing below 8.
 */
const McSheet *mc_sheet_smaller (void);
/** mc_sheet_lying: A4 landscape, for registers. */
const McSheet *mc_sheet_lying (void);

/** McFace: how a text is set; the typeface is always the same one. */
typedef enum
{
  MC_FACE_PLAIN = 0,
  MC_FACE_BOLD = 1 << 0,
  MC_FACE_ITALIC = 1 << 1,
} McFace;

/**
 * mc_paper_context:
 * A Pango context of a font map that nobody else has at the time, so that a form may be made on one
 * thread and drawn on another, and whose measures do not depend on where the form is drawn: the
 * preview breaks lines where the printer does. Returns: (transfer full)
 */
PangoContext *mc_paper_context (void);
/** mc_paper_share: from now on (until %FALSE) the forms that this thread makes have their fonts in
 * common: they are handed over, drawn and freed together, as those of a bundle are. */
void mc_paper_share (gboolean share);

/**
 * mc_paper_layout:
 * @text: set as it is, never as markup
 * @size: of the letters, in points
 * @width: where lines wrap, in points; 0: one line
 * Returns: (transfer full)
 */
PangoLayout *mc_paper_layout (PangoContext *context,
                              const char *text,
                              double size,
                              McFace face,
                              PangoAlignment alignment,
                              double width);

/**
 * mc_paper_line:
 * A form has no room for the line breaks that a text field allows.
 * Returns: (transfer full): @text on one line, trimmed
 */
char *mc_paper_line (const char *text);

/** mc_paper_embolden: sets the bytes of @layout from @start on in bold. */
void mc_paper_embolden (PangoLayout *layout, guint start);

/** mc_paper_limit: cuts what is longer than @lines, with an ellipsis; for what must not be torn. */
void mc_paper_limit (PangoLayout *layout, int lines);

/** mc_paper_width: the longest line, in points. */
double mc_paper_width (PangoLayout *layout);
/** mc_paper_height: all lines, in points. */
double mc_paper_height (PangoLayout *layout);
/** mc_paper_baseline: from the top to the first line's baseline, in points. */
double mc_paper_baseline (PangoLayout *layout);

/**
 * mc_paper_dots:
 * The dotted line that a pen fills, after @before, until a line of @width points is full.
 * Returns: (transfer full): @before and the dots
 */
char *mc_paper_dots (PangoContext *context, const char *before, double size, double width);

G_END_DECLS
