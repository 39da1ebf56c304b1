/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mc_ascii_field_make:
 * Makes @entry take keys as they are, before the input method sees them, and only ASCII: for
 * numbers, PINs and secrets.
 * @entry: a #GtkEditable that is a widget
 * @digits: only 0-9
 */
void mc_ascii_field_make (GtkWidget *entry, gboolean digits);

G_END_DECLS
