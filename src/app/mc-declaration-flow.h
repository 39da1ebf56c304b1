/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-declaration-window.h"
#include "mc-typed.h"

G_BEGIN_DECLS

/**
 * mc_declaration_flow_fill:
 * Writes what is known into the empty blanks of @values: of the reception or dossier, of the
 * office, and what the resident declared before.
 * @said: {"applicant", "contact", "subject"}
 * @parts: (nullable): names of the papers handed in
 * @beside: (nullable): what else is declared in the same matter, by group
 */
void mc_declaration_flow_fill (McContext *context,
                               McDeclaration *declaration,
                               const json_t *said,
                               const McProcedure *procedure,
                               const char *const *parts,
                               const json_t *beside,
                               json_t *values);
/** mc_declaration_flow_first: of declarations that are one paper, the one to go on with: the first
 * without anything in @values (by id), else the first. Borrowed (nullable) */
McDeclaration *mc_declaration_flow_first (GPtrArray *all, const json_t *values);

/**
 * mc_declaration_flow:
 * The declaration of a paper of an open dossier: filled in, kept in it, and its paper put on @part.
 * @typed: keeps what is typed until it is saved
 * Returns: (transfer none) (nullable): the window; %NULL where that paper is none that is filled in
 */
McDeclarationWindow *mc_declaration_flow (GtkWidget *from,
                                          McContext *context,
                                          const McDossier *dossier,
                                          const McProcedure *procedure,
                                          const char *part,
                                          McTyped *typed);

/** mc_declaration_flow_begun: whether one was typed into and not saved. */
gboolean mc_declaration_flow_begun (const McProcedure *procedure, McTyped *typed);

/** mc_declaration_flow_part: the first paper of @procedure that has a declaration, required ones
 * first. Borrowed (nullable) */
const char *mc_declaration_flow_part (const McProcedure *procedure);

G_END_DECLS
