/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-contact.h"
#include "mc-round-trip.h"
#include "mc-scan-move.h"

G_BEGIN_DECLS

/**
 * McCycle:
 * A contact over the HTTPS road: carries out one command of the engine after the other. The part
 * that motcuactl and the background thread share.
 */
typedef struct
{
  McContact *contact;
  McRoad *road;
  McRoundTrip *next; /* (nullable): asked while the answer before it was taken */
  McScanMove *scan;  /* (nullable): moved in the last slice */
} McCycle;

McCycle *
mc_cycle_new (const McEnrolment *enrolment, const McSecretKey *key, McRunWork run, gpointer where);
void mc_cycle_free (McCycle *cycle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCycle, mc_cycle_free)

/** mc_cycle_carry_out: does what the engine asked and tells it what became of it. */
McOutcome mc_cycle_carry_out (McCycle *cycle,
                              const McCommand *command,
                              const McClock *clock,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
