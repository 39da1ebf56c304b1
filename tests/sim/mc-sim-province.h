/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-engine.h"
#include "mc-province-admin.h"
#include "mc-sim-world.h"

G_BEGIN_DECLS

/** McSimProvince: the province's machine. */
struct _McSimProvince
{
  McSimWorld *world;
  McSimClock clock;
  McProvince *province; /* NULL while it is down */
  GPtrArray *copies;    /* McSimCopy */
  gboolean between;     /* two parts of a request: another is heard */
  gint64 looked;        /* at who has sight, after this many changes of rows */
};

McSimProvince *mc_sim_province_new (McSimWorld *world);
void mc_sim_province_free (McSimProvince *machine);
McDb *mc_sim_province_db (McSimProvince *machine);

/**
 * mc_sim_province_answer:
 * What the listener does with the bytes of a request.
 * Returns: (transfer full) (nullable): the bytes of the answer
 */
GBytes *mc_sim_province_answer (McSimProvince *machine,
                                const char *device,
                                const char *certificate,
                                GBytes *request,
                                McOutcome *ret_outcome);

/** mc_sim_province_restart: the program ends and starts again. @random: (nullable): power cut */
void mc_sim_province_restart (McSimProvince *machine, McSimRandom *random);
/** mc_sim_province_back_up: what is on its disk now is kept for a restore. Returns: the copy */
guint mc_sim_province_back_up (McSimProvince *machine);
/** mc_sim_province_restore: @whole: the mark that tells a restored database went back with it, so
 * that the province cannot know of it by itself */
void mc_sim_province_restore (McSimProvince *machine, guint copy, gboolean whole);

/** mc_sim_province_waits: for parents of an op. */
gboolean mc_sim_province_waits (McSimProvince *machine);
/** mc_sim_province_has_told: whether there is nothing after @cursor in the feed of @office. */
gboolean
mc_sim_province_has_told (McSimProvince *machine, const char *office, const McCursor *cursor);
/** mc_sim_province_look: notes who has sight of what now. */
void mc_sim_province_look (McSimProvince *machine);

G_END_DECLS
