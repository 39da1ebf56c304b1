/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McPaperList:
 * The papers of a dossier: handed in or not, with a button to see the scan or to add one. Emits
 * "see" (const char *part), "add" (const char *part) and "declare" (const char *part).
 */
#define MC_TYPE_PAPER_LIST (mc_paper_list_get_type ())
G_DECLARE_FINAL_TYPE (McPaperList, mc_paper_list, MC, PAPER_LIST, GtkWidget)

GtkWidget *mc_paper_list_new (void);
/** mc_paper_list_show: @procedure: (nullable) */
void mc_paper_list_show (McPaperList *list,
                         McRecord *record,
                         const McProcedure *procedure,
                         gboolean editable);

G_END_DECLS
