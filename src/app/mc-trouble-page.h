/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mc_trouble_page_new:
 * The page shown where the profile cannot be opened: what happened, what is safe, what to do.
 * Activating its button activates @retry on the window.
 * @retry: the name of an action
 * @rebuild: (nullable): of the action that makes a damaged file anew
 */
GtkWidget *mc_trouble_page_new (const GError *error, const char *retry, const char *rebuild);

G_END_DECLS
