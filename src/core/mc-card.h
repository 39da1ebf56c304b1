/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McCard: what the QR of a citizen card says (domain §6.2, §6.3). Missing fields are %NULL. */
typedef struct
{
  char *id;     /* 12 digits */
  char *old_id; /* 9 digits */
  char *name;
  char *dob; /* 2005-03-05, or 2005-03, or 2005 where day or month is 00 */
  char *sex; /* "male", "female" */
  char *address;
  char *issued;         /* 2021-08-12 */
  gboolean check_marks; /* the reader dropped the diacritics: "kiểm tra dấu" */
} McCard;

/**
 * mc_card_parse:
 * Fields are found by pattern, not by place: devices drop the empty field, the 2024 card adds more.
 * Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT where it is the QR of something else.
 */
McCard *mc_card_parse (const char *text, GError **error);
void mc_card_free (McCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCard, mc_card_free)

/** McIdDoubt: what is odd about a 12-digit identity number. Only ever a warning (domain §6.1). */
typedef enum
{
  MC_ID_FINE = 0,
  MC_ID_LENGTH_ODD = 1 << 0,
  MC_ID_PLACE_ODD = 1 << 1,
  MC_ID_SEX_ODD = 1 << 2,
  MC_ID_YEAR_ODD = 1 << 3,
} McIdDoubt;
/** mc_identity_doubt: @dob and @sex may be %NULL. */
McIdDoubt mc_identity_doubt (const char *id, const char *dob, const char *sex);

G_END_DECLS
