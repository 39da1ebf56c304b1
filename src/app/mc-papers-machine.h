/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include <adwaita.h>

G_BEGIN_DECLS

/** mc_papers_direct_row: whether this machine prints without a dialog; a Flatpak cannot, and says
 * so. Returns: (transfer floating) */
GtkWidget *mc_papers_direct_row (McContext *context);

/** mc_papers_numbers_fill: says in @group who allots each number that is printed. */
void mc_papers_numbers_fill (AdwPreferencesGroup *group, McStore *store);

G_END_DECLS
