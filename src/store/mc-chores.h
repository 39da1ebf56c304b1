/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-worker.h"

G_BEGIN_DECLS

/**
 * McChores:
 * A thread for what a profile needs and nobody asks for: the daily backup, the scrub, and what has
 * left the office, a little every few minutes. It reads through a connection of its own; the worker
 * only takes notes.
 */
typedef struct _McChores McChores;

/** mc_chores_new: begins. @worker is referenced, @clock borrowed. Returns: (nullable): %NULL where
 * the profile does not open */
McChores *
mc_chores_new (McWorker *worker, const char *profile, const McClock *clock, McDataKey *key);
/** mc_chores_back_up: makes a backup now, due or not; McWorker::changed says when it is over. */
void mc_chores_back_up (McChores *chores);
/** mc_chores_backing_up: whether one is asked for or being made. */
gboolean mc_chores_backing_up (McChores *chores);
/** mc_chores_wake: looks now whether a backup is due: a stick was put in, a folder was chosen. */
void mc_chores_wake (McChores *chores);
/** mc_chores_free: gives up a backup under way and joins the thread. Before mc_worker_stop(). */
void mc_chores_free (McChores *chores);

G_END_DECLS
