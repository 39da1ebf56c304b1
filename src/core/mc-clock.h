/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McClock:
 * Where the program learns the time. Nothing else asks the operating system, so that tests and the
 * simulator can say what time it is.
 */
typedef struct
{
  gint64 (*wall) (gpointer data); /* milliseconds since 1970-01-01 UTC; may lie */
  gint64 (*mono) (gpointer data); /* milliseconds that never go back */
  gpointer data;
} McClock;

/** mc_clock_system: the operating system's clocks; static, never freed. */
const McClock *mc_clock_system (void);
gint64 mc_clock_wall (const McClock *clock);
gint64 mc_clock_mono (const McClock *clock);

/**
 * mc_stamp_next:
 * The hybrid logical clock of an op: thousandths of a millisecond, so `ms * 1000 + counter`.
 * @last: the largest stamp this desk has made or seen, 0 for none
 * @wall_ms: the wall clock, already corrected by the server's offset
 *
 * Returns: a stamp larger than @last and not before @wall_ms.
 */
gint64 mc_stamp_next (gint64 last, gint64 wall_ms);
/** mc_stamp_ms: the milliseconds since 1970 of a stamp. */
gint64 mc_stamp_ms (gint64 stamp);

/** MC_BUILD_MS: no honest clock is before this: 2026-11-21 00:00 UTC. */
#define MC_BUILD_MS G_GINT64_CONSTANT (1795219200000)

G_END_DECLS
