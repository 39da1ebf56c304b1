/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_procedure_code_read:
 * The code of a procedure out of what staff and spreadsheets make of it: 1.001193, 2.002409.H05 (a
 * province's own), 2.002.400, 2002638, 2.0024 (zeros lost at the end), 1.1193 (at the beginning).
 * @ret_mended: (out) (optional): whether it was written otherwise
 *
 * Returns: (transfer full) (nullable): %NULL where @text cannot be one
 */
char *mc_procedure_code_read (const char *text, gboolean *ret_mended);

/** mc_procedure_national: @code without the province's suffix. Returns: (transfer full) */
char *mc_procedure_national (const char *code);

/** mc_procedure_digits: the digits of @code or of what was typed for one, without the suffix.
 * Returns: (transfer full) */
char *mc_procedure_digits (const char *code);

G_END_DECLS
