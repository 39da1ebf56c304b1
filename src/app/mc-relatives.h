/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-dossier.h"

G_BEGIN_DECLS

/* The dossiers that belong to one of an interlinked procedure: its children, or its parent. */

/** mc_relatives_fill: a line for each, which opens it: what, at which body, how far, until when.
 * @box: is hidden where there are none */
void mc_relatives_fill (GtkBox *box, McContext *context, const McDossier *dossier);

/** mc_relatives_words: the children of @dossier, a line each with what is promised, or %NULL where
 * it has none. Returns: (transfer full) (nullable) */
char *mc_relatives_words (McStore *store, const char *dossier);

G_END_DECLS
