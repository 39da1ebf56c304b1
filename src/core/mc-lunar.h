/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * McLunar:
 * A date of the Vietnamese lunar calendar (âm lịch): months begin on the day of the new moon at
 * UTC+7, the eleventh holds the winter solstice, and of thirteen months between two solstices the
 * first without a major solar term is the leap month (Hồ Ngọc Đức's account of the rules).
 */
typedef struct
{
  int year, month, day;
  gboolean leap;
} McLunar;

/** MC_LUNAR_YEARS: the solar years in which every date was checked. */
#define MC_LUNAR_FIRST_YEAR 1900
#define MC_LUNAR_LAST_YEAR 2100

/** mc_lunar_of: the lunar date of @date; %FALSE outside the years above. */
gboolean mc_lunar_of (const GDate *date, McLunar *ret_lunar);
/** mc_lunar_date: the solar date of @lunar; %FALSE where there is no such day. */
gboolean mc_lunar_date (const McLunar *lunar, GDate *ret_date);

G_END_DECLS
