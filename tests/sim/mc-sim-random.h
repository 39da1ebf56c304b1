/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McSimRandom: a stream of numbers (splitmix64): the same seed gives the same stream everywhere.
 */
typedef struct
{
  guint64 state;
} McSimRandom;

guint64 mc_sim_random_next (McSimRandom *random);
/** mc_sim_random_below: 0 … @limit - 1; 0 for a limit of 0. */
guint mc_sim_random_below (McSimRandom *random, guint limit);
/** mc_sim_random_chance: TRUE once in @times. */
gboolean mc_sim_random_chance (McSimRandom *random, guint times);
void mc_sim_random_fill (McSimRandom *random, void *bytes, gsize length);

/** mc_sim_random_install: what the product draws (ids, keys, slots, codes) comes from a stream of
 * the simulator from now on. Before mc_keys_init(). */
void mc_sim_random_install (void);
/** mc_sim_random_seed: begins that stream anew. @a, @b: seed of the run, number of the event */
void mc_sim_random_seed (guint64 a, guint64 b);
/** mc_sim_random_product: the stream itself, for what stands in for the operating system. */
McSimRandom *mc_sim_random_product (void);

/** mc_sim_mix: one number of two, well stirred. */
guint64 mc_sim_mix (guint64 a, guint64 b);

G_END_DECLS
