/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-declaration.h"

G_BEGIN_DECLS

/** _mc_declaration_check_paper: whether body and signatures say what they may, and show every blank
 * once. */
gboolean _mc_declaration_check_paper (const McDeclaration *declaration, GError **error);

G_END_DECLS
