/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How an office writes: the same in every locale. All: Returns: (transfer full) */

/** mc_format_money: 8000 → "8.000 đ". */
char *mc_format_money (gint64 dong);
/** mc_format_number: 8400 → "8.400". */
char *mc_format_number (gint64 number);
/** mc_format_date: "25/11/2026". */
char *mc_format_date (GDateTime *time);
/** mc_format_time: "25/11/2026 17:00". */
char *mc_format_time (GDateTime *time);
/** mc_format_clock: "17:00". */
char *mc_format_clock (GDateTime *time);
/** mc_format_promise: "Thứ Tư 25/11/2026, trước 17:00". */
char *mc_format_promise (GDateTime *time);
/** mc_format_long: "17 giờ 00 phút, ngày 25 tháng 11 năm 2026" as legal forms write it. */
char *mc_format_long (GDateTime *time);
/** mc_format_dob: "2005-03-05" → "05/03/2005"; "2005-03" → "03/2005"; "2005" → "2005". */
char *mc_format_dob (const char *iso);
/** mc_format_size: "12 MB", "380 kB". */
char *mc_format_size (guint64 bytes);

G_END_DECLS
