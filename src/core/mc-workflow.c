/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-workflow.h"

#include "mc-error.h"
#include "mc-workflow-data.h"
#include <string.h>

struct _McWorkflow
{
  char *version;
  GPtrArray *states; /* McState */
  GPtrArray *steps;  /* McStep */
};

static void
state_free (McState *state)
{
  g_free (state->id);
  g_free (state);
}

static void
step_free (McStep *step)
{
  g_free (step->id);
  g_strfreev (step->from);
  g_free (step->to);
  g_free (step->undo);
  g_free (step->paper);
  g_free (step);
}

void
mc_workflow_free (McWorkflow *workflow)
{
  g_free (workflow->version);
  g_clear_pointer (&workflow->states, g_ptr_array_unref);
  g_clear_pointer (&workflow->steps, g_ptr_array_unref);
  g_free (workflow);
}

/* The place of @word in @words, or -1. */
static int
place (const char *word, const char *const *words)
{
  for (int i = 0; word != NULL && words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      return i;
  return -1;
}

/* A set of @words as bits, from an array of strings; %FALSE where another word is in it. */
static gboolean
read_bits (const json_t *array, const char *const *words, guint *bits)
{
  for (size_t i = 0; i < json_array_size (array); i++)
    {
      int bit = place (json_string_value (json_array_get (array, i)), words);

      if (bit < 0)
        return FALSE;
      *bits |= 1u << bit;
    }
  return TRUE;
}

static McState *
read_state (const json_t *json)
{
  static const char *const clocks[] = { "runs", "stands", "over", NULL };
  const char *id = mc_json_string (json, "id");
  int clock = place (mc_json_string (json, "clock"), clocks);
  gint64 portal = mc_json_int (json, "portal", 0);
  McState *state;

  if (!mc_state_known (id) || clock < 0 || portal < 1 || portal > 10)
    return NULL;
  state = g_new0 (McState, 1);
  state->id = g_strdup (id);
  state->portal = (int)portal;
  state->clock = (McStateClock)clock;
  return state;
}

static gboolean
read_roles (const json_t *array, guint *roles)
{
  for (size_t i = 0; i < json_array_size (array); i++)
    {
      McRole role = mc_role_parse (json_string_value (json_array_get (array, i)));

      if (role == MC_ROLE_UNKNOWN)
        return FALSE;
      *roles |= 1u << role;
    }
  return *roles != 0;
}

static gboolean
read_from (const McWorkflow *workflow, const json_t *array, McStep *step)
{
  size_t length = json_array_size (array);

  step->from = g_new0 (char *, length + 1);
  for (size_t i = 0; i < length; i++)
    {
      const char *state = json_string_value (json_array_get (array, i));

      if (state == NULL || mc_workflow_state (workflow, state) == NULL)
        return FALSE;
      step->from[i] = g_strdup (state);
    }
  return length > 0;
}

static gboolean
read_step (const McWorkflow *workflow, const json_t *json, McStep *step)
{
  static const char *const needs[] = { "note", "assignee", "due", "calendar", NULL };
  const char *to = mc_json_string (json, "to");
  const char *paper = mc_json_string (json, "paper");

  step->id = g_strdup (mc_json_string (json, "id"));
  step->to = g_strdup (to);
  step->undo = g_strdup (mc_json_string (json, "undo"));
  step->paper = g_strdup (paper ? paper : "");
  step->decides = mc_json_bool (json, "decides", FALSE);
  step->main = mc_json_bool (json, "main", FALSE);
  step->confirm = mc_json_bool (json, "confirm", FALSE);
  return mc_step_known (step->id) && to != NULL &&
         (g_str_equal (to, "=") || mc_workflow_state (workflow, to) != NULL) &&
         read_from (workflow, json_object_get (json, "from"), step) &&
         read_roles (json_object_get (json, "roles"), &step->roles) &&
         read_bits (json_object_get (json, "needs"), needs, &step->needs);
}

McWorkflow *
mc_workflow_parse (const json_t *json, GError **error)
{
  g_autoptr (McWorkflow) workflow = g_new0 (McWorkflow, 1);
  const json_t *states = json_object_get (json, "states");
  const json_t *steps = json_object_get (json, "steps");
  gboolean good = json_array_size (states) > 0 && json_array_size (steps) > 0;

  workflow->version = g_strdup (mc_json_string (json, "version"));
  workflow->states = g_ptr_array_new_with_free_func ((GDestroyNotify)state_free);
  workflow->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  for (size_t i = 0; good && i < json_array_size (states); i++)
    {
      McState *state = read_state (json_array_get (states, i));

      good = state != NULL;
      if (good)
        g_ptr_array_add (workflow->states, state);
    }
  for (size_t i = 0; good && i < json_array_size (steps); i++)
    {
      McStep *step = g_new0 (McStep, 1);

      g_ptr_array_add (workflow->steps, step);
      good = read_step (workflow, json_array_get (steps, i), step);
    }
  if (good && workflow->version != NULL && mc_workflow_state (workflow, MC_STATE_RECEIVED) != NULL)
    return g_steal_pointer (&workflow);
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_FORMAT,
               "workflow: state %u or step %u is wrong",
               workflow->states->len,
               workflow->steps->len);
  return NULL;
}

