/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-window.h"

G_BEGIN_DECLS

/** mc_scans_rows_new: the preferences on when this desk moves scans by itself; somebody has to be
 * signed in. Returns: an #AdwPreferencesGroup */
GtkWidget *mc_scans_rows_new (McWindow *window);

G_END_DECLS
