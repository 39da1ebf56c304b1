/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"
#include "mc-paper.h"

G_BEGIN_DECLS

/** MC_FIELD_SIZE: the body of Nghị định 30/2020/NĐ-CP is 13 to 14. */
#define MC_FIELD_SIZE 13.0

/* "Label: value" across the page. A value that is missing or empty is a dotted line for the pen. */

/** mc_field_filled: whether @value says anything. */
gboolean mc_field_filled (const char *value);

/**
 * mc_field_add:
 * @label: with its colon
 * @face: of the value, plain or bold
 * @keep: whether the field stays on one page with what follows
 */
void mc_field_add (McFlow *flow,
                   double gap,
                   const char *label,
                   const char *value,
                   McFace face,
                   gboolean keep);

/** mc_field_add_text: words alone, @size points high. */
void mc_field_add_text (McFlow *flow, double gap, const char *text, double size, gboolean keep);

/** mc_field_add_lines: the lines of @layout, which may go on over the page, but never one alone. */
void mc_field_add_lines (McFlow *flow, double gap, PangoLayout *layout, gboolean keep);

/** mc_field_add_heading: words alone, on one page with what follows. */
void mc_field_add_heading (McFlow *flow, double gap, const char *text);

/** McFieldPair: two short fields that share a line where both fit. */
typedef struct
{
  const char *label;
  const char *value;
} McFieldPair;

/**
 * mc_field_add_pair:
 * One below the other where they do not fit.
 * @share: how much of the line is the left one's, 0 to 1
 */
void mc_field_add_pair (McFlow *flow,
                        double gap,
                        double share,
                        const McFieldPair *left,
                        const McFieldPair *right,
                        gboolean keep);

G_END_DECLS
