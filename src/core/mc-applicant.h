/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/*
 * The value of the group "applicant": who stands at the counter (name, id, dob, sex, address) and,
 * where the case is somebody else's, whose it is. All members are texts, so that every version
 * reads it and who hands in and by what right is one thing that changes together:
 *
 * - for: "person" (handed in by proxy) or "organisation"; absent: the applicant's own case
 * - for_name, for_id (identity number or tax code), for_address, for_phone, for_email: of whoever
 *   gave the mandate (TT 03/2025, form 01: name, address, identity number, phone, e-mail)
 * - relation: what the applicant is to them: "con", "giám đốc"
 * - mandate: the paper that says so
 * - receipt: the code of the first dossier of the paper, where several were handed in together and
 *   stand on one receipt
 */
#define MC_FOR_PERSON "person"
#define MC_FOR_ORGANISATION "organisation"

/** mc_applicant_for: MC_FOR_PERSON, MC_FOR_ORGANISATION, or %NULL for one's own case. Static. */
const char *mc_applicant_for (const json_t *applicant);
/** mc_applicant_owner_name: whose case it is. Borrowed (nullable) */
const char *mc_applicant_owner_name (const json_t *applicant);
/** mc_applicant_owner_id: the identity number or tax code of whose case it is. Borrowed (nullable)
 */
const char *mc_applicant_owner_id (const json_t *applicant);
/** mc_applicant_is: whether a person with this number, or where either has none with this name
 * (any case, with or without diacritics) and date of birth, is whose case it is. */
gboolean
mc_applicant_is (const json_t *applicant, const char *number, const char *name, const char *dob);

/** McTaxDoubt: what is odd about a tax code. Only ever a warning. */
typedef enum
{
  MC_TAX_FINE,
  MC_TAX_LENGTH_ODD, /* neither 10 digits, 10-3, nor 12 (a household business: the owner's number)
                      */
  MC_TAX_CHECK_ODD,  /* the tenth digit does not follow from the nine before */
} McTaxDoubt;
/** mc_tax_doubt: spaces, dots and hyphens do not count. */
McTaxDoubt mc_tax_doubt (const char *code);

G_END_DECLS
