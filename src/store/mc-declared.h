/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"
#include "mc-desk.h"

G_BEGIN_DECLS

/* What is declared in a dossier: see mc-declaration.h. */

/**
 * mc_desk_declare:
 * Writes what was filled in or changed, in one transaction. What stands so already is not written
 * again.
 * @changed: by the names of the blanks; "" takes a value away
 * @bases: (nullable): mc_declared_bases() of what was on the screen
 * Errors: #MC_ERROR_REFUSED, #MC_ERROR_NOT_FOUND
 */
gboolean mc_desk_declare (McDesk *desk,
                          const char *dossier,
                          const McDeclaration *declaration,
                          const json_t *changed,
                          const json_t *bases,
                          GError **error);
/** mc_declared_bases: for each blank of @changed, what an edit of it names. Returns: (transfer
 * full)
 */
json_t *
mc_declared_bases (McRecord *record, const McDeclaration *declaration, const json_t *changed);

/** mc_declared: what @record says in the blanks of a declaration. Returns: (transfer full): an
 * object of texts, empty where nobody has filled it in */
json_t *mc_declared (McRecord *record, const McDeclaration *declaration);

/**
 * mc_store_declared_before:
 * What the resident with this number declared in dossiers that this office sees.
 * @number: (nullable)
 * Returns: (transfer full): by group ("form:ct01.phone"), what was said last
 */
json_t *mc_store_declared_before (McStore *store, const char *number);
/** mc_store_declared_beside: what is declared in the matter of a dossier: in it, and in the others
 * of an interlinked one. Returns: (transfer full): by group, "form:ID" among them */
json_t *mc_store_declared_beside (McStore *store, McRecord *record);

/**
 * mc_store_keep_declarations:
 * From now on these are the office's own on this desk, before the province's and the program's.
 * @declarations: (nullable): an array; those that cannot be read are not there
 */
gboolean mc_store_keep_declarations (McStore *store, const json_t *declarations, GError **error);
/** mc_store_office_declarations: Returns: (transfer full) (element-type McDeclaration) */
GPtrArray *mc_store_office_declarations (McStore *store);
/** mc_declared_add: gives @procedure, which nobody else has yet, those of @office that name it. */
void mc_declared_add (McProcedure *procedure, GPtrArray *office);

G_END_DECLS
