/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-base.h"
#include "mc-sim-count.h"
#include "mc-sim-sight.h"
#include "mc-wire.h"

G_BEGIN_DECLS

typedef struct _McSimDesk McSimDesk;
typedef struct _McSimProvince McSimProvince;
typedef struct _McSimNet McSimNet;

/**
 * McSimWorld:
 * One run: the province, the desks, the line between them and the time, all of one seed.
 */
typedef struct
{
  guint64 seed;
  gint64 now_ms;
  const McSimBase *base;
  McSimProvince *province;
  GPtrArray *desks; /* McSimDesk; a dead one stays in its place */
  McSimNet *net;
  McSimSight sight;
  McSimCount *count;
  GHashTable *ever_seen; /* "record office": who has ever had sight of what */
  GHashTable *aside;     /* refused ops that somebody set aside */
  GHashTable *strange;   /* op → office of the strange device that said it */
  GHashTable *forged;    /* those of them that nobody may keep */
  gint64 said_by_strangers;
  GPtrArray *seeds[MC_SIM_OFFICES]; /* (nullable): GBytes: pages of a file of the province */
  GPtrArray *problems;              /* char*: what is wrong */
  gboolean calm;                    /* nothing goes wrong any more */
  GString *trace;                   /* (nullable) */
  guint64 digest;                   /* of everything that was said */
} McSimWorld;

/** McSimEvent: one thing that happens. All that it does follows from its numbers, so that a
 * schedule from which some are dropped is still a schedule. */
typedef struct
{
  guint kind;
  guint a;
  guint b;
  guint id; /* place in the whole schedule */
} McSimEvent;

/** mc_sim_schedule: the events of a seed. @mix: (nullable): a name of mc_sim_mixes() */
GArray *mc_sim_schedule (guint64 seed, const char *mix, guint length);

/** McSimResult: what a run came to. */
typedef struct
{
  GPtrArray *problems;
  char *trace;
  guint64 digest;
} McSimResult;
void mc_sim_result_clear (McSimResult *result);

/** mc_sim_run: @count: is added to */
McSimResult mc_sim_run (guint64 seed, const GArray *events, McSimCount *count, gboolean trace);

void mc_sim_say (McSimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
void mc_sim_bad (McSimWorld *world, const char *format, ...) G_GNUC_PRINTF (2, 3);
void mc_sim_note (McSimWorld *world, const char *what);
void mc_sim_digest (McSimWorld *world, const void *bytes, gsize length);
/** mc_sim_pass: time goes on for everybody. */
void mc_sim_pass (McSimWorld *world, gint64 ms);

/** mc_sim_short: the end of an id, for a trace. */
const char *mc_sim_short (const char *id);

G_END_DECLS
