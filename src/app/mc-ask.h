/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * mc_ask_new:
 * A question about something that cannot be undone. The button names the act; Ctrl+Enter takes it,
 * a plain Enter (a scanner's) does not. Its responses are "do" and "cancel".
 */
AdwMessageDialog *mc_ask_new (GtkWindow *parent,
                              const char *heading,
                              const char *body,
                              const char *act,
                              gboolean destructive);

G_END_DECLS
