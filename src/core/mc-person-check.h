/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is odd about what was typed of a person. Only ever a warning: old papers have errors in
 * them, and some people have neither a telephone nor a whole date of birth (domain §6.1). The
 * number is looked at by mc_identity_doubt(), a tax code by mc_tax_doubt(). */

/** McDobDoubt: */
typedef enum
{
  MC_DOB_FINE,
  MC_DOB_FUTURE,
  MC_DOB_OLD, /* more than 110 years ago */
} McDobDoubt;
/** mc_dob_doubt: @dob: (nullable): "2005-03-05", "2005-03" or "2005"; @today: ISO date */
McDobDoubt mc_dob_doubt (const char *dob, const char *today);

/** McPhoneDoubt: */
typedef enum
{
  MC_PHONE_FINE,
  MC_PHONE_LENGTH_ODD, /* a mobile number has 10 digits, one of a house 11 */
  MC_PHONE_OLD,        /* of 11 digits from before 2018 */
  MC_PHONE_PREFIX_ODD, /* no network has it */
} McPhoneDoubt;
/** mc_phone_doubt: with or without 84 before it; spaces, dots and hyphens do not count. */
McPhoneDoubt mc_phone_doubt (const char *phone);

/** mc_email_odd: whether no letter can arrive there. */
gboolean mc_email_odd (const char *email);

/** McNameDoubt: */
typedef enum
{
  MC_NAME_FINE,
  MC_NAME_DIGIT,    /* a digit or a sign that no name has */
  MC_NAME_ONE_WORD, /* no family name */
} McNameDoubt;
McNameDoubt mc_name_doubt (const char *name);

G_END_DECLS
