/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** McChoice: one of a few words, each a button: seen at once, one key each. */
typedef struct
{
  const char *id;
  const char *name; /* msgid */
} McChoice;

/**
 * mc_reception_choice_new:
 * @label: what is chosen
 * @choices: ended by an id of %NULL; static
 * @changed: called with the widget and @data when another one is chosen
 */
GtkWidget *
mc_reception_choice_new (const char *label, const McChoice *choices, GFunc changed, gpointer data);
/** mc_reception_choice_get: the id chosen, or %NULL. Static. */
const char *mc_reception_choice_get (GtkWidget *choice);
/** mc_reception_choice_set: @id %NULL: none. */
void mc_reception_choice_set (GtkWidget *choice, const char *id);
/** mc_reception_choice_offer: whether @id can be chosen now. */
void mc_reception_choice_offer (GtkWidget *choice, const char *id, gboolean offered);

G_END_DECLS
