/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-clock.h"
#include "mc-fault-run.h"

G_BEGIN_DECLS

/** McFaultUpgrade: a file of an older version that a newer program opens. */
typedef struct
{
  const char *file;        /* the database in the folder */
  const char *const *kept; /* queries of one text column each: rows that no upgrade may touch */
  /** Opens and closes what lies in @folder, so that the database comes up to date. @look: it must
   * open, and be sound. Returns: whether it opened */
  gboolean (*open) (const char *folder, const McClock *clock, gboolean look);
} McFaultUpgrade;

/** mc_fault_upgrade: @fault at every write, sync and truncate of upgrading @folder, which is of
 * @version and made at @now_ms; it is removed in the end. */
void mc_fault_upgrade (const McFaultUpgrade *upgrade,
                       char *folder,
                       int version,
                       gint64 now_ms,
                       McFault fault);

G_END_DECLS
