/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-role.h"

G_BEGIN_DECLS

/**
 * McWorkflow:
 * Which steps a dossier may take from which state, whose they are, and what each does to the clock:
 * data of the province (data/workflow), kept with each dossier as it was when that was received.
 * Immutable; lives as long as the program.
 */
typedef struct _McWorkflow McWorkflow;

/* The states of a dossier (the word of a status group). Every workflow is made of these. */
#define MC_STATE_RECEIVED "received"
#define MC_STATE_HANDLING "handling" /* somebody has it in hand */
#define MC_STATE_APPRAISED "appraised"
#define MC_STATE_SUPPLEMENT "supplement"
#define MC_STATE_PAYMENT "payment" /* waits for what the applicant must pay by law */
#define MC_STATE_APPROVED "approved"
#define MC_STATE_RETURNED "returned"
#define MC_STATE_REFUSED "refused"
#define MC_STATE_WITHDRAWN "withdrawn"
#define MC_STATE_STOPPED "stopped"

/* The steps (the word of a dossier.step). */
#define MC_STEP_APPRAISE "appraise"
#define MC_STEP_ASSIGN "assign"
#define MC_STEP_RELEASE "release"     /* puts it back among those that nobody has in hand */
#define MC_STEP_HAND_BACK "hand_back" /* unsigned, to be looked at again */
#define MC_STEP_SUPPLEMENT "supplement"
#define MC_STEP_COMPLETE "complete"
#define MC_STEP_CHARGE "charge"
#define MC_STEP_PAID "paid"
#define MC_STEP_APPROVE "approve"
#define MC_STEP_RETURN "return"
#define MC_STEP_REFUSE "refuse"
#define MC_STEP_WITHDRAW "withdraw"
#define MC_STEP_STOP "stop"
#define MC_STEP_POSTPONE "postpone"     /* with an apology, to one new date */
#define MC_STEP_RESCHEDULE "reschedule" /* the calendar has changed: as it says, or as it was */

/** McStateClock: what the dossier's time does in a state. */
typedef enum
{
  MC_CLOCK_RUNS,
  MC_CLOCK_STANDS, /* it is with the applicant */
  MC_CLOCK_OVER,   /* the result is there, or there will be none */
} McStateClock;

/** McState: a state of a workflow. */
typedef struct
{
  char *id;
  int portal; /* the code of the national portal, 1 to 10 */
  McStateClock clock;
} McState;

/** McStepNeed: what a step must say. */
typedef enum
{
  MC_NEED_NOTE = 1 << 0,     /* why */
  MC_NEED_ASSIGNEE = 1 << 1, /* whose it is from now on */
  MC_NEED_DUE = 1 << 2,      /* the new promise */
  MC_NEED_CALENDAR = 1 << 3, /* by which version of the calendar */
} McStepNeed;

/** McStep: a step of a workflow. */
typedef struct
{
  char *id;
  GStrv from;
  char *to; /* "=": it stays where it is */
  guint roles;
  guint needs;      /* McStepNeed */
  gboolean decides; /* carries a hash of what was relied on */
  gboolean main;    /* what is done next as a rule */
  gboolean confirm; /* cannot be undone: it is asked for first */
  char *undo;       /* the step that leads back; NULL where none does */
  char *paper; /* number of the form that goes with it (TT 03/2025, Phụ lục I); "" in version 1 */
} McStep;

/** mc_workflow_parse: Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT */
McWorkflow *mc_workflow_parse (const json_t *json, GError **error);
void mc_workflow_free (McWorkflow *workflow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McWorkflow, mc_workflow_free)

/** mc_workflow_first: what ops of versions 1 and 2 go by on dossiers that name none. */
const McWorkflow *mc_workflow_first (void);
/** mc_workflow_usual: that of new dossiers whose procedure has none of its own. */
const McWorkflow *mc_workflow_usual (void);
/**
 * mc_workflow_of:
 * @the_case: (nullable): a dossier's case; its member "workflow" is a version of ours, or a
 * workflow whole. One that cannot be read is the usual one.
 * @version: of the op that moves it: an op of before there were workflows keeps its meaning on a
 *   dossier that names none; what is done now goes by the usual one
 */
const McWorkflow *mc_workflow_of (const json_t *the_case, gint64 version);

const char *mc_workflow_version (const McWorkflow *workflow);
/** mc_workflow_states: (element-type McState) Borrowed. */
GPtrArray *mc_workflow_states (const McWorkflow *workflow);
/** mc_workflow_steps: (element-type McStep) Borrowed. */
GPtrArray *mc_workflow_steps (const McWorkflow *workflow);
const McState *mc_workflow_state (const McWorkflow *workflow, const char *state);
const McStep *mc_workflow_step (const McWorkflow *workflow, const char *step);
/** mc_workflow_target: the state that @step leads to from @state, or %NULL where it is impossible.
 */
const char *mc_workflow_target (const McWorkflow *workflow, const char *state, const char *step);
gboolean mc_workflow_may (const McWorkflow *workflow, McRole role, const char *step);
/** mc_workflow_next: the suggested next step of a dossier in @state for @role, or %NULL. */
const char *mc_workflow_next (const McWorkflow *workflow, McRole role, const char *state);
/** mc_workflow_lacks: the first of what @step needs that @body does not say, or %NULL. Static. */
const char *mc_workflow_lacks (const McWorkflow *workflow, const char *step, const json_t *body);

/** mc_step_known: whether @step is one of the above. */
gboolean mc_step_known (const char *step);
/** mc_step_first: whether it was there in version 1, which says of no step where it leads. */
gboolean mc_step_first (const char *step);
/** mc_step_reaches: the state that @step ended in always, in version 1; or %NULL. */
const char *mc_step_reaches (const char *step);
/** mc_step_decides: approve and return: they carry a hash of what they relied on. */
gboolean mc_step_decides (const char *step);
/** mc_state_known: whether @state is one of the above. */
gboolean mc_state_known (const char *state);
/** mc_state_first: whether it was there in version 1. */
gboolean mc_state_first (const char *state);
/** mc_state_open: whether anything remains to be done. */
gboolean mc_state_open (const char *state);

G_END_DECLS
