/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/* A new desk takes what is still to come from a file that the province wrote, on a stick. */

/** mc_seed_flow: asks which file, then its code, and reads it while the window is worked in.
 * @from: any widget in the window */
void mc_seed_flow (GtkWidget *from, McContext *context);
/** mc_seed_flow_from: the same of the file @path. */
void mc_seed_flow_from (GtkWidget *from, McContext *context, const char *path);
/** mc_seed_flow_report: what is to be said of sync, while a file is read too. */
McSyncReport mc_seed_flow_report (McContext *context);
/** mc_seed_flow_words: why a file was not taken, and what to do. Returns: (transfer full) */
char *mc_seed_flow_words (const GError *error);

G_END_DECLS
