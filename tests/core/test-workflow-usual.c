/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The usual workflow (data/workflow/usual.json) as a state machine, looked at whole: every state,
 * every step, every role.
 */
#include "mc-calendar.h"
#include "mc-data.h"
#include "mc-error.h"
#include "mc-op.h"
#include "mc-workflow.h"

#include <string.h>

typedef void (*UseStep) (const McWorkflow *workflow, const McStep *step);
typedef void (*UseMove) (const McWorkflow *workflow, const McState *from, const McStep *step);

static void
for_each_step (UseStep use)
{
  const McWorkflow *workflow = mc_workflow_usual ();
  GPtrArray *steps = mc_workflow_steps (workflow);

  for (guint i = 0; i < steps->len; i++)
    {
      g_test_message ("step %s", ((McStep *)steps->pdata[i])->id);
      use (workflow, steps->pdata[i]);
    }
}

static void
for_each_move (UseMove use)
{
  const McWorkflow *workflow = mc_workflow_usual ();
  GPtrArray *states = mc_workflow_states (workflow);
  GPtrArray *steps = mc_workflow_steps (workflow);

  for (guint s = 0; s < states->len; s++)
    for (guint i = 0; i < steps->len; i++)
      {
        const McState *from = states->pdata[s];
        const McStep *step = steps->pdata[i];

        if (mc_workflow_target (workflow, from->id, step->id) == NULL)
          continue;
        g_test_message ("%s from %s", step->id, from->id);
        use (workflow, from, step);
      }
}

static void
reach (const McWorkflow *workflow, const char *state, GHashTable *met)
{
  GPtrArray *steps = mc_workflow_steps (workflow);

  if (!g_hash_table_add (met, (gpointer)state))
    return;
  for (guint i = 0; i < steps->len; i++)
    {
      const char *to = mc_workflow_target (workflow, state, ((McStep *)steps->pdata[i])->id);

      if (to != NULL)
        reach (workflow, to, met);
    }
}

/* Every state is reached from the first, has a way out unless it is an end, and from every one some
 * end is reached. */
static void
test_no_dead_end (void)
{
  const McWorkflow *workflow = mc_workflow_usual ();
  GPtrArray *states = mc_workflow_states (workflow);
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);

  reach (workflow, MC_STATE_RECEIVED, all);
  g_assert_cmpuint (states->len, ==, 10);
  for (guint i = 0; i < states->len; i++)
    {
      const McState *state = states->pdata[i];
      g_autoptr (GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);

      g_test_message ("state %s", state->id);
      g_assert_true (g_hash_table_contains (all, state->id));
      reach (workflow, state->id, met);
      if (mc_state_open (state->id))
        g_assert_true (g_hash_table_contains (met, MC_STATE_RETURNED) ||
                       g_hash_table_contains (met, MC_STATE_STOPPED));
      else
        g_assert_cmpuint (g_hash_table_size (met), ==, 1);
    }
}

