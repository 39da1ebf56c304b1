/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-dossier.h"

G_BEGIN_DECLS

/**
 * mc_move_flow:
 * Every step that these dossiers can take now and this person may take, each with what it asks for:
 * a reason, a person, a new date. One dossier or many.
 * @dossiers: (element-type McDossier): at least one
 */
void mc_move_flow (GtkWidget *from, McContext *context, GPtrArray *dossiers);
/** mc_move_flow_one: the same for one that the caller keeps. */
void mc_move_flow_one (GtkWidget *from, McContext *context, const McDossier *dossier);
/** mc_move_flow_may: whether this person may take any step of @row. */
gboolean mc_move_flow_may (McContext *context, const McRow *row);

/** mc_move_date: "30/11/2026" as it is typed, as the promise of that day: local text at closing
 * time. Returns: (transfer full) (nullable): %NULL where it is no day, is past, or nobody works on
 * it */
char *mc_move_date (const McCalendar *calendar, const char *typed, gint64 now_ms);

G_END_DECLS
