/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-world.h"

G_BEGIN_DECLS

/** mc_sim_shrink: drops events for as long as the run fails. Returns: (transfer full): a schedule
 * in which every event is needed */
GArray *mc_sim_shrink (guint64 seed, const GArray *events);

G_END_DECLS
