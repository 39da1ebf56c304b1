/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-fault-vfs.h"

G_BEGIN_DECLS

/** McFaultWork: opens what lies in @folder, works on it and closes it; in a process of its own, in
 * which the fault comes. Returns: whether it could say that all was done */
typedef gboolean (*McFaultWork) (const char *folder, gpointer data);
/** McFaultLook: what must hold of @folder afterwards. @said: the work said that it was done */
typedef void (*McFaultLook) (const char *folder, gboolean said, gpointer data);

/**
 * mc_fault_each:
 * Does @work on a fresh copy of @original again and again; the fault comes at the 1st, the 2nd, the
 * 3rd … write, sync or truncate, until there are no more; then @look looks. With MC_FAULT_EVERY=N
 * in the environment only every Nth has its turn.
 * Returns: how many there were
 */
guint mc_fault_each (const char *original,
                     McFault fault,
                     McFaultWork work,
                     McFaultLook look,
                     gpointer data);

G_END_DECLS
