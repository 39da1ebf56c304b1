/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"
#include "mc-flow.h"

G_BEGIN_DECLS

#define MC_DECLARATION_SIZE 13.0

/** McSheetOf: a declaration on its way onto paper. */
typedef struct
{
  const McDeclaration *declaration;
  const json_t *values; /* (nullable) */
  McFlow *flow;
  double gap;
} McSheetOf;

/** mc_declaration_value: of the blank @name as it stands on paper, %NULL where the pen writes it.
 * Returns: (transfer full) */
char *mc_declaration_value (const McSheetOf *sheet, const char *name);
/**
 * mc_declaration_expand:
 * @text with what is known in the place of its "{name}", dots where nothing is; a blank at the end
 * is dots to the end of a line of @width points.
 * Returns: (transfer full)
 */
char *mc_declaration_expand (const McSheetOf *sheet, const char *text, double width);

/** mc_declaration_cell: as mc_declaration_expand(), without dots: a cell is empty where nothing is
 * known. "{key=option}" is an X where that is chosen. Returns: (transfer full) */
char *mc_declaration_cell (const McSheetOf *sheet, const char *text);

/** mc_declaration_add: one block of the body. */
void mc_declaration_add (const McSheetOf *sheet, const json_t *block, gboolean keep);
void mc_declaration_table (const McSheetOf *sheet, const json_t *block);
void mc_declaration_grid (const McSheetOf *sheet, const json_t *block);
/** mc_declaration_right: @text at the right margin, as it is. */
void mc_declaration_right (const McSheetOf *sheet, const char *text, gboolean keep);
/** mc_declaration_sign: @sign: an array of who signs side by side, %NULL for nobody. */
void mc_declaration_sign (const McSheetOf *sheet, const json_t *sign);
/** mc_declaration_note: below everything; @head: the word above the notes. */
void mc_declaration_note (const McSheetOf *sheet, const char *text, gboolean head);

G_END_DECLS
