/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-syncer.h"

G_BEGIN_DECLS

/**
 * McContact:
 * Carries out one command of the engine after the other: the part that motcuactl and the background
 * thread share. Work on the profile goes through @run, which the caller gives: at once, or on the
 * worker's thread.
 */
typedef gpointer (*McRunWork) (gpointer where, McWork work, gpointer data, GError **error);

typedef struct
{
  McEngine *engine;
  McRoad *road;
  GHashTable *answered; /* op ids that the province has answered for in this session */
  McRunWork run;
  gpointer where;
  gint64 last_contact_ms; /* wall */
  gint64 offline_since_ms;
  gint64 feed_done;
  gint64 feed_head;
  gint64 bytes_up, bytes_down;
} McContact;

McContact *mc_contact_new (const McEnrolment *enrolment,
                           const McSecretKey *key,
                           McRunWork run,
                           gpointer where);
void mc_contact_free (McContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McContact, mc_contact_free)

/** mc_contact_backlog: what there is to do now. */
McBacklog mc_contact_backlog (McContact *contact);
/** mc_contact_carry_out: does what the engine asked and tells it what became of it. */
McOutcome mc_contact_carry_out (McContact *contact,
                                const McCommand *command,
                                const McClock *clock,
                                GCancellable *cancellable,
                                GError **error);
/** mc_contact_report: what to say of it. */
McSyncReport mc_contact_report (McContact *contact, gboolean sending);

G_END_DECLS
