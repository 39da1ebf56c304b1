/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-register-read.h"

G_BEGIN_DECLS

/* Which part of the register, as one text: "2026-11/Hộ tịch", a month or a year, then (or nothing:
 * all of them) the field of work. */

/** mc_register_key: @field: (nullable). Returns: (transfer full) */
char *mc_register_key (const char *period, const char *field);

/**
 * mc_register_key_parse:
 * @ret_span: its field points into @key
 * @ret_words: (transfer full) (optional): "tháng 11 năm 2026"
 * Errors: #MC_ERROR_FORMAT
 */
gboolean
mc_register_key_parse (const char *key, McRegisterSpan *ret_span, char **ret_words, GError **error);

/** mc_form_register: the register of @key, as it is now, to be printed. Returns: (transfer full) */
McForm *mc_form_register (McStore *store, const char *key, GError **error);
/** mc_register_save: the same as a spreadsheet at @path. */
gboolean mc_register_save (McStore *store, const char *key, const char *path, GError **error);

G_END_DECLS
