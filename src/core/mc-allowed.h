/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/**
 * mc_allowed:
 * Whether somebody may receive under a procedure. A postal agent receives only where the contract
 * of the office allows it: "receives" of the staff record lists the codes; without it, all.
 * @staff: (nullable): what the province says of the person
 */
gboolean mc_allowed (const json_t *staff, const char *procedure);
/** mc_allowed_by: the same, of the list alone. @receives: (nullable) */
gboolean mc_allowed_by (const json_t *receives, const char *procedure);

G_END_DECLS
