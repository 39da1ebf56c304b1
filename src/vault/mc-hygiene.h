/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_vault_hygiene:
 * For every program that opens a profile, first thing in main(): no core dump, no other process may
 * look into this one, temporary files go to a private folder in memory ($XDG_RUNTIME_DIR) where
 * there is one.
 */
void mc_vault_hygiene (void);

/** mc_shred: overwrites a file and removes it. A magnetic disk forgets it then; flash may keep it.
 * Returns: whether it is gone (also where it never was) */
gboolean mc_shred (const char *path);

G_END_DECLS
