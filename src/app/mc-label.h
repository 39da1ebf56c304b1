/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** mc_label_new: text from the left that wraps, within a long word too. @style: (nullable): a CSS
 * class */
GtkWidget *mc_label_new (const char *text, const char *style);

G_END_DECLS
