/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-applicant.h"

#include "mc-text.h"
#include <string.h>

const char *
mc_applicant_for (const json_t *applicant)
{
  const char *value = mc_json_string (applicant, "for");

  if (g_strcmp0 (value, MC_FOR_PERSON) == 0)
    return MC_FOR_PERSON;
  return g_strcmp0 (value, MC_FOR_ORGANISATION) == 0 ? MC_FOR_ORGANISATION : NULL;
}

const char *
mc_applicant_owner_name (const json_t *applicant)
{
  return mc_json_string (applicant, mc_applicant_for (applicant) != NULL ? "for_name" : "name");
}

const char *
mc_applicant_owner_id (const json_t *applicant)
{
  return mc_json_string (applicant, mc_applicant_for (applicant) != NULL ? "for_id" : "id");
}

static gboolean
given (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Two who share a name are told apart by the day of birth; without it they may be two. */
static gboolean
same_name (const json_t *applicant, const char *name, const char *dob)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  const char *known = mc_applicant_owner_name (applicant);

  if (mc_applicant_for (applicant) != NULL || !given (name) || !given (dob) || known == NULL ||
      g_strcmp0 (mc_json_string (applicant, "dob"), dob) != 0)
    return FALSE;
  one = mc_text_fold (known);
  other = mc_text_fold (name);
  return g_str_equal (one, other);
}

gboolean
mc_applicant_is (const json_t *applicant, const char *number, const char *name, const char *dob)
{
  const char *known = mc_applicant_owner_id (applicant);

  if (given (number) && given (known))
    return g_str_equal (number, known);
  return same_name (applicant, name, dob);
}

McTaxDoubt
mc_tax_doubt (const char *code)
{
  static const int weights[] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
  g_autoptr (GString) digits = g_string_new (NULL);
  int sum = 0;

  for (const char *p = code != NULL ? code : ""; *p != '\0'; p++)
    if (strchr (" .-", *p) == NULL)
      g_string_append_c (digits, *p);
  if (digits->len == 0)
    return MC_TAX_FINE;
  if (strspn (digits->str, "0123456789") != digits->len ||
      (digits->len != 10 && digits->len != 12 && digits->len != 13))
    return MC_TAX_LENGTH_ODD;
  if (digits->len == 12)
    return MC_TAX_FINE;
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (digits->str[i] - '0');
  return 10 - sum % 11 == digits->str[9] - '0' ? MC_TAX_FINE : MC_TAX_CHECK_ODD;
}