/* The codes of the national portal: all that an office sets, each by what it is called there. */
static void
test_portal (void)
{
  static const struct
  {
    const char *state;
    int portal;
  } rows[] = {
    { MC_STATE_RECEIVED, 2 },  { MC_STATE_REFUSED, 3 },    { MC_STATE_HANDLING, 4 },
    { MC_STATE_APPRAISED, 4 }, { MC_STATE_SUPPLEMENT, 5 }, { MC_STATE_PAYMENT, 6 },
    { MC_STATE_WITHDRAWN, 7 }, { MC_STATE_STOPPED, 8 },    { MC_STATE_APPROVED, 9 },
    { MC_STATE_RETURNED, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mc_workflow_state (mc_workflow_usual (), rows[i].state)->portal,
                     ==,
                     rows[i].portal);
}

/* An owner, a paper, and a way to take it back or a question before it. */
static void
check_step (const McWorkflow *workflow, const McStep *step)
{
  static const char *const papers[] = { "01", "02", "03", "04", "05", "06", "07", NULL };
  gboolean owned = FALSE;

  for (int role = 0; role <= MC_ROLE_UNKNOWN; role++)
    owned = owned || mc_workflow_may (workflow, (McRole)role, step->id);
  g_assert_true (owned);
  g_assert_false (mc_workflow_may (workflow, MC_ROLE_AGENT, step->id));
  g_assert_false (mc_workflow_may (workflow, MC_ROLE_HELPER, step->id));
  g_assert_false (mc_workflow_may (workflow, MC_ROLE_ADMIN, step->id));
  g_assert_true (g_strv_contains (papers, step->paper));
  g_assert_true (step->confirm != (step->undo != NULL));
  g_assert_true (mc_step_known (step->id));
}

static void
test_every_step (void)
{
  g_assert_cmpuint (mc_workflow_steps (mc_workflow_usual ())->len, ==, 15);
  for_each_step (check_step);
}

/* A line for each step: from where, by whom, to where; what it says, its paper, and how it is taken
 * back ("<") or asked for first ("?"). Whoever changes the file says here what for. */
static const char *const expected[] = {
  "appraise: received handling -> appraised, officer, 06 < hand_back",
  "assign: received handling -> handling, officer leader, assignee, 06 < release",
  "release: handling -> received, officer leader, 06 < assign",
  "approve: appraised -> approved, leader, 06 ?",
  "hand_back: appraised -> handling, officer leader, note, 06 < appraise",
  "supplement: received handling appraised -> supplement, clerk officer, note, 02 ?",
  "complete: supplement -> received, clerk officer, 01 ?",
  "charge: received handling appraised -> payment, officer, note, 06 ?",
  "paid: payment -> handling, clerk officer, 01 ?",
  "return: approved -> returned, clerk, 07 ?",
  "refuse: received -> refused, clerk officer, note, 03 ?",
  "withdraw: received handling appraised supplement payment -> withdrawn, clerk, note, 05 ?",
  "stop: received handling appraised supplement payment -> stopped, officer leader, note, 05 ?",
  "postpone: received handling appraised -> =, leader, note due, 04 ?",
  "reschedule: received handling appraised supplement payment -> =, clerk officer leader, "
  "note due calendar, 01 ?",
};

static char *
line_of (const McStep *step)
{
  static const char *const needs[] = { "note", "assignee", "due", "calendar" };
  g_autofree char *from = g_strjoinv (" ", step->from);
  g_autoptr (GString) line = g_string_new (NULL);
  const char *before = ",";

  g_string_append_printf (line, "%s: %s -> %s,", step->id, from, step->to);
  for (int role = 0; role < MC_ROLE_UNKNOWN; role++)
    if (mc_workflow_may (mc_workflow_usual (), (McRole)role, step->id))
      g_string_append_printf (line, " %s", mc_role_name ((McRole)role));
  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if ((step->needs & (1u << i)) != 0)
      {
        g_string_append_printf (line, "%s %s", before, needs[i]);
        before = "";
      }
  g_string_append_printf (line, ", %s", step->paper);
  if (step->undo != NULL)
    g_string_append_printf (line, " < %s", step->undo);
  if (step->confirm)
    g_string_append (line, " ?");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
test_table (void)
{
  GPtrArray *all = mc_workflow_steps (mc_workflow_usual ());

  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *line = line_of (all->pdata[i]);

      g_assert_cmpstr (line, ==, expected[i]);
    }
}

/* The step that takes it back leads to a state that it came from, and is somebody's of those who
 * may take the step. */
static void
check_undo (const McWorkflow *workflow, const McStep *step)
{
  const McStep *undo = mc_workflow_step (workflow, step->undo);
  const char *back;

  if (step->undo == NULL)
    return;
  g_assert_nonnull (undo);
  g_assert_cmpuint (undo->roles & step->roles, !=, 0);
  back = mc_workflow_target (workflow, step->to, undo->id);
  g_assert_true (g_strv_contains ((const char *const *)step->from, back));
}

static void
test_undo (void)
{
  for_each_step (check_undo);
}

/* What the papers of the law need: a reason wherever the resident is told something, and only the
 * leader decides or puts off. */
static void
check_reason (const McWorkflow *workflow, const McStep *step)
{
  static const char *const told[] = { "02", "03", "04", "05", NULL };

  if (g_strv_contains (told, step->paper))
    g_assert_true ((step->needs & MC_NEED_NOTE) != 0);
  if (g_str_equal (step->paper, "04") || g_str_equal (step->to, MC_STATE_APPROVED))
    g_assert_cmpuint (step->roles, ==, 1u << MC_ROLE_LEADER);
  if (step->decides)
    g_assert_true (step->confirm);
}

static void
test_reasons (void)
{
  for_each_step (check_reason);
}

/* The time stands only with the applicant; what goes on from there prints a new slip; what ends it
 * leaves nothing running. */
static void
check_clock (const McWorkflow *workflow, const McState *from, const McStep *step)
{
  const McState *to =
      mc_workflow_state (workflow, mc_workflow_target (workflow, from->id, step->id));

  g_assert_cmpint (to->clock == MC_CLOCK_STANDS, ==, to->portal == 5 || to->portal == 6);
  g_assert_cmpint (to->clock == MC_CLOCK_OVER, ==, to->portal == 3 || to->portal >= 7);
  g_assert_true (from->clock != MC_CLOCK_OVER || to->clock == MC_CLOCK_OVER);
  if (from->clock == MC_CLOCK_STANDS && to->clock == MC_CLOCK_RUNS)
    g_assert_cmpstr (step->paper, ==, "01");
  if ((step->needs & MC_NEED_DUE) != 0)
    g_assert_true (from == to && from->clock != MC_CLOCK_OVER);
}

static void
test_clocks (void)
{
  for_each_move (check_clock);
}

/* Whoever has an open dossier before them is told one thing to do next, or it is with others. */
static void
test_next (void)
{
  static const struct
  {
    const char *state;
    const char *clerk, *officer, *leader;
  } rows[] = {
    { MC_STATE_RECEIVED, NULL, MC_STEP_APPRAISE, NULL },
    { MC_STATE_HANDLING, NULL, MC_STEP_APPRAISE, NULL },
    { MC_STATE_APPRAISED, NULL, NULL, MC_STEP_APPROVE },
    { MC_STATE_SUPPLEMENT, MC_STEP_COMPLETE, MC_STEP_COMPLETE, NULL },
    { MC_STATE_PAYMENT, MC_STEP_PAID, MC_STEP_PAID, NULL },
    { MC_STATE_APPROVED, MC_STEP_RETURN, NULL, NULL },
    { MC_STATE_RETURNED, NULL, NULL, NULL },
    { MC_STATE_REFUSED, NULL, NULL, NULL },
    { MC_STATE_WITHDRAWN, NULL, NULL, NULL },
    { MC_STATE_STOPPED, NULL, NULL, NULL },
  };
  const McWorkflow *workflow = mc_workflow_usual ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *state = rows[i].state;

      g_assert_cmpstr (mc_workflow_next (workflow, MC_ROLE_CLERK, state), ==, rows[i].clerk);
      g_assert_cmpstr (mc_workflow_next (workflow, MC_ROLE_OFFICER, state), ==, rows[i].officer);
      g_assert_cmpstr (mc_workflow_next (workflow, MC_ROLE_LEADER, state), ==, rows[i].leader);
    }
}

