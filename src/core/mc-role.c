/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-role.h"

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
  { "procedure.own", BIT (LEADER) },
  { "papers.set", BIT (LEADER) | BIT (ADMIN) },
  { "paper.printed",
    BIT (CLERK) | BIT (OFFICER) | BIT (LEADER) | BIT (AGENT) | BIT (HELPER) | BIT (ADMIN) },
  { "preparation.make", BIT (HELPER) },
  { "preparation.end", BIT (HELPER) | BIT (CLERK) },
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
