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

/** mc_ask_row: a row of a list that a question is answered from. @name: what a screen reader says
 */
GtkWidget *mc_ask_row (const char *text, const char *name);
/** mc_ask_list: @list, its first row selected, in a frame that scrolls where it is higher than
 * @height pixels. Returns: (transfer floating) */
GtkWidget *mc_ask_list (GtkListBox *list, const char *name, int height);

G_END_DECLS