static McWorkflow *
built_in (const char *text)
{
  g_autoptr (json_t) json = mc_json_parse (text, -1, NULL);
  McWorkflow *workflow = mc_workflow_parse (json, NULL);

  g_assert (workflow != NULL);
  return workflow;
}

/* The names of states and steps are looked at while these are read: they must not ask for them. */
const McWorkflow *
mc_workflow_first (void)
{
  static McWorkflow *first;

  if (g_once_init_enter (&first))
    g_once_init_leave (&first, built_in (mc_workflow_data_first));
  return first;
}

const McWorkflow *
mc_workflow_usual (void)
{
  static McWorkflow *usual;

  if (g_once_init_enter (&usual))
    g_once_init_leave (&usual, built_in (mc_workflow_data_usual));
  return usual;
}

/* Workflows of procedures of their own are few; each is read once. */
static const McWorkflow *
own_workflow (const json_t *json)
{
  static GMutex lock;
  static GHashTable *known;
  g_autofree char *text = mc_json_text (json);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  McWorkflow *workflow;

  if (known == NULL)
    known = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_hash_table_lookup_extended (known, text, NULL, (gpointer *)&workflow))
    return workflow;
  workflow = mc_workflow_parse (json, NULL);
  g_hash_table_insert (known, g_steal_pointer (&text), workflow);
  return workflow;
}

const McWorkflow *
mc_workflow_of (const json_t *the_case, gint64 version)
{
  const json_t *named = json_object_get (the_case, "workflow");
  const McWorkflow *own = json_is_object (named) ? own_workflow (named) : NULL;

  if (version < 3 && (named == NULL || json_is_null (named)))
    return mc_workflow_first ();
  return own != NULL ? own : mc_workflow_usual ();
}

const char *
mc_workflow_version (const McWorkflow *workflow)
{
  return workflow->version;
}

GPtrArray *
mc_workflow_states (const McWorkflow *workflow)
{
  return workflow->states;
}

GPtrArray *
mc_workflow_steps (const McWorkflow *workflow)
{
  return workflow->steps;
}

const McState *
mc_workflow_state (const McWorkflow *workflow, const char *state)
{
  for (guint i = 0; state != NULL && i < workflow->states->len; i++)
    if (g_str_equal (((McState *)workflow->states->pdata[i])->id, state))
      return workflow->states->pdata[i];
  return NULL;
}

const McStep *
mc_workflow_step (const McWorkflow *workflow, const char *step)
{
  for (guint i = 0; step != NULL && i < workflow->steps->len; i++)
    if (g_str_equal (((McStep *)workflow->steps->pdata[i])->id, step))
      return workflow->steps->pdata[i];
  return NULL;
}

