/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mc_number_words: 2026 → "hai nghìn không trăm hai mươi sáu". @number: not negative. Returns:
 * (transfer full) */
char *mc_number_words (gint64 number);
/** mc_money_words: 1005000 → "Một triệu không trăm linh năm nghìn đồng", as a receipt says it.
 * @dong: not negative. Returns: (transfer full) */
char *mc_money_words (gint64 dong);

G_END_DECLS
