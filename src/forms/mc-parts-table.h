/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"

G_BEGIN_DECLS

/**
 * mc_parts_table_add:
 * The table TT | Thành phần hồ sơ | Số lượng (Bản chính | Bản chứng thực | Bản photo). Its head
 * comes again on every page that it reaches; no row is torn. Without parts: empty rows for the pen.
 * @gap: before it; half of it above and below the text of a row
 * @parts: (element-type McReceiptPart)
 */
void mc_parts_table_add (McFlow *flow, double gap, GPtrArray *parts);

G_END_DECLS
