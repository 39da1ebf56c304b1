/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/*
 * What waits, carried by hand: to a file on a stick, and from one into the machine that has a line.
 * @from: any widget in the window
 */

/** mc_waiting_export: asks where to, then writes. */
void mc_waiting_export (GtkWidget *from, McContext *context);
/** mc_waiting_export_to: writes to @path and says so in the window. */
void mc_waiting_export_to (GtkWidget *from, McContext *context, const char *path);
/** mc_waiting_take_in: asks which file, then takes it in. */
void mc_waiting_take_in (GtkWidget *from, McContext *context);
/** mc_waiting_take_in_from: takes @path in and says what came of it. */
void mc_waiting_take_in_from (GtkWidget *from, McContext *context, const char *path);

G_END_DECLS
