/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dossier's movements, by the workflow that it keeps. */
#include "mc-desk-private.h"

#include "mc-error.h"

const McWorkflow *
mc_store_workflow (McStore *store, const char *dossier)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, dossier, NULL);
  const json_t *the_case = record ? mc_record_peek (record, MC_GROUP_CASE) : NULL;

  return the_case != NULL ? mc_workflow_of (the_case, MC_OP_VERSION) : mc_workflow_usual ();
}

static gboolean
lacks (GError **error, const char *what)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, what);
  return FALSE;
}

static void
say (json_t *body, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_new (body, key, json_string (text));
}

static McStateClock
clock_of (const McWorkflow *workflow, const char *state)
{
  const McState *found = mc_workflow_state (workflow, state);

  return found != NULL ? found->clock : MC_CLOCK_RUNS;
}

/* The promise stays what it was, and whose case it is: they are part of the group that a step
 * writes whole. Only where the time stood still until now, what is left of it is counted on. */
static json_t *
kept (McStore *store,
      McRecord *record,
      const McWorkflow *workflow,
      const json_t *status,
      const char *to)
{
  const char *const *keys = mc_status_keys ();
  json_t *body = json_object ();
  g_autofree char *due = NULL;
  g_autofree char *raw = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    say (body, keys[i], mc_json_string (status, keys[i]));
  if (clock_of (workflow, mc_json_string (status, "state")) != MC_CLOCK_STANDS ||
      clock_of (workflow, to) != MC_CLOCK_RUNS)
    return body;
  due = mc_store_resume (store, record, mc_store_now (store), &raw);
  say (body, "due", due);
  json_object_del (body, "raw");
  say (body, "raw", raw);
  return body;
}

/* A new promise has nothing to do with where the old one came from. */
static void
say_move (json_t *body, const McMove *move)
{
  say (body, "note", move->note);
  say (body, "assignee", move->assignee);
  say (body, "calendar", move->calendar);
  say (body, "again", move->again);
  if (move->due == NULL)
    return;
  say (body, "due", move->due);
  json_object_del (body, "raw");
}

static gboolean
may_move (McDesk *desk, const McWorkflow *workflow, const char *step, GError **error)
{
  if (desk->staff == NULL)
    return mc_desk_refuse (error, "nobody");
  if (!mc_step_known (step))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "unknown step \"%s\"", step);
      return FALSE;
    }
  return mc_workflow_may (workflow, desk->staff->role, step) ? TRUE
                                                             : mc_desk_refuse (error, "role");
}

static gboolean
says_enough (const McWorkflow *workflow,
             const McMove *move,
             const json_t *status,
             const json_t *body,
             GError **error)
{
  const char *lacking = mc_workflow_lacks (workflow, move->step, body);

  /* Version 1 asked for nothing, and the window always did. */
  if (lacking != NULL && !mc_step_first (move->step))
    return lacks (error, lacking);
  if (g_str_equal (move->step, MC_STEP_POSTPONE) && mc_json_string (status, "apology") != NULL &&
      mc_json_string (body, "again") == NULL)
    return lacks (error, "again");
  return TRUE;
}

/* Whether an op of version 1 does the same to this dossier. */
static gboolean
first_could_say (const json_t *the_case, const json_t *status, const char *step, const char *to)
{
  const char *target =
      mc_workflow_target (mc_workflow_of (the_case, 1), mc_json_string (status, "state"), step);

  return g_strcmp0 (target, to) == 0 && g_strcmp0 (mc_step_reaches (step), to) == 0;
}

