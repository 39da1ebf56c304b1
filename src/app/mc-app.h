/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** McApp: the application: one window on one profile. */
#define MC_TYPE_APP (mc_app_get_type ())
G_DECLARE_FINAL_TYPE (McApp, mc_app, MC, APP, AdwApplication)

/** mc_app_new: takes --profile DIR; without it $XDG_DATA_HOME/motcua. */
GApplication *mc_app_new (void);

G_END_DECLS
