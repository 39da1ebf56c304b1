/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_moment_words:
 * A moment as short as it can be said: "08:12" today, "08:12 20/11" this year, else "08:12
 * 20/11/2025".
 * @ms: since 1970, shown as local time of Viet Nam
 * Returns: (transfer full)
 */
char *mc_moment_words (gint64 ms, gint64 now_ms);

G_END_DECLS
