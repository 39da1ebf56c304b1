/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-desk.h"

G_BEGIN_DECLS

/** mc_sim_enrol: a desk that is no device yet becomes one, by a code of the administrator's. */
void mc_sim_enrol (McSimDesk *desk);
/** mc_sim_enrol_again: a copy becomes a device of its own, on the word of the old one's key. */
McOutcome mc_sim_enrol_again (McSimDesk *desk, gboolean answer_lost);

G_END_DECLS
