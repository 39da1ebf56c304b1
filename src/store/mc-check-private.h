/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store-private.h"

G_BEGIN_DECLS

/** mc_check_fault: adds a line to @faults. */
void mc_check_fault (GPtrArray *faults, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** mc_check_feed: the feed's chain, and what is kept beside it, against the ops held. */
gboolean mc_check_feed (McStore *store, GPtrArray *faults, GError **error);

G_END_DECLS
