/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McDataKey:
 * The key of a profile, in memory that is locked, never dumped, and wiped when the last one lets
 * go. What is on the disk is encrypted under keys derived from it, never under the key itself. Its
 * second half names files; it stays when a profile is given a new key. Safe between threads.
 */
typedef struct _McDataKey McDataKey;

#define MC_DATA_KEY_BYTES 64
#define MC_SUBKEY_BYTES 32

/** McSubkey: what a derived key is for. Numbers are on the disk: none ever changes. */
typedef enum
{
  MC_SUBKEY_ID = 0,
  MC_SUBKEY_PAGES = 1,    /* pages of a database */
  MC_SUBKEY_LOG = 2,      /* pages in its write-ahead log */
  MC_SUBKEY_LOG_SUMS = 3, /* the checksums in the log */
  MC_SUBKEY_FILES = 4,    /* wraps the keys of encrypted files */
  MC_SUBKEY_VAULT = 5,    /* authenticates the key file */
  MC_SUBKEY_BACKUP = 6,   /* authenticates the list of a backup */
} McSubkey;

/** mc_data_key_new: a random one. Returns: (transfer full) */
McDataKey *mc_data_key_new (void);
/** mc_data_key_new_from: of %MC_DATA_KEY_BYTES, which the caller wipes. Returns: (transfer full) */
McDataKey *mc_data_key_new_from (const guint8 *bytes);
/** mc_data_key_renew: another key that names files as @key does. Returns: (transfer full) */
McDataKey *mc_data_key_renew (McDataKey *key);
McDataKey *mc_data_key_ref (McDataKey *key);
void mc_data_key_unref (McDataKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDataKey, mc_data_key_unref)
/** mc_data_key_bytes: %MC_DATA_KEY_BYTES, to wrap it; borrowed. */
const guint8 *mc_data_key_bytes (McDataKey *key);
/** mc_data_key_derive: the key for one purpose; the caller wipes it. */
void mc_data_key_derive (McDataKey *key, McSubkey what, guint8 ret_key[MC_SUBKEY_BYTES]);
/** mc_data_key_id: which key it is, in 16 hexadecimal digits that tell nothing of it. Borrowed. */
const char *mc_data_key_id (McDataKey *key);
/** mc_data_key_name: what the file of the scan @sha256 is called: 40 hexadecimal digits. Returns:
 * (transfer full) */
char *mc_data_key_name (McDataKey *key, const char *sha256);

G_END_DECLS
