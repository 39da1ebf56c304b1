/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McMovedPage: the calendar has changed: the promises that it would move, and a person to say of
 * each which of the two holds. */
#define MC_TYPE_MOVED_PAGE (mc_moved_page_get_type ())
G_DECLARE_FINAL_TYPE (McMovedPage, mc_moved_page, MC, MOVED_PAGE, GtkWidget)

GtkWidget *mc_moved_page_new (McContext *context);

G_END_DECLS
