/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What looks wrong is said under its field, with the reason, and stands in nobody's way: old papers
 * have errors in them, and the clerk has the person and the card before the eyes. */
#include "mc-person-check.h"
#include "mc-reception-choice.h"
#include "mc-reception-date.h"
#include "mc-reception-field.h"
#include "mc-reception-private.h"
#include <glib/gi18n.h>

static const char *
id_hint (McReceptionPage *self, const char *id, const char *dob)
{
  McIdDoubt doubt = mc_identity_doubt (id, dob, mc_reception_choice_get (self->applicant.sex));

  if ((doubt & MC_ID_LENGTH_ODD) && g_utf8_strlen (id, -1) == 9)
    return _ ("An old number of 9 digits is only for finding old papers: the card has 12.");
  if (doubt & MC_ID_LENGTH_ODD)
    return _ ("An identity number has 12 digits.");
  if (doubt & MC_ID_PLACE_ODD)
    return _ ("The first three digits are no province: look at the card again.");
  if (doubt & MC_ID_YEAR_ODD)
    return _ ("The number and the date of birth do not agree.");
  if (doubt & MC_ID_SEX_ODD)
    return _ ("The number and the sex do not agree.");
  return NULL;
}

static const char *
dob_hint (McReceptionPage *self, const char *text, const char *dob)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (self->context->reader));
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  if (*text != '\0' && dob == NULL)
    return _ ("A date is typed 5/3/2005, 3/2005 or 2005.");
  switch (mc_dob_doubt (dob, today))
    {
    case MC_DOB_FUTURE:
      return _ ("This day is still to come.");
    case MC_DOB_OLD:
      return _ ("More than 110 years ago: look at the year again.");
    case MC_DOB_FINE:
    default:
      return NULL;
    }
}

static const char *
phone_hint (const char *phone)
{
  switch (mc_phone_doubt (phone))
    {
    case MC_PHONE_LENGTH_ODD:
      return _ ("A mobile number has 10 digits, a landline 11.");
    case MC_PHONE_OLD:
      return _ ("Numbers of 11 digits were changed in 2018: ask for the new one.");
    case MC_PHONE_PREFIX_ODD:
      return _ ("No network has numbers that begin so.");
    case MC_PHONE_FINE:
    default:
      return NULL;
    }
}

static const char *
name_hint (McReceptionPage *self, const char *name)
{
  if (self->applicant.check_marks)
    return _ ("Check the accents: the reader dropped them.");
  switch (mc_name_doubt (name))
    {
    case MC_NAME_DIGIT:
      return _ ("A name has no digits and no signs.");
    case MC_NAME_ONE_WORD:
      return _ ("Only one word: is the family name missing?");
    case MC_NAME_FINE:
    default:
      return NULL;
    }
}

/* While something is typed it is not wrong yet: only what was wrong may become right. */
static void
say (GtkWidget *entry, const char *hint, gboolean left)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  if (hint == NULL || left || !gtk_widget_has_focus (GTK_WIDGET (text)))
    mc_reception_field_hint (entry, hint);
}

static void
check (McReceptionPage *self, gboolean left)
{
  McReceptionApplicant *applicant = &self->applicant;
  const char *id = gtk_editable_get_text (GTK_EDITABLE (applicant->id));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (applicant->dob));
  g_autofree char *dob = mc_reception_date_parse (typed);
  g_autofree char *name = mc_reception_field_text (applicant->name);

  say (applicant->name, name_hint (self, name), left);
  say (applicant->id, id_hint (self, id, dob), left || g_utf8_strlen (id, -1) >= 12);
  say (applicant->dob, dob_hint (self, typed, dob), left);
  say (applicant->phone,
       phone_hint (gtk_editable_get_text (GTK_EDITABLE (applicant->phone))),
       left);
  say (applicant->email,
       mc_email_odd (gtk_editable_get_text (GTK_EDITABLE (applicant->email)))
           ? _ ("An e-mail address has an @ and a dot: ten@example.com.")
           : NULL,
       left);
}

void
mc_reception_check (McReceptionPage *self)
{
  check (self, FALSE);
}

void
mc_reception_check_left (McReceptionPage *self)
{
  check (self, TRUE);
}
