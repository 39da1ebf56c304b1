/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/** McSettlement: one conflict and what ends it. */
typedef struct
{
  char *conflict;
  json_t *value;
  GStrv seen; /* the ops that were shown */
} McSettlement;

/** mc_settlement_of: ends @conflict, as it is shown, with @value. @value: (transfer full) */
McSettlement *mc_settlement_of (const McConflict *conflict, json_t *value);
void mc_settlement_free (McSettlement *settlement);

/**
 * mc_settlements:
 * Keeping side @place of @conflict, and of all in @others that are like it the side of the same
 * person.
 * @others: (nullable) (element-type McConflict)
 * Returns: (transfer full) (element-type McSettlement)
 */
GPtrArray *mc_settlements (const McConflict *conflict, guint place, GPtrArray *others);

G_END_DECLS
