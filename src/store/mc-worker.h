/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * McWorker:
 * The one thread that writes. Everything that touches the profile's database for writing is a
 * function run here, one after the other; the window never waits for it.
 */
#define MC_TYPE_WORKER (mc_worker_get_type ())
G_DECLARE_FINAL_TYPE (McWorker, mc_worker, MC, WORKER, GObject)

/** McWork: runs on the worker's thread. Returns: (transfer full) what the caller's finish gets;
 * %NULL with @error set is a failure */
typedef gpointer (*McWork) (McDesk *desk, gpointer data, GError **error);

/** mc_worker_new: opens the profile on the new thread. Fails as mc_store_open() does. */
McWorker *mc_worker_new (const char *profile, const McClock *clock, McDataKey *key, GError **error);
/** mc_worker_stop: finishes what is queued, closes the profile, joins the thread. */
void mc_worker_stop (McWorker *worker);

/**
 * mc_worker_run:
 * After mc_worker_stop() nothing is done: #MC_ERROR_BUSY.
 * @data: given to @work, freed by @free_data on the worker's thread afterwards
 * @free_result: frees a result that nobody takes
 */
void mc_worker_run (McWorker *worker,
                    McWork work,
                    gpointer data,
                    GDestroyNotify free_data,
                    GDestroyNotify free_result,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
gpointer mc_worker_finish (McWorker *worker, GAsyncResult *result, GError **error);

/** mc_worker_call: the same for another thread that may wait (never the window's). */
gpointer mc_worker_call (McWorker *worker, McWork work, gpointer data, GError **error);

/**
 * McWorker::changed: emitted on the main context after work that changed dossiers, drafts or staff,
 * at most once a turn: lists refresh. Work says so by mc_store_mark_changed().
 */
void mc_store_mark_changed (McStore *store);
gboolean mc_store_take_changed (McStore *store);

G_END_DECLS
