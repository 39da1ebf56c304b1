/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-record.h"

G_BEGIN_DECLS

/**
 * McSimOp:
 * An op that a clerk made, and what was on the screen then, written down apart from what the op
 * says of itself: with it the end can be judged by true sight.
 */
typedef struct
{
  McOp *op;
  guint desk;
  GHashTable *seen; /* group → set of op ids */
  char *content;    /* deciding steps: the tips of the content, as text; else NULL */
} McSimOp;

/** McSimSight: every op made by a clerk, by id. */
typedef struct
{
  GHashTable *ops;
  GPtrArray *order; /* borrowed, as they were made */
} McSimSight;

void mc_sim_sight_init (McSimSight *sight);
void mc_sim_sight_clear (McSimSight *sight);
McSimOp *mc_sim_sight_find (McSimSight *sight, const char *id);
/** mc_sim_sight_add: @op is taken. @screen: (nullable): the record as the clerk saw it */
McSimOp *mc_sim_sight_add (McSimSight *sight, McOp *op, McRecord *screen, guint desk);
/** mc_sim_sight_add_found: an op that nobody was seen to make: its commit had failed where the disk
 * would not sync, and an image of that moment has it nevertheless. What its author saw is what it
 * says. */
McSimOp *mc_sim_sight_add_found (McSimSight *sight, McOp *op, guint desk);
/** mc_sim_sight_follow: what is done next in the same act is done after @one. @screen: (nullable)
 */
void mc_sim_sight_follow (McRecord *screen, const McSimOp *one);
/** mc_sim_sight_content: the tips of a record's content, sorted, as text. */
char *mc_sim_sight_content (McRecord *record);

G_END_DECLS
