/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-term-text.h"

char *
mc_term_text (const McTerm *term)
{
  switch (term->unit)
    {
    case MC_UNIT_SAME_DAY:
      return g_strdup ("trong ngày (nhận sau 15 giờ: ngày làm việc sau)");
    case MC_UNIT_HOURS:
      return g_strdup_printf ("%02u giờ làm việc", term->count);
    case MC_UNIT_DAYS:
      return g_strdup_printf ("%02u ngày", term->count);
    case MC_UNIT_WORKING_DAYS:
    default:
      return g_strdup_printf ("%02u ngày làm việc", term->count);
    }
}

char *
mc_term_promised (const McProcedure *procedure, const char *case_id, const char *channel)
{
  const McCase *rule = mc_procedure_case (procedure, case_id, channel);

  if (rule->promise_source == NULL && mc_procedure_doubts (procedure, "time"))
    return NULL;
  return rule->has_term ? mc_term_text (&rule->term) : g_strdup (MC_TERM_NONE);
}
