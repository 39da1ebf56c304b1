/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/**
 * mc_departed_sweep:
 * Removes scans of dossiers that left this office a month ago or more, where nothing here names
 * them any more and the province has them. Until then they stay: a province put back from a backup
 * asks the desks for what it lacks, and whoever has the dossier now may not have fetched them yet.
 * On the worker's thread, when there is nothing else to do.
 * @count: how many are looked at, at most
 * Errors: MC_ERROR_STORE; what was cut short is finished by the next.
 */
gboolean mc_departed_sweep (McStore *store, guint count, guint *ret_removed, GError **error);

G_END_DECLS
