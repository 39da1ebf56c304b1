/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McReceptionPartRow:
 * One required paper: tick, how many originals, certified copies and copies, and its scan.
 *
 * McReceptionPartRow::changed: something was ticked, typed or attached.
 * McReceptionPartRow::show-scan (const char *sha256): its scan is what the clerk looks at.
 * McReceptionPartRow::declare: it is to be filled in on the screen.
 * McReceptionPartRow::stepped: ticked by the keyboard: the next row may have the focus.
 */
#define MC_TYPE_RECEPTION_PART_ROW (mc_reception_part_row_get_type ())
G_DECLARE_FINAL_TYPE (McReceptionPartRow, mc_reception_part_row, MC, RECEPTION_PART_ROW, GtkWidget)

/** mc_reception_part_row_new: @procedure owns @part and is referenced. */
GtkWidget *
mc_reception_part_row_new (McContext *context, McProcedure *procedure, const McPart *part);
const McPart *mc_reception_part_row_part (McReceptionPartRow *row);
/** mc_reception_part_row_in: whether the paper was handed in, in whatever form. */
gboolean mc_reception_part_row_in (McReceptionPartRow *row);
/** mc_reception_part_row_get: Returns: (transfer full) (nullable): %NULL where it was not handed in
 */
json_t *mc_reception_part_row_get (McReceptionPartRow *row);
void mc_reception_part_row_put (McReceptionPartRow *row, const json_t *value);
gboolean mc_reception_part_row_importing (McReceptionPartRow *row);
/** mc_reception_part_row_import: takes the file at @path as the scan of this paper. */
void mc_reception_part_row_import (McReceptionPartRow *row, const char *path);
/**
 * mc_reception_part_row_offer:
 * Says that the office has a scan of this paper, with a button that takes it.
 * @document: (nullable): none
 * @words: (nullable): where it comes from
 */
void mc_reception_part_row_offer (McReceptionPartRow *row, json_t *document, const char *words);
/** mc_reception_part_row_reuse: takes the scan that is offered. Returns: whether there was one */
gboolean mc_reception_part_row_reuse (McReceptionPartRow *row);
/** mc_reception_part_row_take: @document, as mc_desk_import() gave it, is its scan from now on. */
void mc_reception_part_row_take (McReceptionPartRow *row, json_t *document);
/** mc_reception_part_row_choose: asks for a file. */
void mc_reception_part_row_choose (McReceptionPartRow *row);
/** mc_reception_part_row_choosing: whether it is asking. */
gboolean mc_reception_part_row_choosing (McReceptionPartRow *row);

G_END_DECLS
