/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-way-out.h"

G_BEGIN_DECLS

/** McSettlement: one conflict and what ends it: a value, or an answer about two dossiers. */
typedef struct
{
  char *conflict;
  json_t *value; /* NULL where it is an answer */
  GStrv seen;    /* the ops that were shown */
  char *answer;
  GStrv dossiers; /* all that the answer is about */
} McSettlement;

/** mc_settlement_of: ends @conflict, as it is shown, with @value. @value: (transfer full) */
McSettlement *mc_settlement_of (const McConflict *conflict, json_t *value);
void mc_settlement_free (McSettlement *settlement);

/**
 * mc_settlements:
 * Ending @conflict with @way, and all in @others that are like it in the same way: the side of
 * the same person, all scans, the same answer.
 * @others: (nullable) (element-type McConflict)
 * Returns: (transfer full) (element-type McSettlement)
 */
GPtrArray *mc_settlements (const McConflict *conflict, const McWayOut *way, GPtrArray *others);

G_END_DECLS
