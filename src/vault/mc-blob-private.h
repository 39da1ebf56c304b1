/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-blob-file.h"
#include <sodium.h>

G_BEGIN_DECLS

#define MC_BLOB_OVERHEAD                                                                           \
  (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define MC_BLOB_STORED (MC_BLOB_CHUNK + MC_BLOB_OVERHEAD)
/* Two places for the wrapped key, each in a block of its own: one may be torn while it is written.
 */
#define MC_BLOB_PLACE 4096
#define MC_BLOB_HEAD (2 * MC_BLOB_PLACE)
#define MC_BLOB_KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES

/** mc_blob_put_key: wraps @file_key under @key in @place (0 or 1). */
gboolean mc_blob_put_key (int fd,
                          guint place,
                          McDataKey *key,
                          const char *sha256,
                          const guint8 file_key[MC_BLOB_KEY],
                          GError **error);
/** mc_blob_get_key: Errors: #MC_ERROR_KEY, #MC_ERROR_DAMAGED. @ret_place: (optional) */
gboolean mc_blob_get_key (int fd,
                          McDataKey *key,
                          const char *sha256,
                          guint8 ret_file_key[MC_BLOB_KEY],
                          guint *ret_place,
                          GError **error);

/** mc_blob_seal: a chunk as it is stored: nonce, content, tag. Returns: how many bytes */
gsize mc_blob_seal (const guint8 *file_key,
                    guint64 index,
                    gboolean last,
                    const guint8 *bytes,
                    gsize length,
                    guint8 *ret_stored);
/** mc_blob_unseal: @length of @stored. */
gboolean mc_blob_unseal (const guint8 *file_key,
                         guint64 index,
                         gboolean last,
                         const guint8 *stored,
                         gsize length,
                         guint8 *ret_bytes);

/** mc_blob_fail: from errno. Always %FALSE. */
gboolean mc_blob_fail (const char *what, GError **error);
gboolean mc_blob_damaged (const char *sha256, const char *why, GError **error);

G_END_DECLS
