/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two desks without a line take a step each, every step beside every other, from every state. The
 * province hears of both in either order: province and desks end equal, and both steps are there.
 */
#include "mc-op-make.h"
#include "mc-workflow.h"

#include <string.h>

/* What a step of the usual workflow says, with all that it may need. */
static McOp *
make (McStory *story, const char *name, const char *step, const char *from)
{
  g_autofree char *read = mc_record_read (story->record);
  const McStep *found = mc_workflow_step (mc_workflow_usual (), step);
  g_autofree char *body =
      g_strdup_printf ("{'step':'%s','state':'%s','note':'%s','assignee':'01900000-0000-7000-8000-"
                       "00000000aaaa','due':'2026-12-01T17:00','calendar':'%s','apology':"
                       "'2026-11-30T08:00','again':'x'}",
                       step,
                       mc_workflow_target (mc_workflow_usual (), from, step),
                       name,
                       name);

  return mc_story_op (name, MC_VERB_STEP, body, "{'status':['S']}", found->decides ? read : NULL);
}

/* A dossier of the usual workflow that was brought to @state. */
static void
begin (McStory *story, const char *state)
{
  g_autofree char *received = NULL;
  g_autofree char *ruling = NULL;
  g_autofree char *value =
      g_strdup_printf ("{'step':'appraise','state':'%s','raw':'2026-12-01'}", state);
  g_autoptr (McRuling) applied = mc_ruling_parse ("\"applied\"", NULL);
  McOp *op;

  received = mc_story_tell (story,
                            "R",
                            MC_VERB_RECEIVE,
                            "{'code':'c','procedure':'p','channel':'direct','received':'x',"
                            "'office':'01900000-0000-7000-8000-0000000000aa','workflow':'2',"
                            "'applicant':{'name':'Mai'}}",
                            "{}");
  g_assert_nonnull (received);
  op = mc_story_op ("S", MC_VERB_STEP, value, "{'status':['R']}", NULL);
  ruling = mc_story_take (story, op, applied, FALSE);
}

static McRuling *
ruled (const char *text)
{
  g_autofree char *quoted = g_strdup (text);
  g_autoptr (GError) error = NULL;
  McRuling *ruling = mc_ruling_parse (g_strdelimit (quoted, "'", '"'), &error);

  g_assert_no_error (error);
  return ruling;
}

/* The desk that made @mine showed it first; then it hears what the province said of both. */
static char *
desk_shows (const char *state,
            const char *const *steps,
            guint mine,
            const char *const *order,
            char *const *said)
{
  g_autoptr (McStory) alone = mc_story_new ();
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *seen = NULL;
  g_autofree char *shown = NULL;

  begin (alone, state);
  seen = mc_story_take (alone, make (alone, mine ? "B" : "A", steps[mine], state), NULL, FALSE);
  shown = mc_story_tips (alone, MC_GROUP_STATUS);
  g_assert_cmpstr (shown, ==, mine ? "B" : "A");
  begin (story, state);
  for (guint i = 0; i < 2; i++)
    {
      gboolean first = g_str_equal (order[i], "A");
      g_autoptr (McRuling) ruling = ruled (said[i]);
      g_autofree char *repeated =
          mc_story_take (story, make (story, order[i], steps[first ? 0 : 1], state), ruling, FALSE);
    }
  return mc_story_tips (story, MC_GROUP_STATUS);
}

static void
check_order (const char *state, const char *const *steps, const char *const *order)
{
  g_autoptr (McStory) province = mc_story_new ();
  g_autofree char *tips = NULL;
  char *said[2];

  begin (province, state);
  for (guint i = 0; i < 2; i++)
    said[i] =
        mc_story_take (province,
                       make (province, order[i], steps[g_str_equal (order[i], "A") ? 0 : 1], state),
                       NULL,
                       FALSE);
  tips = mc_story_tips (province, MC_GROUP_STATUS);
  /* Neither is refused, and both are there for a person to see: what they say is not equal. */
  g_assert_false (g_str_has_prefix (said[0], "'refused"));
  g_assert_false (g_str_has_prefix (said[1], "'refused"));
  g_assert_nonnull (strstr (tips, "A"));
  g_assert_nonnull (strstr (tips, "B"));
  for (guint mine = 0; mine < 2; mine++)
    {
      g_autofree char *shown = desk_shows (state, steps, mine, order, said);

      g_assert_cmpstr (shown, ==, tips);
    }
  g_free (said[0]);
  g_free (said[1]);
}

static void
test_every_pair (void)
{
  static const char *const orders[][2] = { { "A", "B" }, { "B", "A" } };
  const McWorkflow *workflow = mc_workflow_usual ();
  GPtrArray *states = mc_workflow_states (workflow);
  GPtrArray *steps = mc_workflow_steps (workflow);
  guint pairs = 0;

  for (guint s = 0; s < states->len; s++)
    for (guint a = 0; a < steps->len; a++)
      for (guint b = 0; b < steps->len; b++)
        {
          const char *state = ((McState *)states->pdata[s])->id;
          const char *const both[] = { ((McStep *)steps->pdata[a])->id,
                                       ((McStep *)steps->pdata[b])->id };

          if (mc_workflow_target (workflow, state, both[0]) == NULL ||
              mc_workflow_target (workflow, state, both[1]) == NULL)
            continue;
          g_test_message ("%s and %s from %s", both[0], both[1], state);
          check_order (state, both, orders[0]);
          check_order (state, both, orders[1]);
          pairs++;
        }
  g_assert_cmpuint (pairs, >, 200);
}

/* From no state is a step taken that its workflow does not know there, whoever says it leads where;
 * and none without what it needs. */
