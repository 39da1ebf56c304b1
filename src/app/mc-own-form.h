/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-own-state.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** McOwnForm: the fields of an entry of the catalogue, with as many cases and papers as it has. */
typedef struct _McOwnForm McOwnForm;

/** mc_own_form_new: @changed: called with the form and @data after somebody typed */
McOwnForm *mc_own_form_new (GFunc changed, gpointer data);
void mc_own_form_free (McOwnForm *form);
/** mc_own_form_widget: Borrowed; floating until it has a place. */
GtkWidget *mc_own_form_widget (McOwnForm *form);
/** mc_own_form_put: @state as of mc_own_state_of(). @known: it is in the catalogue already, so its
 * code stays */
void mc_own_form_put (McOwnForm *form, const json_t *state, gboolean known);
/** mc_own_form_get: Returns: (transfer full) */
json_t *mc_own_form_get (McOwnForm *form);
/** mc_own_form_say: puts what is wrong under the fields. */
void mc_own_form_say (McOwnForm *form, GPtrArray *problems);
/** mc_own_form_focus: @field as of McOwnProblem; %NULL: the first one */
void mc_own_form_focus (McOwnForm *form, const char *field);

G_END_DECLS
