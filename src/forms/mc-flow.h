/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-block.h"
#include "mc-paper.h"

G_BEGIN_DECLS

/**
 * McFlow:
 * Blocks set one below the other between the margins, over as many pages as they need, with the
 * page number of Nghị định 30/2020/NĐ-CP: centred in the top margin, not on the first page.
 */
typedef struct _McFlow McFlow;

/** mc_flow_new: @context: (transfer none): from mc_paper_context() */
McFlow *mc_flow_new (PangoContext *context);
/** mc_flow_new_on: on another sheet than the upright one. @sheet: lives as long as the program */
McFlow *mc_flow_new_on (PangoContext *context, const McSheet *sheet);
const McSheet *mc_flow_sheet (const McFlow *flow);
/** mc_flow_width: from margin to margin, in points. */
double mc_flow_width (const McFlow *flow);
void mc_flow_free (McFlow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFlow, mc_flow_free)
/** mc_flow_context: what the flow's texts are set with. Borrowed. */
PangoContext *mc_flow_context (McFlow *flow);
/** mc_flow_add: @block: (transfer full). Returns: @block */
McBlock *mc_flow_add (McFlow *flow, McBlock *block);

/** mc_flow_lay: decides what stands on which page; once, after the last block. */
void mc_flow_lay (McFlow *flow);
guint mc_flow_pages (const McFlow *flow);
/** mc_flow_draw: page @page (from 0), in black. */
void mc_flow_draw (const McFlow *flow, cairo_t *cr, guint page);

G_END_DECLS
