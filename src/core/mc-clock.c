/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-clock.h"

static gint64
system_wall (gpointer data)
{
  return g_get_real_time () / 1000;
}

static gint64
system_mono (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

const McClock *
mc_clock_system (void)
{
  static const McClock clock = { system_wall, system_mono, NULL };

  return &clock;
}

gint64
mc_clock_wall (const McClock *clock)
{
  return clock->wall (clock->data);
}

gint64
mc_clock_mono (const McClock *clock)
{
  return clock->mono (clock->data);
}

gint64
mc_stamp_next (gint64 last, gint64 wall_ms)
{
  return MAX (last + 1, wall_ms * 1000);
}

gint64
mc_stamp_ms (gint64 stamp)
{
  return stamp / 1000;
}
