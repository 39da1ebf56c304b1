/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McSidebar: receive, and the queues with their counts. Emits "queue" (McQueue as int), and
 * "entered" when the person wants to be in the page of the queue. */
#define MC_TYPE_SIDEBAR (mc_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (McSidebar, mc_sidebar, MC, SIDEBAR, GtkWidget)

GtkWidget *mc_sidebar_new (void);
/** mc_sidebar_set_office: the office's name, shown here where the header has no room. %NULL: not */
void mc_sidebar_set_office (McSidebar *sidebar, const char *office);
/** mc_sidebar_set_public: whether it says that this is a public desk. */
void mc_sidebar_set_public (McSidebar *sidebar, gboolean public);
/** mc_sidebar_set_role: what is not this person's is absent. */
void mc_sidebar_set_role (McSidebar *sidebar, McRole role);
/** mc_sidebar_set_counts: @counts: MC_N_QUEUES numbers */
void mc_sidebar_set_counts (McSidebar *sidebar, const guint *counts);
/** mc_sidebar_select: marks @queue without emitting "queue". */
void mc_sidebar_select (McSidebar *sidebar, McQueue queue);

G_END_DECLS
