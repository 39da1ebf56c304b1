/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-db.h"

/** mc_folder_new: a temporary folder. Returns: (transfer full) */
char *mc_folder_new (void);
/** mc_folder_remove: with the files in it; frees @folder. */
void mc_folder_remove (char *folder);
/** mc_folder_open: the file "test.db" in @folder. Returns: (transfer full): never %NULL */
McDb *mc_folder_open (const char *folder, McDbMode mode);
/** mc_folder_hash: the SHA-256 of a file of @folder, "" where there is none. Returns: (transfer
 * full) */
char *mc_folder_hash (const char *folder, const char *name);
