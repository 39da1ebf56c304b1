/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-print-job.h"
#include "mc-progress.h"

G_BEGIN_DECLS

/** mc_print_of_dossiers: whether @name is a paper of dossiers, which will know that it was printed.
 */
gboolean mc_print_of_dossiers (const char *name);
/** mc_print_is_long: whether making it takes so long that nobody waits for it. */
gboolean mc_print_is_long (const char *name);
/** mc_print_paper: what a paper of no dossier is called where it is said to be printed:
 * "leaflet:1.001193". Returns: (transfer full) */
char *mc_print_paper (const char *key, const char *name);
/** mc_print_title: the same for a reader: its title, and of what. Returns: (transfer full) */
char *mc_print_title (const char *key, const char *name, McForm *form);

/**
 * mc_print_make:
 * A paper of no dossier, made on a thread of its own with a connection of its own: neither the
 * window nor who writes waits for it.
 * @path: (nullable): where it is written, as PDF or as a spreadsheet (.xlsx)
 * @progress: (transfer full) (nullable): g_atomic_rc_box
 */
void mc_print_make (McContext *context,
                    const char *key,
                    const char *name,
                    const char *path,
                    McProgress *progress,
                    GAsyncReadyCallback callback,
                    gpointer data);
/** mc_print_make_finish: Returns: (transfer full) (nullable): the form; of one that was written,
 * too
 */
McForm *mc_print_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
