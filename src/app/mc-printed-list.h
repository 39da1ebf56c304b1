/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** mc_printed_list_fill: the papers that were printed of @dossier, newest first, each with its
 * number, who printed it and when, and a button that shows it; nothing where there is none. */
void mc_printed_list_fill (GtkBox *box, McContext *context, const McDossier *dossier);

/** mc_printed_list_other: rows of what the office printed lately that is no dossier's. */
void mc_printed_list_other (AdwPreferencesGroup *group, McContext *context);

G_END_DECLS
