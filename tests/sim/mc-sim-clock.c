/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-clock.h"

static gint64
wall (gpointer data)
{
  const McSimClock *clock = data;

  return *clock->now_ms + clock->skew_ms;
}

static gint64
mono (gpointer data)
{
  const McSimClock *clock = data;

  return *clock->now_ms - MC_SIM_START_MS + MC_SIM_DAY;
}

void
mc_sim_clock_init (McSimClock *clock, const gint64 *now_ms)
{
  clock->clock = (McClock){ wall, mono, clock };
  clock->now_ms = now_ms;
  clock->skew_ms = 0;
}
