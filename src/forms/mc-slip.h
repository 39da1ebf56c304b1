/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/* The slips of a dossier: the forms 02 to 06 of TT 03/2025/TT-VPCP, Phụ lục I. Each of 02 to 05
 * belongs to one step (its "paper" in data/workflow); 06 is made from the whole timeline. Beside
 * them the local papers: return slip, guidance, copy of the fee's receipt. */

#define MC_SLIP_CONTROL "06"
#define MC_SLIP_RECEIPT "receipt"
#define MC_SLIP_LABEL "label" /* mc_form_label() */

/** McSlip: a form that a dossier has, to be chosen from. */
typedef struct
{
  char *name;   /* for mc_form_make() */
  char *title;  /* as the law, or the office, calls it */
  gint64 at_ms; /* when what it says was done; 0: it is made as it is asked for */
} McSlip;
void mc_slip_free (McSlip *slip);

/**
 * mc_slip_list:
 * Every form that can be printed of @dossier: those of its steps, newest first, the receipt where
 * it was given last, then the control slip and the label of the folder. A step that was refused or
 * set aside has none. Returns: (transfer full): (element-type McSlip)
 */
GPtrArray *mc_slip_list (McStore *store, const McDossier *dossier);

/**
 * mc_slip_form:
 * @issue: (nullable): its number, and whether it was printed before
 * @name: "receipt", a local one, "02" to "05" for the last step with this form, "02@OP" for the one
 * of an op, or "06" Returns: (transfer full): or %NULL with #MC_ERROR_NOT_FOUND where the dossier
 * has no such step
 */
McForm *mc_slip_form (McStore *store,
                      const McDossier *dossier,
                      const char *name,
                      const McIssue *issue,
                      GError **error);

/** McSlipPrinting: #McPrinting of a slip, with what it is made of. */
typedef struct
{
  GStrv dossiers;
  char *paper;
  char *kind; /* (nullable) */
  char *title;
  gboolean on_paper;
} McSlipPrinting;
/** mc_slip_printing: Returns: (transfer full) (nullable): %NULL for what is no document of the
 * dossier */
McSlipPrinting *
mc_slip_printing (McStore *store, const McDossier *dossier, const char *name, gboolean on_paper);
void mc_slip_printing_free (McSlipPrinting *one);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSlipPrinting, mc_slip_printing_free)
/** mc_slip_printing_peek: for mc_desk_print(); borrows from @one. */
McPrinting mc_slip_printing_peek (const McSlipPrinting *one);
/** mc_slip_issue: what the paper would bear now. Returns: (transfer full) (nullable) */
McIssue *mc_slip_issue (McStore *store, const McDossier *dossier, const char *name);

/** mc_form_handover: the hand-over list of results (Phiếu bàn giao kết quả). @dossiers:
 * (element-type McDossier); @issue: (nullable) */
McForm *mc_form_handover (McStore *store, GPtrArray *dossiers, const McIssue *issue);
/** mc_handover_printing: of mc_form_handover(). Returns: (transfer full) */
McSlipPrinting *mc_handover_printing (McStore *store, GPtrArray *dossiers, gboolean on_paper);

G_END_DECLS