/* What the first version could say, a desk of the first version says here too, with one end; only a
 * withdrawal after the decision is none any more. */
static void
test_first_steps_hold (void)
{
  const McWorkflow *first = mc_workflow_first ();
  const McWorkflow *usual = mc_workflow_usual ();
  GPtrArray *steps = mc_workflow_steps (first);

  for (guint i = 0; i < steps->len; i++)
    {
      const McStep *step = steps->pdata[i];
      const McStep *now = mc_workflow_step (usual, step->id);

      g_assert_cmpstr (now->to, ==, step->to);
      g_assert_cmpuint (now->roles, ==, step->roles);
      g_assert_cmpint (now->decides, ==, step->decides);
      for (guint f = 0; step->from[f] != NULL; f++)
        g_assert_true (g_strv_contains ((const char *const *)now->from, step->from[f]) ||
                       (g_str_equal (step->id, MC_STEP_WITHDRAW) &&
                        g_str_equal (step->from[f], MC_STATE_APPROVED)));
    }
}

static void
test_of_a_dossier (void)
{
  g_autoptr (json_t) none = json_object ();
  g_autoptr (json_t) usual = json_pack ("{s:s}", "workflow", "2");
  g_autoptr (json_t) later = json_pack ("{s:s}", "workflow", "9");
  g_autoptr (json_t) broken = json_pack ("{s:{s:s}}", "workflow", "version", "x");
  g_autoptr (json_t) file = mc_data_json ("data/workflow/usual.json");
  g_autoptr (json_t) own = json_pack ("{s:O}", "workflow", file);

  json_object_set_new (file, "version", json_string ("tỉnh-1"));
  json_array_remove (json_object_get (file, "steps"), 0);
  g_assert_true (mc_workflow_of (NULL, 2) == mc_workflow_first ());
  g_assert_true (mc_workflow_of (none, 1) == mc_workflow_first ());
  g_assert_true (mc_workflow_of (none, 3) == mc_workflow_usual ());
  g_assert_true (mc_workflow_of (usual, 1) == mc_workflow_usual ());
  g_assert_true (mc_workflow_of (later, 3) == mc_workflow_usual ());
  g_assert_true (mc_workflow_of (broken, 3) == mc_workflow_usual ());
  g_assert_cmpstr (mc_workflow_version (mc_workflow_of (own, 3)), ==, "tỉnh-1");
  g_assert_true (mc_workflow_of (own, 3) == mc_workflow_of (own, 3));
  g_assert_null (mc_workflow_target (mc_workflow_of (own, 3), "received", MC_STEP_APPRAISE));
}

