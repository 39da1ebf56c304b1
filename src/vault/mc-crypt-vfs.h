/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-data-key.h"
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * SQLite files encrypted page by page, in front of whatever VFS is the default one: the system's,
 * the simulator's, one that fails. Database and write-ahead log are on the disk, encrypted and
 * authenticated; journals and temporary files stay in memory.
 */

/** mc_crypt_vfs: the VFS of @key, made at its first use; it lives as long as the program or until
 * mc_crypt_vfs_forget(). Returns: its name, for sqlite3_open_v2(); borrowed */
const char *mc_crypt_vfs (McDataKey *key);
/** mc_crypt_vfs_forget: nothing is open under @key any more: its derived keys are wiped. */
void mc_crypt_vfs_forget (McDataKey *key);
/** mc_crypt_prepare: to be called on a new connection before anything else: room in each page for
 * nonce and tag. Returns: an SQLite code */
int mc_crypt_prepare (sqlite3 *handle);

/** McCryptTrouble: why a read on this thread was refused. */
typedef struct
{
  gboolean wrong_key;
  gint64 page;  /* number of the page that was changed or torn, from 1; 0: none */
  gboolean log; /* it was met in the write-ahead log */
} McCryptTrouble;
/** mc_crypt_trouble: the last one since it was asked. Returns: whether there was any */
gboolean mc_crypt_trouble (McCryptTrouble *ret_trouble);

/** mc_crypt_file_key: the id of the key that the database at @path is under, as it says itself;
 * "" for a plain one. #MC_ERROR_DAMAGED, #MC_ERROR_NOT_FOUND. Returns: (transfer full) */
char *mc_crypt_file_key (const char *path, GError **error);

/** mc_crypt_check_pages: whether pages @from … of the database file at @path are sound, without
 * SQLite; @count: how many at most. @ret_bad: (element-type guint32): adds the numbers of those
 * that are not. @ret_end: whether there are no more. Pages that are being written to meanwhile may
 * be read half: ask again before saying so. */
gboolean mc_crypt_check_pages (const char *path,
                               McDataKey *key,
                               guint32 from,
                               guint32 count,
                               GArray *ret_bad,
                               gboolean *ret_end,
                               GError **error);

G_END_DECLS
