/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-contact.h"
#include "mc-sim-world.h"

G_BEGIN_DECLS

/** McSimDesk: a PC with a desk, and who sits before it. */
struct _McSimDesk
{
  McSimWorld *world;
  guint number; /* its place and its folder */
  guint office;
  McSimClock clock;
  gint64 version; /* of ops that its program reads */
  gboolean dead;
  char *machine;  /* what its PC is known by */
  McStore *store; /* NULL while it is off */
  McDesk *people[MC_SIM_ROLES];
  McContact *contact;
  char *device;
  char *certificate;
  gint64 seen_seq;     /* ops up to here were looked at */
  GHashTable *own;     /* ids of ops that this disk has held as its own */
  gboolean of_image;   /* is being opened as an image has it: see mc_sim_sight_add_found() */
  GHashTable *screens; /* id → McRecord: what is on the screen in the act under way */
  McRecord *page;      /* (nullable): a record opened earlier and still on the screen */
  GBytes *held_answer; /* (nullable): of a contact under way */
  McCommand command;   /* what the engine asked last */
  gboolean has_next;   /* the round trip after it was made while its answer was taken */
  GBytes *next_answer; /* (nullable): what came of that */
  gboolean in_contact;
  McSimProfile image; /* taken of this PC */
  GHashTable *image_own;
  GPtrArray *conflicts; /* (nullable): what it shows of them in the end */
};

McSimDesk *mc_sim_desk_new (McSimWorld *world, guint number, guint office);
void mc_sim_desk_free (McSimDesk *desk);

/** mc_sim_desk_put: what is on its disk from now on; the desk is off. */
void mc_sim_desk_put (McSimDesk *desk, const McSimProfile *profile);
/** mc_sim_desk_open: starts the program. */
void mc_sim_desk_open (McSimDesk *desk);
void mc_sim_desk_close (McSimDesk *desk);
/** mc_sim_desk_crash: the program ends where it is and starts again. @random: (nullable): by a
 * power cut */
void mc_sim_desk_crash (McSimDesk *desk, McSimRandom *random);
/** mc_sim_desk_take_image: Returns: what is on its disk; the key is owned */
McSimProfile mc_sim_desk_take_image (McSimDesk *desk);
void mc_sim_profile_clear (McSimProfile *profile);

/** mc_sim_desk_look: a record is put on the screen as it is now. Returns: (transfer none) */
McRecord *mc_sim_desk_look (McSimDesk *desk, const char *record);
/** mc_sim_desk_seat: those whom this desk knows sit down before it. */
void mc_sim_desk_seat (McSimDesk *desk);

/** mc_sim_desk_collect: notes the ops made since the last look, with what was on the screen. */
void mc_sim_desk_collect (McSimDesk *desk);

/** mc_sim_desk_check_own: every op that was on this disk as its own must still be there. */
void mc_sim_desk_check_own (McSimDesk *desk);

/** mc_sim_desk_begin: asks, as far as the engine wants a round trip. Returns: (transfer full)
 * (nullable): the bytes */
GBytes *mc_sim_desk_begin (McSimDesk *desk, gboolean impatient);
/** mc_sim_desk_end: @answer: (nullable): the bytes that came back; @outcome where none did.
 * Returns: whether the answer was taken */
gboolean mc_sim_desk_end (McSimDesk *desk, GBytes *answer, McOutcome outcome);
/** mc_sim_desk_waiting: how many ops it would still send. */
guint mc_sim_desk_waiting (McSimDesk *desk);

G_END_DECLS
