/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-clock.h"

G_BEGIN_DECLS

/** McSimClock: the clock of one machine: the world's time, and what is wrong with it. */
typedef struct
{
  McClock clock; /* the first member: what the product is given */
  const gint64 *now_ms;
  gint64 skew_ms;
} McSimClock;

/** MC_SIM_START_MS: Sat 21 Nov 2026 08:12 in Viet Nam. */
#define MC_SIM_START_MS (MC_BUILD_MS + (72 * 60 * G_GINT64_CONSTANT (1000)))
#define MC_SIM_MINUTE (60 * G_GINT64_CONSTANT (1000))
#define MC_SIM_DAY (24 * 60 * MC_SIM_MINUTE)

/** mc_sim_clock_init: @now_ms is borrowed. */
void mc_sim_clock_init (McSimClock *clock, const gint64 *now_ms);

G_END_DECLS
