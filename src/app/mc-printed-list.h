/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** mc_printed_list_fill: the papers that were printed of @dossier, newest first, each with its
 * number, who printed it and when, and a button that shows it; nothing where there is none. */
void mc_printed_list_fill (GtkBox *box, McContext *context, const McDossier *dossier);

G_END_DECLS
