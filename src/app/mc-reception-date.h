/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mc_reception_date_parse:
 * A date as a clerk types it: 5/3/2005, 05-03-2005, 5.3.2005, 05032005; 3/2005 or 032005 where the
 * day is not known, 2005 where the month is not either (also 00/00/2005, as old papers write it).
 * Returns: (transfer full) (nullable): "2005-03-05", "2005-03" or "2005"; %NULL where it is none
 */
char *mc_reception_date_parse (const char *text);

G_END_DECLS
