/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-window.h"

G_BEGIN_DECLS

/** mc_safety_copy_new: the group of the page on which a restored machine, whose old one is
 * suspended, is taken in by an invitation. Returns: (transfer floating) */
GtkWidget *mc_safety_copy_new (McWindow *window);
/** mc_safety_copy_show: @copied: the machine is not taken in yet; else nothing is shown. @refused:
 * (nullable): why the last invitation was not taken */
void mc_safety_copy_show (GtkWidget *group, gboolean copied, const char *refused);

G_END_DECLS
