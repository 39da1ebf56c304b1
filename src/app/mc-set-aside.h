/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** mc_set_aside: asks, then takes refused work off the list. @from: any widget in the window */
void mc_set_aside (GtkWidget *from, McContext *context, const char *op);

G_END_DECLS
