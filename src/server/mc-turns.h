/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McTurns:
 * Whose turn it is when many desks bring much at once. What is judged in a moment does not wait
 * here: it goes ahead. Of those that wait, the office whose last turn is longest ago is next, in it
 * the desk; who has waited for ten seconds goes before all of them, oldest first.
 * Bounded: nobody is kept beyond his patience or in too great a crowd, but told when to come again,
 * each at another time.
 * Without I/O, without a clock and without chance of its own.
 */
typedef struct _McTurns McTurns;

/** mc_turns_new: @seed makes the jitter. @free_item: of what still waits at the end. */
McTurns *mc_turns_new (guint32 seed, GDestroyNotify free_item);
void mc_turns_free (McTurns *turns);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McTurns, mc_turns_free)

/** mc_turns_count: how many wait. */
guint mc_turns_count (const McTurns *turns);
/** mc_turns_wait_ms: how long one more would wait, by what the others' work has taken so far. */
gint64 mc_turns_wait_ms (const McTurns *turns);
/** mc_turns_full: whether one more would wait for longer than @patience_ms, or there is no room. */
gboolean mc_turns_full (const McTurns *turns, gint64 patience_ms);
/** mc_turns_again_s: when one who finds no room had better come again, in seconds. Each is given a
 * time after those who wait and those who were told a time before him, a little at random. */
guint mc_turns_again_s (McTurns *turns, gint64 now_ms);

/** mc_turns_put: @item (taken) waits from now on. @weight: how much work it is, in any unit. */
void mc_turns_put (McTurns *turns,
                   const char *office,
                   const char *device,
                   guint weight,
                   gint64 now_ms,
                   gpointer item);
/** mc_turns_next: takes out whose turn it is. Returns: (transfer full): the item; %NULL: nobody
 * waits */
gpointer mc_turns_next (McTurns *turns, gint64 now_ms);
/** McTurnsMeant: whether @item is the one. */
typedef gboolean (*McTurnsMeant) (gconstpointer item, gconstpointer data);
/** mc_turns_remove: takes out the first that is meant: it waits no longer. Returns: (transfer
 * full): the item; %NULL: none was */
gpointer mc_turns_remove (McTurns *turns, McTurnsMeant meant, gconstpointer data);
/** mc_turns_took: work of this weight took so long: the next guess is better. */
void mc_turns_took (McTurns *turns, guint weight, gint64 us);

G_END_DECLS
