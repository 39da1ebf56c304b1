/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * mc_focus_class_start:
 * Gives the widgets of a class, which have one child, a place where the focus goes when they are
 * asked to take it, and lets Shift+Tab leave them: GTK asks a widget that has nothing before its
 * focus to take it itself, so that one that sends it to its start would keep it for ever.
 * @grab: gives the focus to where the widget starts
 */
void mc_focus_class_start (GtkWidgetClass *klass, gboolean (*grab) (GtkWidget *widget));

G_END_DECLS
