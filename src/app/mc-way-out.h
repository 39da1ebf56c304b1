/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-conflict-words.h"

G_BEGIN_DECLS

/** McWayOut: one way to end a conflict, as a card to choose: what it says and what it does. */
typedef struct
{
  char *place; /* (nullable): above the title: where it was made */
  char *title;
  char *who;   /* (nullable): below it */
  char *keep;  /* what the key does */
  char *after; /* what is said afterwards */
  int side;    /* the side that is kept; -1: none alone */
  gboolean both;
  const char *answer; /* (nullable): of two dossiers: "same", "other" */
} McWayOut;
void mc_way_out_free (McWayOut *way);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWayOut, mc_way_out_free)

/**
 * mc_ways_out:
 * All that can be chosen, the first one suggested.
 * @names: (nullable)
 * Returns: (transfer full) (element-type McWayOut)
 */
GPtrArray *mc_ways_out (const McConflict *conflict, const McNames *names, gint64 now_ms);

G_END_DECLS
