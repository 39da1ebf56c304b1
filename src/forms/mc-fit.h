/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-flow.h"

G_BEGIN_DECLS

/** McLay: lays a form out on @sheet, with @gap between its blocks. Returns: (transfer full) */
typedef McFlow *(*McLay) (const McSheet *sheet, double gap, gconstpointer data);

/**
 * mc_fit:
 * The form as loosely as it can be on as few pages as it can be: on the first of @sheets
 * (%NULL-terminated), with less white, then on the others. Returns: (transfer full)
 */
McFlow *mc_fit (const McSheet *const *sheets, McLay lay, gconstpointer data);

G_END_DECLS
