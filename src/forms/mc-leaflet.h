/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"
#include "mc-letterhead.h"
#include "mc-procedure.h"

G_BEGIN_DECLS

/**
 * mc_leaflet_form:
 * A procedure as it is posted at the office (niêm yết) or given to a resident: papers, time, fee,
 * results, law. What nobody has checked is left to the pen.
 * @date: (nullable): "ngày 21 tháng 11 năm 2026"
 */
McForm *
mc_leaflet_form (const McProcedure *procedure, const McLetterhead *letterhead, const char *date);

/** mc_leaflet_symbol: what its QR symbol says: the procedure's page at the national portal, else
 * what to bring, in plain text. Returns: (transfer full) */
char *mc_leaflet_symbol (const McProcedure *procedure);

/** mc_form_leaflet: of the procedure @code, as it is in force today at this office. */
McForm *mc_form_leaflet (McStore *store, const char *code, GError **error);

G_END_DECLS
