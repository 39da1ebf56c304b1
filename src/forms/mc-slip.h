/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/* The slips of a dossier: the forms 02 to 06 of TT 03/2025/TT-VPCP, Phụ lục I. Each of 02 to 05
 * belongs to one step (its "form" in data/workflow); 06 is made from the whole timeline. */

#define MC_SLIP_CONTROL "06"
#define MC_SLIP_RECEIPT "receipt"
#define MC_SLIP_LABEL "label" /* mc_form_label() */

/** McSlip: a form that a dossier has, to be chosen from. */
typedef struct
{
  char *name;        /* for mc_form_make() */
  const char *title; /* as the law calls it; static */
  gint64 at_ms;      /* when what it says was done; 0: it is made as it is asked for */
} McSlip;
void mc_slip_free (McSlip *slip);

/**
 * mc_slip_list:
 * Every form that can be printed of @dossier: those of its steps, newest first, the receipt where
 * it was given last, then the control slip and the label of the folder. A step that was refused or
 * set aside has none. Returns: (transfer full): (element-type McSlip)
 */
GPtrArray *mc_slip_list (const McDossier *dossier);

/**
 * mc_slip_form:
 * @name: "02" to "05" for the last step with this form, "02@OP" for the one of an op, or "06"
 * Returns: (transfer full): or %NULL with #MC_ERROR_NOT_FOUND where the dossier has no such step
 */
McForm *mc_slip_form (McStore *store, const McDossier *dossier, const char *name, GError **error);

G_END_DECLS
