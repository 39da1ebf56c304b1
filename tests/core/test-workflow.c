/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-workflow.h"

#include "mc-op.h"

/* The workflow of version 1, which older dossiers keep for ever, and who may do what. */
static const char *const states[] = { MC_STATE_RECEIVED, MC_STATE_APPRAISED, MC_STATE_SUPPLEMENT,
                                      MC_STATE_APPROVED, MC_STATE_RETURNED,  MC_STATE_WITHDRAWN };
static const char *const steps[] = { MC_STEP_APPRAISE, MC_STEP_SUPPLEMENT, MC_STEP_COMPLETE,
                                     MC_STEP_APPROVE,  MC_STEP_RETURN,     MC_STEP_WITHDRAW };

static void
test_targets (void)
{
  static const struct
  {
    const char *step, *from[6], *to;
  } rows[] = {
    { "appraise", { "received" }, "appraised" },
    { "supplement", { "received", "appraised" }, "supplement" },
    { "complete", { "supplement" }, "received" },
    { "approve", { "appraised" }, "approved" },
    { "return", { "approved" }, "returned" },
    { "withdraw", { "received", "appraised", "supplement", "approved" }, "withdrawn" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (mc_step_first (rows[i].step));
      g_assert_cmpstr (mc_step_reaches (rows[i].step), ==, rows[i].to);
      for (guint s = 0; s < G_N_ELEMENTS (states); s++)
        g_assert_cmpstr (mc_workflow_target (mc_workflow_first (), states[s], rows[i].step),
                         ==,
                         g_strv_contains (rows[i].from, states[s]) ? rows[i].to : NULL);
    }
  g_assert_null (mc_workflow_target (mc_workflow_first (), "x", "appraise"));
  g_assert_null (mc_workflow_target (mc_workflow_first (), NULL, "appraise"));
  g_assert_null (mc_workflow_target (mc_workflow_first (), "received", "fly"));
  g_assert_null (mc_step_reaches (NULL));
  g_assert_false (mc_step_known (NULL));
}

/* From every open state somebody can go on; from the ends nobody. */
static void
test_no_dead_end (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      gboolean goes_on = FALSE;

      for (guint t = 0; t < G_N_ELEMENTS (steps); t++)
        goes_on = goes_on || mc_workflow_target (mc_workflow_first (), states[s], steps[t]) != NULL;
      g_assert_cmpint (goes_on, ==, mc_state_open (states[s]));
    }
  g_assert_false (mc_state_open (NULL));
}

static void
test_roles (void)
{
  static const struct
  {
    McRole role;
    const char *steps[7];
  } rows[] = {
    { MC_ROLE_CLERK, { "supplement", "complete", "return", "withdraw" } },
    { MC_ROLE_OFFICER, { "appraise", "supplement", "complete" } },
    { MC_ROLE_LEADER, { "approve" } },
    { MC_ROLE_AGENT, { NULL } },
    { MC_ROLE_HELPER, { NULL } },
    { MC_ROLE_ADMIN, { NULL } },
    { MC_ROLE_UNKNOWN, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
      g_assert_cmpint (mc_workflow_may (mc_workflow_first (), rows[i].role, steps[s]),
                       ==,
                       g_strv_contains (rows[i].steps, steps[s]));
  g_assert_false (mc_workflow_may (mc_workflow_first (), MC_ROLE_LEADER, "fly"));
}

static void
test_verbs (void)
{
  g_assert_true (mc_role_may (MC_ROLE_CLERK, MC_VERB_RECEIVE));
  g_assert_true (mc_role_may (MC_ROLE_AGENT, MC_VERB_RECEIVE));
  g_assert_false (mc_role_may (MC_ROLE_AGENT, MC_VERB_STEP));
  g_assert_false (mc_role_may (MC_ROLE_OFFICER, MC_VERB_RECEIVE));
  g_assert_false (mc_role_may (MC_ROLE_LEADER, MC_VERB_FEE));
  g_assert_false (mc_role_may (MC_ROLE_HELPER, MC_VERB_NOTE));
  g_assert_false (mc_role_may (MC_ROLE_UNKNOWN, MC_VERB_RECEIVE));
  g_assert_false (mc_role_may (MC_ROLE_CLERK, MC_VERB_STAFF));
  g_assert_false (mc_role_may (MC_ROLE_CLERK, "x"));
  g_assert_false (mc_role_may (MC_ROLE_CLERK, NULL));
}

/* What is suggested is always possible and one's own. */
static void
test_next (void)
{
  g_assert_cmpstr (mc_workflow_next (mc_workflow_first (), MC_ROLE_OFFICER, MC_STATE_RECEIVED),
                   ==,
                   MC_STEP_APPRAISE);
  g_assert_cmpstr (mc_workflow_next (mc_workflow_first (), MC_ROLE_LEADER, MC_STATE_APPRAISED),
                   ==,
                   MC_STEP_APPROVE);
  g_assert_cmpstr (mc_workflow_next (mc_workflow_first (), MC_ROLE_CLERK, MC_STATE_APPROVED),
                   ==,
                   MC_STEP_RETURN);
  g_assert_cmpstr (mc_workflow_next (mc_workflow_first (), MC_ROLE_CLERK, MC_STATE_SUPPLEMENT),
                   ==,
                   MC_STEP_COMPLETE);
  for (int role = 0; role <= MC_ROLE_UNKNOWN; role++)
    for (guint s = 0; s < G_N_ELEMENTS (states); s++)
      {
        const char *step = mc_workflow_next (mc_workflow_first (), (McRole)role, states[s]);

        g_assert_true (step == NULL ||
                       (mc_workflow_may (mc_workflow_first (), (McRole)role, step) &&
                        mc_workflow_target (mc_workflow_first (), states[s], step) != NULL));
      }
}

static void
test_decides (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
    g_assert_cmpint (mc_step_decides (steps[s]),
                     ==,
                     g_str_equal (steps[s], "approve") || g_str_equal (steps[s], "return"));
  g_assert_false (mc_step_decides (NULL));
}

static void
test_names (void)
{
  for (int role = 0; role < MC_ROLE_UNKNOWN; role++)
    g_assert_cmpint (mc_role_parse (mc_role_name ((McRole)role)), ==, role);
  g_assert_cmpint (mc_role_parse ("king"), ==, MC_ROLE_UNKNOWN);
  g_assert_cmpint (mc_role_parse (NULL), ==, MC_ROLE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow/targets", test_targets);
  g_test_add_func ("/workflow/no-dead-end", test_no_dead_end);
  g_test_add_func ("/workflow/roles", test_roles);
  g_test_add_func ("/workflow/verbs", test_verbs);
  g_test_add_func ("/workflow/next", test_next);
  g_test_add_func ("/workflow/decides", test_decides);
  g_test_add_func ("/workflow/names", test_names);
  return g_test_run ();
}
