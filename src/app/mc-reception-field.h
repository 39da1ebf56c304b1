/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A labelled entry of the reception: label above, a hint below that never blocks, Enter to go on.
 */

/** mc_reception_field_new: Returns: a box with @entry in it, named @label for screen readers */
GtkWidget *mc_reception_field_new (const char *label, GtkWidget *entry);
/** mc_reception_field_name: it is called @label from now on. */
void mc_reception_field_name (GtkWidget *entry, const char *label);
/** mc_reception_field_hint: says @hint under the entry; %NULL: nothing */
void mc_reception_field_hint (GtkWidget *entry, const char *hint);

/**
 * mc_reception_field_watch:
 * @changed: (GFunc-like) called with @data whenever the text or the word being composed changes
 */
void mc_reception_field_watch (GtkWidget *entry, GFunc changed, gpointer data);
/**
 * mc_reception_field_text:
 * The text with the word that the input method is still composing in its place, trimmed.
 * Returns: (transfer full)
 */
char *mc_reception_field_text (GtkWidget *entry);

/** mc_reception_field_only: keys that are not among @allowed are refused; the input method sees
 * none. */
void mc_reception_field_only (GtkWidget *entry, const char *allowed);

/** mc_reception_next: puts the focus on what follows @widget. */
void mc_reception_next (GtkWidget *widget);

G_END_DECLS
