/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MC_ID_LENGTH 36

/**
 * mc_id_new:
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of @ms, the rest random. Ids of one desk grow with time.
 * Returns: (transfer full)
 */
char *mc_id_new (gint64 ms);
/** mc_id_valid: 36 characters, lower-case hexadecimal, version 7, hyphens in their places. */
gboolean mc_id_valid (const char *id);

G_END_DECLS
