/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/* The guidance slip (Phiếu hướng dẫn hoàn thiện hồ sơ) of who asks before anything is received:
 * there is no dossier, and no number but the pen's. */

/** mc_guidance_key: whom and about what, as one text. @reception: as a draft has it ("procedure",
 * "case", "channel", "applicant", "contact", "parts"); @clerk: (nullable): who guides. Returns:
 * (transfer full) */
char *mc_guidance_key (const json_t *reception, const char *clerk);
/** mc_guidance_procedure: its code. Returns: (transfer full) (nullable) */
char *mc_guidance_procedure (const char *key);
/** mc_form_guidance: Errors: #MC_ERROR_NOT_FOUND, #MC_ERROR_FORMAT */
McForm *mc_form_guidance (McStore *store, const char *key, GError **error);

G_END_DECLS
