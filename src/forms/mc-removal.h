/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-letterhead.h"
#include "mc-public.h"

G_BEGIN_DECLS

/** McRemovalData: what the report of a public desk says. Everything is borrowed. */
typedef struct
{
  const McLetterhead *letterhead;
  const char *date; /* (nullable): "ngày 21 tháng 11 năm 2026" */
  const char *slot; /* (nullable): which PC: the four digits in its codes */
  const McLeft *left;
  GPtrArray *removed; /* (element-type McRemoved) newest first */
} McRemovalData;

/** mc_removal_form: what was removed from a public desk and when, and whether anything stays; for
 * whoever answers for the PC (Luật 91/2025/QH15). It names no resident. */
McForm *mc_removal_form (const McRemovalData *data);

/** mc_form_removal: of this desk as it is now. */
McForm *mc_form_removal (McStore *store, GError **error);

/** mc_removal_line: "21/11/2026 08:12 · H05.032.07-261121-0421001: 4 thay đổi, 1 tệp quét".
 * Returns: (transfer full) */
char *mc_removal_line (const McRemoved *removed);

G_END_DECLS
