/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** mc_unsure_flow: says, one after the other, which papers were on their way to the printer when
 * the program ended, their numbers taken; Ctrl+Enter prints one again. */
void mc_unsure_flow (GtkWidget *window, McContext *context);

G_END_DECLS
