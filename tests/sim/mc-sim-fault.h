/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-event.h"

G_BEGIN_DECLS

/** mc_sim_fault_neighbour: another desk of the same office. Returns: (nullable) */
McSimDesk *mc_sim_fault_neighbour (McSimWorld *world, McSimDesk *desk, guint from);
/** mc_sim_fault_carry: @desk takes the lines of @from that it lacks. @lost: (nullable): the op of
 * one that does not arrive. Returns: how many it took */
guint mc_sim_fault_carry (McSimDesk *from, McSimDesk *desk, const char *lost);

/* What may happen to machines and people. Each takes what it needs from the numbers of its event
 * and counts itself where it came about. */

void mc_sim_fault_crash_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_fill_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_restart_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_image (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_restore_desk (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_clone (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_dead (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_clock (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_upgrade (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_morning (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_gap (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_same (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_receipt (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_handed (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_return (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_lan (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_enrol (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_crash_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_fill_province (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_back_up (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_restore (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_stranger (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_decide (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_rights (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_seed (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);
void mc_sim_fault_suspend (McSimWorld *world, McSimDesk *desk, const McSimEvent *event);

G_END_DECLS
