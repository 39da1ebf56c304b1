/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * mc_step_flow:
 * Takes a step of the workflow: asks first where it cannot be undone or needs words, does it, says
 * so.
 * @from: a widget of the page
 */
void mc_step_flow (GtkWidget *from, McContext *context, const McRow *row, const char *step);

/** mc_step_flow_next: the step that @row waits for and this person may take, or %NULL. Static. */
const char *mc_step_flow_next (McContext *context, const McRow *row);
/** mc_step_flow_may: whether @step is possible now for this person. */
gboolean mc_step_flow_may (McContext *context, const McRow *row, const char *step);

G_END_DECLS
