/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-backup.h"
#include "mc-json.h"

G_BEGIN_DECLS

/* A copy's files are "<copy>.sqlite", "<copy>.vault" and "<copy>.list" in "copies". */

/** mc_backup_file: Returns: (transfer full): @backup/copies/@copy.@ending */
char *mc_backup_file (const char *backup, const char *copy, const char *ending);
/** mc_backup_scan: Returns: (transfer full): where the scan named @name lies below @folder */
char *mc_backup_scan (const char *folder, const char *name);
/** mc_backup_write_list: the list with its MAC; a copy counts from then on. */
gboolean mc_backup_write_list (const char *path, json_t *list, McDataKey *key, GError **error);
/** mc_backup_read_list: @key: (nullable): %NULL: what it says of itself, unproved. Errors:
 * #MC_ERROR_DAMAGED, #MC_ERROR_KEY. Returns: (transfer full) */
json_t *mc_backup_read_list (const char *path, McDataKey *key, GError **error);
/** mc_backup_copy_file: by way of another name. Errors: #MC_ERROR_FULL, #MC_ERROR_REFUSED
 * "read-only", #MC_ERROR_NOT_FOUND, #MC_ERROR_STORE. @ret_sha256: (optional) */
gboolean mc_backup_copy_file (const char *from, const char *to, char **ret_sha256, GError **error);
/** mc_backup_hash: SHA-256 of a file as it lies there, or %NULL. Returns: (transfer full) */
char *mc_backup_hash (const char *path);
/** mc_backup_prune: all but the newest two copies that count, and scans in none of these. */
void mc_backup_prune (const char *backup, McDataKey *key);
/** mc_backup_copies: the copies with a list, newest first. Returns: (transfer full) (element-type
 * utf8) */
GPtrArray *mc_backup_copies (const char *backup);

G_END_DECLS
