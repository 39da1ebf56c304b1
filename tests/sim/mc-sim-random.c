/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-random.h"

#include <sodium.h>
#include <string.h>

static McSimRandom product;

guint64
mc_sim_mix (guint64 a, guint64 b)
{
  McSimRandom random = { a * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ b };

  mc_sim_random_next (&random);
  return mc_sim_random_next (&random);
}

guint64
mc_sim_random_next (McSimRandom *random)
{
  guint64 z = random->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

guint
mc_sim_random_below (McSimRandom *random, guint limit)
{
  return limit == 0 ? 0 : (guint)((mc_sim_random_next (random) >> 16) % limit);
}

gboolean
mc_sim_random_chance (McSimRandom *random, guint times)
{
  return mc_sim_random_below (random, times) == 0;
}

void
mc_sim_random_fill (McSimRandom *random, void *bytes, gsize length)
{
  guint8 *at = bytes;

  while (length > 0)
    {
      guint64 next = mc_sim_random_next (random);
      gsize part = MIN (length, sizeof next);

      memcpy (at, &next, part);
      at += part;
      length -= part;
    }
}

McSimRandom *
mc_sim_random_product (void)
{
  return &product;
}

void
mc_sim_random_seed (guint64 a, guint64 b)
{
  product.state = mc_sim_mix (a, b);
}

static const char *
stream_name (void)
{
  return "mc-sim";
}

static uint32_t
stream_number (void)
{
  return (uint32_t)(mc_sim_random_next (&product) >> 32);
}

static void
stream_fill (void *const bytes, const size_t length)
{
  mc_sim_random_fill (&product, bytes, length);
}

void
mc_sim_random_install (void)
{
  static randombytes_implementation implementation = {
    .implementation_name = stream_name,
    .random = stream_number,
    .buf = stream_fill,
  };

  randombytes_set_implementation (&implementation);
}
