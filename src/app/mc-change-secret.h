/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"
#include <adwaita.h>

G_BEGIN_DECLS

/** mc_change_secret_present: a dialog for another PIN or passphrase of @login at this machine. */
void mc_change_secret_present (GtkWindow *window, McDoor *door, const char *login);

G_END_DECLS
