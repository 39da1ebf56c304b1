/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-province.h"

G_BEGIN_DECLS

/** MC_BLOB_MAX: bytes of the largest scan that is taken: 1 GiB. */
#define MC_BLOB_MAX 1073741824

/** McBlobState: how much of a scan the province has. */
typedef struct
{
  gint64 size;
  gint64 received;   /* on the disk; a power cut may take the last of it */
  gint64 expires_ms; /* when it is dropped unless it grows; 0: whole, it never is */
  gboolean complete;
} McBlobState;

/** mc_blob_name_valid: 64 lower-case hexadecimal digits. */
gboolean mc_blob_name_valid (const char *sha256);
/** mc_province_blob: %FALSE with no error where it is not known, or half-finished and its time
 * over.
 */
gboolean
mc_province_blob (McProvince *province, const char *sha256, McBlobState *ret_state, GError **error);
/** mc_province_blob_begin: @device announces a scan of @size bytes; one that is under way keeps
 * what it has. Errors: #MC_ERROR_REFUSED: no room, see McScanLimits. */
gboolean mc_province_blob_begin (McProvince *province,
                                 const char *sha256,
                                 gint64 size,
                                 const char *device,
                                 McBlobState *ret_state,
                                 GError **error);
/** mc_province_blob_received: the first @received bytes are durable in its part file. */
gboolean mc_province_blob_received (McProvince *province,
                                    const char *sha256,
                                    gint64 received,
                                    GError **error);
/** mc_province_blob_keep: the part file was checked, is durable, and gets its name for good. On any
 * thread; mc_province_blob_finish() follows. */
gboolean mc_province_blob_keep (McProvince *province, const char *sha256, GError **error);
/** mc_province_blob_finish: the part file was checked: it becomes the scan, where it was not kept
 * yet, or (@good %FALSE) is dropped. */
gboolean
mc_province_blob_finish (McProvince *province, const char *sha256, gboolean good, GError **error);
/** mc_province_blob_touch: it goes on: its time begins anew. */
gboolean mc_province_blob_touch (McProvince *province, const char *sha256, GError **error);
/** mc_province_blob_drop: forgets a half-finished scan; a whole one stays. */
gboolean mc_province_blob_drop (McProvince *province, const char *sha256, GError **error);
/** mc_province_blob_begun_by: whether a desk of @office announced it. */
gboolean mc_province_blob_begun_by (McProvince *province,
                                    const char *sha256,
                                    const char *office,
                                    GError **error);
/** mc_province_blob_readable: whether @office sees a record that names the scan. */
gboolean mc_province_blob_readable (McProvince *province,
                                    const char *sha256,
                                    const char *office,
                                    GError **error);
/** mc_province_blob_path: where it is. Returns: (transfer full) */
char *mc_province_blob_path (McProvince *province, const char *sha256);
/** mc_province_blob_part: where it is while it comes in; makes its folder. Returns: (transfer full)
 */
char *mc_province_blob_part (McProvince *province, const char *sha256);

G_END_DECLS
