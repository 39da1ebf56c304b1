/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mc_practice_screen_mark:
 * Marks everything that the program shows as an office's for new staff, or takes the mark away:
 * @window by its colours and title, and every other window and question that opens while it is
 * marked by its heading as well.
 */
void mc_practice_screen_mark (GtkWindow *window, gboolean practice);
/** mc_practice_screen_words: @office with the mark before it. Returns: (transfer full) */
char *mc_practice_screen_words (const char *office);

G_END_DECLS
