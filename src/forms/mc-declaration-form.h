/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"
#include "mc-desk.h"
#include "mc-form.h"

G_BEGIN_DECLS

/**
 * mc_declaration_form:
 * A declaration on paper, to be signed (layout NĐ 30/2020). What is missing is left to the pen.
 * @values: (nullable): what is filled in; %NULL: a blank form
 * Returns: (transfer full)
 */
McForm *mc_declaration_form (const McDeclaration *declaration, const json_t *values);

/**
 * mc_declaration_document:
 * Puts declarations as they would be printed into the profile's scans, without a file in clear on
 * the way. On the worker's thread.
 * @papers: [{"declaration", "values"}], at least one; several are one document
 * Returns: (transfer full): as mc_desk_import() gives it
 */
json_t *mc_declaration_document (McDesk *desk, const json_t *papers, GError **error);

G_END_DECLS
