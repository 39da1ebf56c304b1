/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-scans.h"

#include "mc-error.h"
#include "mc-province-private.h"

#define GIB (G_GINT64_CONSTANT (1) << 30)
#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)
/* As many as are dropped at a time: requests wait meanwhile. */
#define SOME "200"

/* A desk scans some 40 MB a day: a quarter of a TiB is twenty-five years of it. What all of them
 * may have is for the province to say, which knows its disk. */
static const struct
{
  const char *fact;
  gsize at; /* in McScanLimits */
  gint64 otherwise;
} kept[] = {
  { "scans-half", G_STRUCT_OFFSET (McScanLimits, half), 4 * GIB },
  { "scans-desk", G_STRUCT_OFFSET (McScanLimits, desk), 256 * GIB },
  { "scans-total", G_STRUCT_OFFSET (McScanLimits, total), 0 },
  { "scans-days", G_STRUCT_OFFSET (McScanLimits, days), 7 },
};

void
mc_province_scan_limits (McProvince *province, McScanLimits *ret_limits)
{
  g_return_if_fail (province != NULL && ret_limits != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    G_STRUCT_MEMBER (gint64, ret_limits, kept[i].at) =
        _mc_province_fact_int (province, kept[i].fact, kept[i].otherwise);
}

gboolean
mc_province_set_scan_limits (McProvince *province, const McScanLimits *limits, GError **error)
{
  gboolean ok = TRUE;

  g_return_val_if_fail (province != NULL && limits != NULL, FALSE);

  if (limits->half < 0 || limits->desk < 0 || limits->total < 0 || limits->days < 1)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "a limit of scans is out of range");
      return FALSE;
    }
  if (!_mc_province_begin (province, error))
    return FALSE;
  for (guint i = 0; ok && i < G_N_ELEMENTS (kept); i++)
    ok = _mc_province_set_fact_int (province,
                                    kept[i].fact,
                                    G_STRUCT_MEMBER (gint64, limits, kept[i].at),
                                    error);
  return _mc_province_end (province, ok, error);
}

gboolean
mc_province_scan_use (McProvince *province, const char *device, McScanUse *ret_use, GError **error)
{
  g_autoptr (McQuery) query = NULL;

  g_return_val_if_fail (province != NULL && ret_use != NULL, FALSE);

  query = mc_db_query (province->db,
                       error,
                       "SELECT ifnull (sum (half), 0), ifnull (sum (whole), 0) FROM blob_sum"
                       " WHERE ?1 IS NULL OR device = ?1",
                       "s",
                       device);
  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  ret_use->half = mc_query_int (query, 0);
  ret_use->whole = mc_query_int (query, 1);
  return TRUE;
}

gint64
_mc_scan_lifetime (McProvince *province)
{
  McScanLimits limits;

  mc_province_scan_limits (province, &limits);
  return limits.days * DAY_MS;
}

static gboolean
within (gint64 limit, gint64 used, gint64 more, const char *what, GError **error)
{
  if (limit == 0 || (used <= limit && more <= limit - used))
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_REFUSED,
               "no room for a scan of %" G_GINT64_FORMAT " bytes: %s are at most %" G_GINT64_FORMAT,
               more,
               what,
               limit);
  return FALSE;
}

gboolean
_mc_scan_room (McProvince *province, const char *device, gint64 size, GError **error)
{
  McScanLimits limits;
  McScanUse own = { 0 };
  McScanUse all = { 0 };

  mc_province_scan_limits (province, &limits);
  return mc_province_scan_use (province, device, &own, error) &&
         mc_province_scan_use (province, NULL, &all, error) &&
         within (limits.half, own.half, size, "half-finished ones of a desk", error) &&
         within (limits.desk, own.half + own.whole, size, "those of a desk", error) &&
         within (limits.total, all.half + all.whole, size, "all scans", error);
}

GPtrArray *
mc_province_scans_expired (McProvince *province, GError **error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;
  gint64 now;

  g_return_val_if_fail (province != NULL, NULL);

  now = mc_clock_wall (province->clock);
  /* Begun before anybody counted: its time begins now. */
  if (!mc_db_run (province->db,
                  error,
                  "UPDATE blob SET touched = ? WHERE complete = 0 AND touched = 0",
                  "i",
                  now))
    return NULL;
  query = mc_db_query (province->db,
                       error,
                       "SELECT sha256 FROM blob WHERE complete = 0 AND touched < ? ORDER BY touched"
                       " LIMIT " SOME,
                       "i",
                       now - _mc_scan_lifetime (province));
  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (due, g_strdup (mc_query_text (query, 0)));
  if (problem == NULL)
    return g_steal_pointer (&due);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
