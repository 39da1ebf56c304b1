/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-window.h"

G_BEGIN_DECLS

/** mc_safety_people_fill: who opens this machine, and for staff of the office a button to take
 * somebody else off it. */
void mc_safety_people_fill (AdwPreferencesGroup *group, McWindow *window);

G_END_DECLS
