/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/** McCellKind: what a column of the dossier list shows. */
typedef enum
{
  MC_CELL_CODE,
  MC_CELL_APPLICANT,
  MC_CELL_PROCEDURE,
  MC_CELL_DUE,
  MC_CELL_TWO_LINES, /* applicant, code and procedure, for a narrow window */
} McCellKind;

/** McCellTime: what the words about deadlines need; kept up to date by the list. */
typedef struct
{
  McCalendar *calendar;
  gint64 now_ms;
} McCellTime;

/**
 * mc_cell_factory: makes the cells of a column over #McRowItem.
 * @time: borrowed; must outlive the factory
 * Returns: (transfer full)
 */
GtkListItemFactory *mc_cell_factory (McCellKind kind, McCellTime *time);

G_END_DECLS
