/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form-values.h"
#include "mc-receipt-data.h"
#include "mc-slip.h"

G_BEGIN_DECLS

/** mc_slip_handovers: the rows "handovers" of the control slip, from @dossier's timeline.
 * @unit: the office's own name for the first giver */
void mc_slip_handovers (McFormValues *values, const McDossier *dossier, const char *unit);

/** mc_slip_kind: "02@OP" → "02", "receipt" → "01". Returns: (transfer full) (nullable) */
char *mc_slip_kind (const char *name);
/** mc_slip_made: the number of the form that @event makes, if any: the receipt and the register are
 * no slips. @ret_body: (transfer full): what the step says */
const char *mc_slip_made (const McDossier *dossier, const McEvent *event, json_t **ret_body);

/** mc_slip_is_local: whether it is one of the papers that the law does not have. */
gboolean mc_slip_is_local (const char *kind);
/** mc_slip_local_applies: whether there is something for it to say of @dossier. */
gboolean mc_slip_local_applies (const McDossier *dossier, const char *kind);
void mc_slip_local_values (McStore *store,
                           McFormValues *values,
                           const McDossier *dossier,
                           const char *kind,
                           const McReceiptData *data);

/** mc_slip_stands: whether an act counts: it was not refused, and this program can read it. */
gboolean mc_slip_stands (const McEvent *event);
/** mc_slip_step: the step of the dossier's workflow that @event is, or %NULL. @ret_body:
 * (transfer full): what it says */
const McStep *mc_slip_step (const McDossier *dossier, const McEvent *event, json_t **ret_body);

G_END_DECLS
