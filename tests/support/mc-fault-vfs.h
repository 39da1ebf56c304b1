/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McFault: what happens at the chosen write, sync or truncate of the database. */
typedef enum
{
  MC_FAULT_NONE,
  MC_FAULT_KILL, /* the process ends there, as by kill -9 */
  MC_FAULT_TORN, /* half of it is written, then the process ends */
  MC_FAULT_FULL, /* the disk is full from there on */
} McFault;

/** mc_fault_vfs: makes every database opened from now on fail at call number @at (from 1). Of the
 * writes to a copy (".part") each 64th counts. */
void mc_fault_vfs (McFault fault, guint at);
/** mc_fault_hit: counts a call that changes the disk past SQLite; whether it is the one that fails.
 * Where the program is killed it does not come back. @torn: (nullable): what is done before that
 */
gboolean mc_fault_hit (void (*torn) (gpointer data), gpointer data);
/** mc_fault_vfs_calls: how many writes, syncs and truncates there were since mc_fault_vfs(). */
guint mc_fault_vfs_calls (void);

G_END_DECLS
