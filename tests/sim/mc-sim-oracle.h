/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-world.h"

G_BEGIN_DECLS

/** mc_sim_oracle_replicas: after quiescence: every desk shows what the province says, nothing
 * waits, nothing is lost, and both find nothing wrong with themselves. */
void mc_sim_oracle_replicas (McSimWorld *world);
/** mc_sim_oracle_sight: by true sight nobody's work was reduced in silence, and nobody was told of
 * a conflict with what he had seen. */
void mc_sim_oracle_sight (McSimWorld *world);
/** mc_sim_oracle_shown: every change that was not applied is shown with its reason. */
void mc_sim_oracle_shown (McSimWorld *world);

/** mc_sim_oracle_twin: two dossiers that may be one are said to be. */
void mc_sim_oracle_twin (McSimWorld *world);
/** mc_sim_oracle_conflicts: what @desk shows in the end. Returns: (transfer none) */
GPtrArray *mc_sim_oracle_conflicts (McSimDesk *desk);
/** mc_sim_count_ruling: a verdict fell. */
void mc_sim_count_ruling (McSimWorld *world, const McRuling *ruling);

G_END_DECLS
