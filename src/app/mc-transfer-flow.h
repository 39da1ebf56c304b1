/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** mc_transfer_flow: asks to which office a dossier goes, whether this one keeps its sight, and
 * why, then hands it over. @from: any widget in the window */
void mc_transfer_flow (GtkWidget *from, McContext *context, const McRow *row);
/** mc_transfer_flow_may: whether who is signed in may, and there is another office at all. */
gboolean mc_transfer_flow_may (McContext *context, const McRow *row);

G_END_DECLS