const char *
mc_workflow_target (const McWorkflow *workflow, const char *state, const char *step)
{
  const McStep *found = mc_workflow_step (workflow, step);

  if (found == NULL || place (state, (const char *const *)found->from) < 0)
    return NULL;
  return g_str_equal (found->to, "=") ? mc_workflow_state (workflow, state)->id : found->to;
}

gboolean
mc_workflow_may (const McWorkflow *workflow, McRole role, const char *step)
{
  const McStep *found = mc_workflow_step (workflow, step);

  return found != NULL && role < MC_ROLE_UNKNOWN && (found->roles & (1u << role)) != 0;
}

const char *
mc_workflow_next (const McWorkflow *workflow, McRole role, const char *state)
{
  for (guint i = 0; i < workflow->steps->len; i++)
    {
      const McStep *step = workflow->steps->pdata[i];

      if (step->main && mc_workflow_may (workflow, role, step->id) &&
          mc_workflow_target (workflow, state, step->id) != NULL)
        return step->id;
    }
  return NULL;
}

const char *
mc_workflow_lacks (const McWorkflow *workflow, const char *step, const json_t *body)
{
  static const char *const members[] = { "note", "assignee", "due", "calendar" };
  const McStep *found = mc_workflow_step (workflow, step);

  for (guint i = 0; found != NULL && i < G_N_ELEMENTS (members); i++)
    {
      const char *text = mc_json_string (body, members[i]);

      if ((found->needs & (1u << i)) != 0 && (text == NULL || *text == '\0'))
        return members[i];
    }
  return NULL;
}

gboolean
mc_step_known (const char *step)
{
  static const char *const steps[] = {
    MC_STEP_APPRAISE,   MC_STEP_ASSIGN,   MC_STEP_RELEASE,    MC_STEP_HAND_BACK,
    MC_STEP_SUPPLEMENT, MC_STEP_COMPLETE, MC_STEP_CHARGE,     MC_STEP_PAID,
    MC_STEP_APPROVE,    MC_STEP_RETURN,   MC_STEP_REFUSE,     MC_STEP_WITHDRAW,
    MC_STEP_STOP,       MC_STEP_POSTPONE, MC_STEP_RESCHEDULE, NULL
  };

  return place (step, steps) >= 0;
}

gboolean
mc_step_first (const char *step)
{
  return mc_workflow_step (mc_workflow_first (), step) != NULL;
}

const char *
mc_step_reaches (const char *step)
{
  const McStep *found = mc_workflow_step (mc_workflow_first (), step);

  return found != NULL ? found->to : NULL;
}

gboolean
mc_step_decides (const char *step)
{
  const McStep *found = mc_workflow_step (mc_workflow_first (), step);

  return found != NULL && found->decides;
}

gboolean
mc_state_known (const char *state)
{
  static const char *const states[] = { MC_STATE_RECEIVED,
                                        MC_STATE_HANDLING,
                                        MC_STATE_APPRAISED,
                                        MC_STATE_SUPPLEMENT,
                                        MC_STATE_PAYMENT,
                                        MC_STATE_APPROVED,
                                        MC_STATE_RETURNED,
                                        MC_STATE_REFUSED,
                                        MC_STATE_WITHDRAWN,
                                        MC_STATE_STOPPED,
                                        NULL };

  return place (state, states) >= 0;
}

gboolean
mc_state_first (const char *state)
{
  return mc_workflow_state (mc_workflow_first (), state) != NULL;
}

gboolean
mc_state_open (const char *state)
{
  static const char *const ends[] = { MC_STATE_RETURNED,
                                      MC_STATE_REFUSED,
                                      MC_STATE_WITHDRAWN,
                                      MC_STATE_STOPPED,
                                      NULL };

  return state != NULL && place (state, ends) < 0;
}
