/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-page.h"

G_BEGIN_DECLS

/** McSummary: the third pane: the selected dossier in a few lines, and its next step. */
#define MC_TYPE_SUMMARY (mc_summary_get_type ())
G_DECLARE_FINAL_TYPE (McSummary, mc_summary, MC, SUMMARY, GtkWidget)

GtkWidget *mc_summary_new (McContext *context);
/** mc_summary_show: @id: (nullable): a dossier */
void mc_summary_show (McSummary *summary, const char *id);
/** mc_summary_act: what a key asks of the dossier shown. */
gboolean mc_summary_act (McSummary *summary, McPageAct act);

G_END_DECLS
