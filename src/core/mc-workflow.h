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

/* The states of a dossier (the word of a status group). */
#define MC_STATE_RECEIVED "received"
#define MC_STATE_APPRAISED "appraised"
#define MC_STATE_SUPPLEMENT "supplement"
#define MC_STATE_APPROVED "approved"
#define MC_STATE_RETURNED "returned"
#define MC_STATE_WITHDRAWN "withdrawn"

/* The steps (the word of a dossier.step). */
#define MC_STEP_APPRAISE "appraise"     /* received → appraised */
#define MC_STEP_SUPPLEMENT "supplement" /* received, appraised → supplement */
#define MC_STEP_COMPLETE "complete"     /* supplement → received */
#define MC_STEP_APPROVE "approve"       /* appraised → approved */
#define MC_STEP_RETURN "return"         /* approved → returned */
#define MC_STEP_WITHDRAW "withdraw"     /* any open state → withdrawn */

/** mc_step_known: whether @step is one of the above. */
gboolean mc_step_known (const char *step);
/** mc_step_target: the state that @step leads to from @state, or %NULL where it is impossible. */
const char *mc_step_target (const char *state, const char *step);
/** mc_step_reaches: the state that @step always ends in, whatever it starts from, or %NULL. */
const char *mc_step_reaches (const char *step);
/** mc_step_decides: approve and return: they carry a hash of what they relied on. */
gboolean mc_step_decides (const char *step);
/** mc_state_open: whether anything remains to be done. */
gboolean mc_state_open (const char *state);

/** mc_role_may_step: whose step it is. */
gboolean mc_role_may_step (McRole role, const char *step);
/** mc_role_may: whether @role may say @verb (for a step: any step at all). */
gboolean mc_role_may (McRole role, const char *verb);
/** mc_role_next_step: the suggested next step of a dossier in @state for @role, or %NULL. */
const char *mc_role_next_step (McRole role, const char *state);

G_END_DECLS