static void
test_no_other_step (void)
{
  const McWorkflow *workflow = mc_workflow_usual ();
  GPtrArray *states = mc_workflow_states (workflow);
  GPtrArray *steps = mc_workflow_steps (workflow);
  guint refused = 0;

  for (guint s = 0; s < states->len; s++)
    for (guint t = 0; t < states->len; t++)
      for (guint i = 0; i < steps->len; i++)
        {
          const McStep *step = steps->pdata[i];
          const char *from = ((McState *)states->pdata[s])->id;
          const char *to = ((McState *)states->pdata[t])->id;
          g_autofree char *body =
              g_strdup_printf ("{'step':'%s','state':'%s','raw':'2026-12-01','note':'x','assignee':"
                               "'y','due':'2026-12-01T17:00','calendar':'1'}",
                               step->id,
                               to);
          gboolean right = g_strcmp0 (mc_workflow_target (workflow, from, step->id), to) == 0;
          g_autoptr (McStory) story = mc_story_new ();
          g_autofree char *ruling = NULL;

          begin (story, from);
          ruling =
              mc_story_take (story,
                             mc_story_op ("A", MC_VERB_STEP, body, "{'status':['S']}", "relied"),
                             NULL,
                             FALSE);
          g_test_message ("%s from %s to %s", step->id, from, to);
          g_assert_cmpint (g_str_equal (ruling, "'refused:step'"), ==, !right);
          refused += right ? 0 : 1;
        }
  g_assert_cmpuint (refused, >, 1000);
}

static void
test_what_it_needs (void)
{
  static const struct
  {
    const char *body, *ruling;
  } rows[] = {
    { "{'step':'refuse','state':'refused'}", "'refused:lacks'" },
    { "{'step':'refuse','state':'refused','note':''}", "'refused:lacks'" },
    { "{'step':'refuse','state':'refused','note':'x'}", "'applied'" },
    { "{'step':'assign','state':'handling'}", "'refused:lacks'" },
    { "{'step':'postpone','state':'received','note':'x'}", "'refused:lacks'" },
    { "{'step':'postpone','state':'received','note':'x','due':'2026-12-01T17:00'}", "'applied'" },
    { "{'step':'postpone','state':'handling','note':'x','due':'2026-12-01T17:00'}",
      "'refused:step'" },
    { "{'step':'reschedule','state':'received','note':'x','due':'2026-12-01T17:00'}",
      "'refused:lacks'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McStory) story = mc_story_new ();
      g_autofree char *ruling = NULL;

      begin (story, MC_STATE_RECEIVED);
      ruling = mc_story_tell (story, "A", MC_VERB_STEP, rows[i].body, "{'status':['S']}");
      g_assert_cmpstr (ruling, ==, rows[i].ruling);
    }
}

/* Once may a result be put off; the second time says why again. */
static void
test_once_put_off (void)
{
#define POSTPONE "'step':'postpone','state':'received','note':'x','apology':'2026-11-24T08:00'"
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *again = NULL;

  begin (story, MC_STATE_RECEIVED);
  once = mc_story_tell (story,
                        "A",
                        MC_VERB_STEP,
                        "{" POSTPONE ",'due':'2026-12-01T17:00'}",
                        "{'status':['S']}");
  twice = mc_story_tell (story,
                         "B",
                         MC_VERB_STEP,
                         "{" POSTPONE ",'due':'2026-12-09T17:00'}",
                         "{'status':['A']}");
  again = mc_story_tell (story,
                         "C",
                         MC_VERB_STEP,
                         "{" POSTPONE ",'due':'2026-12-09T17:00','again':'y'}",
                         "{'status':['A']}");
  g_assert_cmpstr (once, ==, "'applied'");
  g_assert_cmpstr (twice, ==, "'refused:again'");
  g_assert_cmpstr (again, ==, "'applied'");
}

/* A dossier of before there were workflows: an op that was good then is good now, though the usual
 * workflow knows it no more, and what came later is possible there too. */
static void
test_older_dossier (void)
{
  static const struct
  {
    const char *body, *ruling;
  } rows[] = {
    { "{'step':'withdraw'}", "'applied'" },
    { "{'step':'withdraw','state':'withdrawn','note':'x'}", "'refused:step'" },
    { "{'step':'complete'}", "'refused:step'" },
  };
  g_autoptr (McStory) fresh = mc_story_new ();
  g_autofree char *refused = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McStory) story = mc_story_new ();
      g_autoptr (McRuling) applied = mc_ruling_parse ("\"applied\"", NULL);
      g_autofree char *approved = NULL;
      g_autofree char *ruling = NULL;

      mc_story_receive (story);
      approved = mc_story_take (
          story,
          mc_story_op ("S", MC_VERB_STEP, "{'step':'approve'}", "{'status':['R']}", "x"),
          applied,
          FALSE);
      ruling = mc_story_tell (story, "A", MC_VERB_STEP, rows[i].body, "{'status':['S']}");
      g_assert_cmpstr (ruling, ==, rows[i].ruling);
    }
  mc_story_receive (fresh);
  refused = mc_story_tell (fresh,
                           "A",
                           MC_VERB_STEP,
                           "{'step':'refuse','state':'refused','note':'x'}",
                           "{'status':['R']}");
  g_assert_cmpstr (refused, ==, "'applied'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workflow-pairs/every-pair", test_every_pair);
  g_test_add_func ("/workflow-pairs/no-other-step", test_no_other_step);
  g_test_add_func ("/workflow-pairs/what-it-needs", test_what_it_needs);
  g_test_add_func ("/workflow-pairs/once-put-off", test_once_put_off);
  g_test_add_func ("/workflow-pairs/older-dossier", test_older_dossier);
  return g_test_run ();
}
