/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McCodeShape: which text of law a dossier code follows (domain: TT 01/2018, TT 03/2025, TT
 * 04/2025). */
typedef enum
{
  MC_CODE_OTHER,    /* of a foreign system: kept as text, never rejected */
  MC_CODE_2018,     /* 000.00.06.H56-231027-0361 */
  MC_CODE_2025,     /* H05.032.07-261121-0421042: four digits or seven and more */
  MC_CODE_NATIONAL, /* H05.032.07-261121-150042: AAXXXX, six digits */
} McCodeShape;

/** mc_code_classify: what @code looks like. */
McCodeShape mc_code_classify (const char *code);

/**
 * mc_code_make:
 * A code that can be printed offline and never changes.
 * @body: identity code of the deciding body, e.g. H05.032.07
 * @date: day of reception
 * @slot: four digits, unique in the province, drawn at enrolment
 * @count: this device's count of the day, from 1; printed with at least three digits
 * Returns: (transfer full)
 */
char *mc_code_make (const char *body, GDate *date, const char *slot, guint count);

/** mc_body_code_valid: an identity code of QĐ 20/2020: groups of capitals and digits, dots, ≤ 35.
 */
gboolean mc_body_code_valid (const char *body);

G_END_DECLS
