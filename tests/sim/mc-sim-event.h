/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-world.h"

G_BEGIN_DECLS

/** mc_sim_event_run: one thing happens. */
void mc_sim_event_run (McSimWorld *world, const McSimEvent *event);
/** mc_sim_choice: a number to draw the rest from. */
guint64 mc_sim_choice (McSimWorld *world, const McSimEvent *event);
/** mc_sim_living: the desks that are still there. Returns: (transfer container) */
GPtrArray *mc_sim_living (McSimWorld *world);
/** mc_sim_add_desk: a PC with what @profile has; @office: whose. Returns: %NULL where there is no
 * place for one more */
McSimDesk *mc_sim_add_desk (McSimWorld *world, guint office, const McSimProfile *profile);

G_END_DECLS
