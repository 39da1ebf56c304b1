/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-workflow.h"

static const char *const role_names[] = {
  "clerk", "officer", "leader", "agent", "helper", "admin"
};

G_STATIC_ASSERT (G_N_ELEMENTS (role_names) == MC_ROLE_UNKNOWN);

const char *
mc_role_name (McRole role)
{
  return role < MC_ROLE_UNKNOWN ? role_names[role] : "unknown";
}

McRole
mc_role_parse (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (role_names); i++)
    if (g_str_equal (name, role_names[i]))
      return (McRole)i;
  return MC_ROLE_UNKNOWN;
}

#define BIT(role) (1u << MC_ROLE_##role)

/* Each step: the state it ends in, whose step it is, whether it decides, and where it starts. */
static const struct
{
  const char *step;
  const char *to;
  guint roles;
  gboolean decides;
  const char *from[5];
} steps[] = {
  { MC_STEP_APPRAISE, MC_STATE_APPRAISED, BIT (OFFICER), FALSE, { MC_STATE_RECEIVED } },
  { MC_STEP_SUPPLEMENT,
    MC_STATE_SUPPLEMENT,
    BIT (OFFICER) | BIT (CLERK),
    FALSE,
    { MC_STATE_RECEIVED, MC_STATE_APPRAISED } },
  { MC_STEP_COMPLETE,
    MC_STATE_RECEIVED,
    BIT (CLERK) | BIT (OFFICER),
    FALSE,
    { MC_STATE_SUPPLEMENT } },
  { MC_STEP_APPROVE, MC_STATE_APPROVED, BIT (LEADER), TRUE, { MC_STATE_APPRAISED } },
  { MC_STEP_RETURN, MC_STATE_RETURNED, BIT (CLERK), TRUE, { MC_STATE_APPROVED } },
  { MC_STEP_WITHDRAW,
    MC_STATE_WITHDRAWN,
    BIT (CLERK),
    FALSE,
    { MC_STATE_RECEIVED, MC_STATE_APPRAISED, MC_STATE_SUPPLEMENT, MC_STATE_APPROVED } },
};

static int
step_place (const char *step)
{
  for (guint i = 0; step != NULL && i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (step, steps[i].step))
      return (int)i;
  return -1;
}

gboolean
mc_step_known (const char *step)
{
  return step_place (step) >= 0;
}

const char *
mc_step_target (const char *state, const char *step)
{
  int place = step_place (step);

  if (place < 0 || state == NULL)
    return NULL;
  for (guint i = 0; steps[place].from[i] != NULL; i++)
    if (g_str_equal (state, steps[place].from[i]))
      return steps[place].to;
  return NULL;
}

const char *
mc_step_reaches (const char *step)
{
  int place = step_place (step);

  return place < 0 ? NULL : steps[place].to;
}

gboolean
mc_step_decides (const char *step)
{
  int place = step_place (step);

  return place >= 0 && steps[place].decides;
}

gboolean
mc_state_open (const char *state)
{
  return state != NULL && !g_str_equal (state, MC_STATE_RETURNED) &&
         !g_str_equal (state, MC_STATE_WITHDRAWN);
}

gboolean
mc_role_may_step (McRole role, const char *step)
{
  int place = step_place (step);

  return place >= 0 && role < MC_ROLE_UNKNOWN && (steps[place].roles & (1u << role)) != 0;
}

/* Which verbs each role may say; steps are looked at one by one. */
static const struct
{
  const char *verb;
  guint roles;
} verbs[] = {
  { "dossier.receive", BIT (CLERK) | BIT (AGENT) },
  { "dossier.set", BIT (CLERK) | BIT (OFFICER) | BIT (AGENT) },
  { "dossier.step", BIT (CLERK) | BIT (OFFICER) | BIT (LEADER) },
  { "part.attach", BIT (CLERK) | BIT (OFFICER) | BIT (AGENT) },
  { "fee.take", BIT (CLERK) | BIT (AGENT) },
  { "note.add", BIT (CLERK) | BIT (OFFICER) | BIT (LEADER) | BIT (AGENT) },
  { "dossier.transfer", BIT (CLERK) | BIT (OFFICER) | BIT (LEADER) },
  { "conflict.settle", BIT (CLERK) | BIT (OFFICER) | BIT (LEADER) | BIT (AGENT) },
};

gboolean
mc_role_may (McRole role, const char *verb)
{
  for (guint i = 0; verb != NULL && role < MC_ROLE_UNKNOWN && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verb, verbs[i].verb))
      return (verbs[i].roles & (1u << role)) != 0;
  return FALSE;
}

const char *
mc_role_next_step (McRole role, const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (mc_role_may_step (role, steps[i].step) && mc_step_target (state, steps[i].step) != NULL &&
        !g_str_equal (steps[i].step, MC_STEP_WITHDRAW) &&
        !g_str_equal (steps[i].step, MC_STEP_SUPPLEMENT))
      return steps[i].step;
  return NULL;
}