/* One step in the caller's transaction. */
static gboolean
move_one (McDesk *desk, const char *dossier, const McMove *move, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  const json_t *the_case = record ? mc_record_peek (record, MC_GROUP_CASE) : NULL;
  const json_t *status = record ? mc_record_peek (record, MC_GROUP_STATUS) : NULL;
  const McWorkflow *workflow = mc_workflow_of (the_case, MC_OP_VERSION);
  g_autoptr (McOp) op = NULL;
  g_autoptr (json_t) body = NULL;
  const char *to;

  if (record == NULL || !may_move (desk, workflow, move->step, error))
    return FALSE;
  if (the_case == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "no dossier %s", dossier);
      return FALSE;
    }
  to = mc_workflow_target (workflow, mc_json_string (status, "state"), move->step);
  if (to == NULL)
    return mc_desk_refuse (error, "step");
  body = kept (desk->store, record, workflow, status, to);
  say (body, "step", move->step);
  say_move (body, move);
  if (g_str_equal (move->step, MC_STEP_POSTPONE))
    {
      g_autoptr (GDateTime) now = mc_local (mc_store_now (desk->store));
      g_autofree char *text = mc_local_text (now);

      say (body, "apology", text);
    }
  if (g_str_equal (move->step, MC_STEP_RELEASE))
    json_object_del (body, "assignee");
  if (!says_enough (workflow, move, status, body, error))
    return FALSE;
  if (mc_op_version_for (MC_VERB_STEP, body) >= 3 ||
      !first_could_say (the_case, status, move->step, to))
    say (body, "state", to);
  op = mc_store_append (desk->store,
                        desk->staff->id,
                        dossier,
                        MC_VERB_STEP,
                        body,
                        NULL,
                        NULL,
                        error);
  return op != NULL;
}

gboolean
mc_desk_move (McDesk *desk, const char *dossier, const McMove *move, GError **error)
{
  if (!mc_desk_may (desk, MC_VERB_STEP, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  return mc_db_finish (desk->store->db, move_one (desk, dossier, move, error), error);
}

gboolean
mc_desk_step (McDesk *desk, const char *dossier, const char *step, const char *note, GError **error)
{
  return mc_desk_move (desk, dossier, &(McMove){ .step = step, .note = note }, error);
}

/* Whether the dossier can take the step at all, before anything is written. */
static gboolean
can_move (McDesk *desk, const char *dossier, const McMove *move)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, NULL);
  const json_t *the_case = record ? mc_record_peek (record, MC_GROUP_CASE) : NULL;
  const json_t *status = record ? mc_record_peek (record, MC_GROUP_STATUS) : NULL;
  const McWorkflow *workflow = mc_workflow_of (the_case, MC_OP_VERSION);

  return the_case != NULL && mc_workflow_may (workflow, desk->staff->role, move->step) &&
         mc_workflow_target (workflow, mc_json_string (status, "state"), move->step) != NULL;
}

static gboolean
promise_one (McDesk *desk,
             const char *dossier,
             gboolean by_calendar,
             const char *note,
             guint *ret_answered,
             GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (desk->store->db, dossier, error);
  g_autoptr (McCalendar) calendar = mc_store_calendar (desk->store, error);
  const json_t *status = record ? mc_record_peek (record, MC_GROUP_STATUS) : NULL;
  g_autofree char *due = NULL;
  g_autofree char *moved = NULL;
  McMove move = { .step = MC_STEP_RESCHEDULE, .note = note };

  if (record == NULL || calendar == NULL)
    return FALSE;
  due = g_strdup (mc_json_string (status, "due"));
  moved = mc_store_due_now (desk->store, record);
  move.calendar = mc_calendar_version (calendar);
  move.due = by_calendar ? moved : due;
  if (moved == NULL || g_strcmp0 (due, moved) == 0 || !can_move (desk, dossier, &move))
    return TRUE;
  ++*ret_answered;
  return move_one (desk, dossier, &move, error);
}

gboolean
mc_desk_promise_anew (McDesk *desk,
                      const char *const *dossiers,
                      gboolean by_calendar,
                      const char *note,
                      guint *ret_answered,
                      GError **error)
{
  gboolean ok = TRUE;

  *ret_answered = 0;
  if (!mc_desk_may (desk, MC_VERB_STEP, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  for (guint i = 0; ok && dossiers[i] != NULL; i++)
    ok = promise_one (desk, dossiers[i], by_calendar, note, ret_answered, error);
  return mc_db_finish (desk->store->db, ok, error);
}

gboolean
mc_desk_move_all (McDesk *desk,
                  const char *const *dossiers,
                  const McMove *move,
                  guint *ret_moved,
                  GError **error)
{
  gboolean ok = TRUE;

  *ret_moved = 0;
  if (!mc_desk_may (desk, MC_VERB_STEP, error) || !mc_db_begin (desk->store->db, error))
    return FALSE;
  for (guint i = 0; ok && dossiers[i] != NULL; i++)
    if (can_move (desk, dossiers[i], move))
      {
        ok = move_one (desk, dossiers[i], move, error);
        *ret_moved += ok ? 1 : 0;
      }
  return mc_db_finish (desk->store->db, ok, error);
}
