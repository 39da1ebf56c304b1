/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"
#include "mc-form.h"

G_BEGIN_DECLS

/**
 * mc_declaration_form:
 * A declaration on paper, to be signed (layout NĐ 30/2020). What is missing is left to the pen.
 * @values: (nullable): what is filled in; %NULL: a blank form
 * Returns: (transfer full)
 */
McForm *mc_declaration_form (const McDeclaration *declaration, const json_t *values);

G_END_DECLS