static void
test_refused (void)
{
#define STATES "\"states\":[{\"id\":\"received\",\"portal\":2,\"clock\":\"runs\"}]"
#define STEP(from, to, roles, more)                                                                \
  "{\"version\":\"1\"," STATES ",\"steps\":[{\"id\":\"assign\",\"from\":[" from "],\"to\":\"" to   \
  "\",\"roles\":[" roles "]" more "}]}"
  static const struct
  {
    const char *json;
    gboolean good;
  } rows[] = {
    { STEP ("\"received\"", "received", "\"clerk\"", ""), TRUE },
    { STEP ("\"received\"", "=", "\"clerk\"", ",\"needs\":[\"note\"]"), TRUE },
    { STEP ("\"received\"", "approved", "\"clerk\"", ""), FALSE },
    { STEP ("\"approved\"", "received", "\"clerk\"", ""), FALSE },
    { STEP ("", "received", "\"clerk\"", ""), FALSE },
    { STEP ("\"received\"", "received", "", ""), FALSE },
    { STEP ("\"received\"", "received", "\"king\"", ""), FALSE },
    { STEP ("\"received\"", "received", "\"clerk\"", ",\"needs\":[\"gold\"]"), FALSE },
    { "{\"version\":\"1\"," STATES ",\"steps\":[]}", FALSE },
    { "{\"version\":\"1\"," STATES ",\"steps\":[{\"id\":\"fly\",\"from\":[\"received\"],\"to\":"
      "\"received\",\"roles\":[\"clerk\"]}]}",
      FALSE },
    { "{\"version\":\"1\",\"states\":[{\"id\":\"flying\",\"portal\":2,\"clock\":\"runs\"}],"
      "\"steps\":[]}",
      FALSE },
    { "{\"version\":\"1\",\"states\":[{\"id\":\"received\",\"portal\":11,\"clock\":\"runs\"}],"
      "\"steps\":[]}",
      FALSE },
    { "{}", FALSE },
    { "null", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (rows[i].json, -1, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (McWorkflow) workflow = mc_workflow_parse (json, &error);

      g_test_message ("%s", rows[i].json);
      g_assert_cmpint (workflow != NULL, ==, rows[i].good);
      g_assert_cmpint (error == NULL, ==, rows[i].good);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow-usual/no-dead-end", test_no_dead_end);
  g_test_add_func ("/workflow-usual/portal", test_portal);
  g_test_add_func ("/workflow-usual/every-step", test_every_step);
  g_test_add_func ("/workflow-usual/table", test_table);
  g_test_add_func ("/workflow-usual/undo", test_undo);
  g_test_add_func ("/workflow-usual/reasons", test_reasons);
  g_test_add_func ("/workflow-usual/clocks", test_clocks);
  g_test_add_func ("/workflow-usual/next", test_next);
  g_test_add_func ("/workflow-usual/first-steps-hold", test_first_steps_hold);
  g_test_add_func ("/workflow-usual/of-a-dossier", test_of_a_dossier);
  g_test_add_func ("/workflow-usual/refused", test_refused);
  return g_test_run ();
}
