/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-syncer.h"

G_BEGIN_DECLS

/**
 * McContact:
 * What a desk asks the province and what it does with the answer, without any road: the HTTPS road,
 * motcuactl and the simulator carry the request that mc_contact_ask() makes and bring back what
 * mc_contact_take() takes; between the two the desk works on. Work on the profile goes through
 * @run, which the caller gives: at once, or on the worker's thread.
 */
typedef gpointer (*McRunWork) (gpointer where, McWork work, gpointer data, GError **error);

typedef struct
{
  McEngine *engine;
  GHashTable *answered;  /* op ids that the province has answered for in this session */
  GPtrArray *asked;      /* (nullable): ids of the ops in the request that is under way */
  GPtrArray *asked_next; /* (nullable): in the one that mc_contact_ask_next() made */
  gboolean show;  /* the province asked for devices: their certificates go with what is next */
  gboolean shown; /* they have, lately */
  gint64 answered_since; /* mono: of the oldest of them */
  gboolean catching_up;  /* the feed is being read anew: what the province lacks is not known yet */
  McRunWork run;
  gpointer where;
  gint64 last_contact_ms; /* wall */
  gint64 offline_since_ms;
  guint page;       /* entries that are asked for at most: as many as the line brings in seconds */
  gboolean reading; /* what was asked last is a page of much that is to be read */
  gint64 feed_done;
  gint64 feed_head;
  gint64 bytes_up, bytes_down;
  gboolean metered;  /* the line is paid by what it carries */
  McScanReport scan; /* the one that is moving, or was last */
  gboolean has_key;  /* of the device that a copied desk asks to become */
  McSecretKey key;
} McContact;

/** mc_contact_new: @seed: of the engine's jitter */
McContact *mc_contact_new (guint32 seed, McRunWork run, gpointer where);
void mc_contact_free (McContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McContact, mc_contact_free)

/** mc_contact_backlog: what there is to do now. */
McBacklog mc_contact_backlog (McContact *contact);
/** mc_contact_ask: the round trip that @command asks for. Returns: (transfer full): or %NULL where
 * the profile failed: close with #MC_OUTCOME_FAILED */
McSyncRequest *mc_contact_ask (McContact *contact, const McCommand *command, GError **error);
/**
 * mc_contact_ask_next:
 * The round trip after the one that @answer came from, before that is taken, so that it can travel
 * meanwhile. Where taking it fails, the answer to this one is not to be used.
 * Returns: (transfer full): or %NULL (no error) where there is no more to send or read
 */
McSyncRequest *mc_contact_ask_next (McContact *contact,
                                    const McCommand *command,
                                    const McSyncAnswer *answer,
                                    GError **error);
/** mc_contact_turn: what mc_contact_ask_next() asked is now what is under way. */
void mc_contact_turn (McContact *contact);
/** mc_contact_take: puts an answer into the profile and sets the outcome of @reply.
 * #MC_ERROR_NETWORK where it is no whole answer to what was asked. */
gboolean mc_contact_take (McContact *contact,
                          const McSyncAnswer *answer,
                          const McClock *clock,
                          McReply *reply,
                          GError **error);
/** mc_contact_invitation: mc_store_invitation(). Returns: (transfer full) (nullable) */
char *mc_contact_invitation (McContact *contact);
/** mc_contact_refuse_invitation: the province did not take it. */
void mc_contact_refuse_invitation (McContact *contact, const char *why);
/** mc_contact_new_key: for #MC_COMMAND_ENROL: the key of the device that this desk asks to become;
 * the same until it has become it, so that an answer that is lost costs no slot. Returns: borrowed;
 * %NULL where the profile cannot keep it */
const McSecretKey *mc_contact_new_key (McContact *contact, GError **error);
/** mc_contact_enrolled: the profile is the new device from now on; sets the outcome of @reply. */
gboolean mc_contact_enrolled (McContact *contact,
                              const McEnrolment *enrolment,
                              McReply *reply,
                              GError **error);
/** mc_contact_close: tells the engine what became of its command. */
void mc_contact_close (McContact *contact, const McReply *reply, const McClock *clock);
/** mc_contact_note_scan: a scan moved by @bytes within @us. */
void mc_contact_note_scan (McContact *contact, const McTransfer *transfer, gint64 bytes, gint64 us);
/** mc_contact_report: what to say of it. */
McSyncReport mc_contact_report (McContact *contact, gboolean sending);

G_END_DECLS
