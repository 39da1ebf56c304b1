/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-desk.h"

G_BEGIN_DECLS

/** McSimAct: one act under way: by whom, on what, and the chance it draws from. */
typedef struct
{
  McSimDesk *desk;
  McDesk *person;
  McSimRandom random;
  char *dossier;    /* (nullable) */
  McRecord *screen; /* (nullable): what is shown of it. Borrowed */
  guint nth;        /* of the same again and again: which; else 0 */
  guint offices;    /* to whom it is handed over, a bit each; 0 for anybody */
} McSimAct;

/* Each does one thing through the product's own functions; %FALSE with what they said. One that
 * finds nothing to do does nothing. */
gboolean mc_sim_act_receive (McSimAct *act, GError **error);
gboolean mc_sim_act_set (McSimAct *act, GError **error);
/** mc_sim_act_advance: the next step towards the end, by whoever may. */
gboolean mc_sim_act_advance (McSimAct *act, GError **error);
gboolean mc_sim_act_step (McSimAct *act, GError **error);
gboolean mc_sim_act_attach (McSimAct *act, GError **error);
gboolean mc_sim_act_fee (McSimAct *act, GError **error);
gboolean mc_sim_act_note (McSimAct *act, GError **error);
gboolean mc_sim_act_settle (McSimAct *act, GError **error);
gboolean mc_sim_act_transfer (McSimAct *act, GError **error);
gboolean mc_sim_act_twin (McSimAct *act, GError **error);
gboolean mc_sim_act_resend (McSimAct *act, GError **error);
/** mc_sim_act_papers: the title of one of two papers of the office, one of two texts. */
gboolean mc_sim_act_papers (McSimAct *act, GError **error);
/** mc_sim_act_own: an office's own version of a procedure, one of two names. */
gboolean mc_sim_act_own (McSimAct *act, GError **error);

G_END_DECLS
