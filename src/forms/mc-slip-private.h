/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form-values.h"
#include "mc-slip.h"

G_BEGIN_DECLS

/** mc_slip_handovers: the rows "handovers" of the control slip, from @dossier's timeline.
 * @unit: the office's own name for the first giver */
void mc_slip_handovers (McFormValues *values, const McDossier *dossier, const char *unit);

/** mc_slip_stands: whether an act counts: it was not refused, and this program can read it. */
gboolean mc_slip_stands (const McEvent *event);
/** mc_slip_step: the step of the dossier's workflow that @event is, or %NULL. @ret_body:
 * (transfer full): what it says */
const McStep *mc_slip_step (const McDossier *dossier, const McEvent *event, json_t **ret_body);

G_END_DECLS
