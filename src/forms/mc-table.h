/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"

G_BEGIN_DECLS

/** McColumn: of a ruled table. */
typedef struct
{
  const char *title;
  double share; /* of the width of the text, 0 to 1; all columns make 1 */
  const char
      *group; /* (nullable): a title above those of all columns beside it with the same one */
} McColumn;

/**
 * mc_table_add:
 * A ruled table across the page. Its head comes again on every page that it reaches; no row is
 * torn, so a cell is cut with an ellipsis where it would be higher than a page.
 * @size: of the letters, in points
 * @rows: (element-type GStrv) (nullable): a text for each column; lines are broken at "\n"
 * @blank: rows there are at least; those without a text are for the pen
 */
void mc_table_add (McFlow *flow,
                   double gap,
                   double size,
                   const McColumn *columns,
                   guint n_columns,
                   GPtrArray *rows,
                   guint blank);

G_END_DECLS
