/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** McRole: what a staff member may do. */
typedef enum
{
  MC_ROLE_CLERK,   /* receives, corrects, takes fees, returns */
  MC_ROLE_OFFICER, /* appraises, asks for supplements */
  MC_ROLE_LEADER,  /* approves */
  MC_ROLE_AGENT,   /* postal agent: receives for others */
  MC_ROLE_HELPER,  /* community digital team: prepares only */
  MC_ROLE_ADMIN,   /* offices, staff, catalogue */
  MC_ROLE_UNKNOWN,
} McRole;

const char *mc_role_name (McRole role);
McRole mc_role_parse (const char *name);

/** mc_role_may: whether @role may say @verb (for a step: any step at all). */
gboolean mc_role_may (McRole role, const char *verb);

G_END_DECLS
