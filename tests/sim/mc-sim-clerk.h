/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-desk.h"

G_BEGIN_DECLS

/**
 * mc_sim_clerk_act:
 * Somebody does something at the desk: which of the acts, on which dossier and with which values is
 * in @choice. An act that the desk refuses for a good reason is no problem.
 */
void mc_sim_clerk_act (McSimDesk *desk, guint64 choice);
/** mc_sim_clerk_receive: somebody is received. */
void mc_sim_clerk_receive (McSimDesk *desk, guint64 choice);
/** mc_sim_clerk_insist: the same is set so many times, each on top of the one before. */
void mc_sim_clerk_insist (McSimDesk *desk, guint64 choice, guint times);
/** mc_sim_clerk_choose: one of the few that are worked on. Returns: (transfer full) (nullable) */
char *mc_sim_clerk_choose (McSimDesk *desk, guint64 choice);
/** mc_sim_clerk_set: a telephone number, the same for the same @nth from 1 on. */
void mc_sim_clerk_set (McSimDesk *desk, const char *dossier, guint nth);
/** mc_sim_clerk_hand: @dossier is handed over to these @offices, a bit each. */
void mc_sim_clerk_hand (McSimDesk *desk, const char *dossier, guint offices);
/** mc_sim_clerk_open_page: a dossier is opened and stays on the screen as it is now. */
void mc_sim_clerk_open_page (McSimDesk *desk, guint64 choice);

/** mc_sim_clerk_advance: a dossier is taken @times steps further, with nobody else in between. */
void mc_sim_clerk_advance (McSimDesk *desk, guint64 choice, guint times);

G_END_DECLS
