/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-province.h"

G_BEGIN_DECLS

/* How much of scans the province keeps, and for how long what never became whole. */

/** McScanLimits: bytes; 0: no limit. What is half-finished counts as large as it was announced. */
typedef struct
{
  gint64 half;  /* half-finished ones of one desk */
  gint64 desk;  /* all that one desk has sent */
  gint64 total; /* all */
  gint64 days;  /* after which a half-finished one that does not grow is dropped */
} McScanLimits;

/** McScanUse: bytes. */
typedef struct
{
  gint64 half;
  gint64 whole;
} McScanUse;

/** mc_province_scan_limits: as they were set, or by default. */
void mc_province_scan_limits (McProvince *province, McScanLimits *ret_limits);
/** mc_province_set_scan_limits: none below 0, at least a day. */
gboolean
mc_province_set_scan_limits (McProvince *province, const McScanLimits *limits, GError **error);
/** mc_province_scan_use: of one device, or (%NULL) of all. */
gboolean
mc_province_scan_use (McProvince *province, const char *device, McScanUse *ret_use, GError **error);
/** mc_province_scans_expired: some of the half-finished ones whose time is over. (element-type
 * utf8) */
GPtrArray *mc_province_scans_expired (McProvince *province, GError **error);

G_END_DECLS
