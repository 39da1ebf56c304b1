/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-contact.h"
#include "test-desk.h"

G_BEGIN_DECLS

/* A new desk in an office that has worked for long, against the real province. */

#define CLOSED 24
#define OPEN 6

typedef struct
{
  TestProvince *test;
  TestDesk *other; /* who has worked here so far */
  GPtrArray *open; /* McOp that received a dossier which is open */
  char *folder;    /* of the new desk */
  McStore *store;
  McDesk *desk;
  McContact *contact;
  guint limit; /* entries of an answer at most */
  guint taken; /* answers */
} Newcomer;

/** newcomer_new: enrolled, and nothing heard yet. */
Newcomer newcomer_new (gboolean public);
/** newcomer_clear: asserts that the province is sound. */
void newcomer_clear (Newcomer *join);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newcomer, newcomer_clear)
/** newcomer_open: starts the program; newcomer_close() ends it. */
void newcomer_open (Newcomer *join);
void newcomer_close (Newcomer *join);
gpointer newcomer_run_here (gpointer where, McWork work, gpointer data, GError **error);

McSyncRequest *newcomer_ask (Newcomer *join);
/** newcomer_answer_to: as the line carries it. */
McSyncAnswer *newcomer_answer_to (Newcomer *join, const McSyncRequest *request);
McOutcome newcomer_take (Newcomer *join, const McSyncAnswer *answer);
/** newcomer_turn: one round trip. */
McOutcome newcomer_turn (Newcomer *join);
/** newcomer_turn_and_end: the program ends after it, and starts again. */
McOutcome newcomer_turn_and_end (Newcomer *join);
gboolean newcomer_open_are_here (Newcomer *join);
/** newcomer_shown: how many dossiers are on the screen. */
guint newcomer_shown (Newcomer *join);
/** newcomer_check: asserts that the profile is sound. */
void newcomer_check (Newcomer *join);
/** newcomer_read_to_the_end: all is read and sent. */
void newcomer_read_to_the_end (Newcomer *join);
/** newcomer_receive: somebody of the office sits down and receives. Returns: (transfer full) */
char *newcomer_receive (Newcomer *join);

G_END_DECLS
