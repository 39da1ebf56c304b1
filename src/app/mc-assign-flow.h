/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-dossier.h"

G_BEGIN_DECLS

/**
 * mc_assign_flow:
 * Who has these dossiers in hand from now on: a list of people, oneself first; Enter on one of them
 * does it, and Ctrl+Z takes it back.
 * @dossiers: (element-type McDossier): those of them that cannot be assigned are left as they are
 */
void mc_assign_flow (GtkWidget *from, McContext *context, GPtrArray *dossiers);

/** mc_assign_flow_one: the same for one that the caller keeps; of a parent dossier its parts. */
void mc_assign_flow_one (GtkWidget *from, McContext *context, const McDossier *dossier);

/** mc_assign_people: who can have a dossier in hand: who appraises and who signs, @first before the
 * others. Returns: (transfer full) (element-type McStaff) */
GPtrArray *mc_assign_people (McStore *store, const char *first);

G_END_DECLS
