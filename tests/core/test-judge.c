/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a story of ops alone does not tell: what was read, what is forced, what is forged. */
#include "mc-op-make.h"

#include <string.h>

#define CONTACT(phone) "{'groups':{'contact':{'phone':'" phone "'}}}"
#define APPLICANT(name) "{'groups':{'applicant':{'name':'" name "'}}}"
#define FORM(text) "{'groups':{'form:loan':'" text "'}}"
#define BOTH(name, phone)                                                                          \
  "{'groups':{'applicant':{'name':'" name "'},'contact':{'phone':'" phone "'}}}"
#define STEP(step) "{'step':'" step "'}"
#define FEE "{'taken':8000,'method':'cash'}"
#define SETTLE_FEE "{'group':'fee','value':{'taken':8000,'method':'cash'}}"

/* [F4] Two fees of one amount are money twice, and stay a conflict on the screen whoever stands
 * first. */
static void
test_acts_stay_shown (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *settled = NULL;
  g_autofree char *late = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mc_story_receive (story);
  first = mc_story_tell (story, "A", MC_VERB_FEE, FEE, "{'fee':['R']}");
  g_assert_false (mc_group_contested (mc_record_group (story->record, "fee")));
  second = mc_story_tell (story, "B", MC_VERB_FEE, FEE, "{'fee':['R']}");
  g_assert_true (mc_group_contested (mc_record_group (story->record, "fee")));
  settled = mc_story_tell (story, "S", MC_VERB_SETTLE, SETTLE_FEE, "{'fee':['A','B']}");
  g_assert_false (mc_group_contested (mc_record_group (story->record, "fee")));
  late = mc_story_tell (story, "C", MC_VERB_FEE, FEE, "{'fee':['R']}");
  g_assert_true (mc_group_contested (mc_record_group (story->record, "fee")));
  g_assert_cmpuint (mc_record_contested (story->record), ==, 1);
}

/* [F11] Who decides names what he read; where it has changed since, his decision is contested. */
static void
test_read (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *appraised = NULL;
  g_autofree char *read = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *stale = NULL;
  g_autofree char *tips = NULL;
  g_autofree char *again = NULL;

  mc_story_receive (story);
  appraised = mc_story_tell (story, "A", MC_VERB_STEP, STEP ("appraise"), "{'status':['R']}");
  read = mc_record_read (story->record);
  changed = mc_story_tell (story, "X", MC_VERB_SET, APPLICANT ("khác"), "{'applicant':['R']}");
  stale =
      mc_story_take (story,
                     mc_story_op ("B", MC_VERB_STEP, STEP ("approve"), "{'status':['A']}", read),
                     NULL,
                     FALSE);
  g_assert_cmpstr (stale, ==, "{'status':'contested'}");
  tips = mc_story_tips (story, "status");
  g_assert_cmpstr (tips, ==, "A B");
  again = mc_record_read (story->record);
  g_assert_cmpstr (again, !=, read);
}

/* Notes and the fee are no content: a decision does not wait for them. */
static void
test_read_holds (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *appraised = NULL;
  g_autofree char *read = NULL;
  g_autofree char *note = NULL;
  g_autofree char *fee = NULL;
  g_autofree char *approved = NULL;

  mc_story_receive (story);
  appraised = mc_story_tell (story, "A", MC_VERB_STEP, STEP ("appraise"), "{'status':['R']}");
  read = mc_record_read (story->record);
  note = mc_story_tell (story, "N", MC_VERB_NOTE, "{'text':'x'}", "{'note':['R']}");
  fee = mc_story_tell (story, "F", MC_VERB_FEE, FEE, "{'fee':['R']}");
  approved =
      mc_story_take (story,
                     mc_story_op ("B", MC_VERB_STEP, STEP ("approve"), "{'status':['A']}", read),
                     NULL,
                     FALSE);
  g_assert_cmpstr (approved, ==, "'applied'");
}

/* [F16] Judged without a parent that nobody has: never applied, never refused. */
static void
test_alone (void)
{
  static const struct
  {
    const char *name, *verb, *body, *base, *ruling, *group, *tips;
  } rows[] = {
    { "A",
      MC_VERB_SET,
      CONTACT ("1"),
      "{'contact':['R','gone']}",
      "{'contact':'contested'}",
      "contact",
      "R A" },
    { "B",
      MC_VERB_SET,
      CONTACT ("0"),
      "{'contact':['R']}",
      "{'contact':'contested'}",
      "contact",
      "R A B" },
    { "C",
      MC_VERB_STEP,
      STEP ("return"),
      "{'status':['R']}",
      "{'status':'contested'}",
      "status",
      "R C" },
    { "D",
      MC_VERB_SET,
      FORM ("x"),
      "{'form:loan':['gone']}",
      "{'form:loan':'contested'}",
      "form:loan",
      "R D" },
    { "E", MC_VERB_NOTE, "{'text':'x'}", "{'note':['gone']}", "'applied'", "note", "" },
  };
  g_autoptr (McStory) story = mc_story_new ();

  mc_story_receive (story);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      McOp *op = mc_story_op (rows[i].name, rows[i].verb, rows[i].body, rows[i].base, NULL);
      g_autofree char *ruling = mc_story_take (story, op, NULL, TRUE);
      g_autofree char *tips = mc_story_tips (story, rows[i].group);

      g_assert_cmpstr (ruling, ==, rows[i].ruling);
      g_assert_cmpstr (tips, ==, rows[i].tips);
    }
}

/* [F18] A replica says what the province said, and never its own, also of what it cannot read. */
static void
test_forced (void)
{
  static const struct
  {
    const char *name, *verb, *body, *base, *forced, *group, *tips;
  } rows[] = {
    { "A", MC_VERB_SET, CONTACT ("1"), "{'contact':['R']}", "\"applied\"", "contact", "A" },
    { "B", MC_VERB_SET, CONTACT ("2"), "{'contact':['A']}", "\"refused:role\"", "contact", "A" },
    { "C",
      MC_VERB_SET,
      CONTACT ("3"),
      "{'contact':['A']}",
      "{\"contact\":\"contested\"}",
      "contact",
      "A C" },
    { "D",
      MC_VERB_SET,
      CONTACT ("1"),
      "{'contact':['R']}",
      "{\"contact\":\"merged\"}",
      "contact",
      "A D C" },
    { "E", MC_VERB_STEP, STEP ("return"), "{'status':['R']}", "\"applied\"", "status", "E" },
    { "F", "dossier.archive", "{}", "{}", "{\"shelf\":\"contested\"}", "status", "E" },
    { "G",
      MC_VERB_SET,
      BOTH ("x", "9"),
      "{'applicant':['R'],'contact':['A','D','C']}",
      "{\"applicant\":\"contested\",\"contact\":\"applied\"}",
      "contact",
      "G" },
  };
  g_autoptr (McStory) story = mc_story_new ();

  mc_story_receive (story);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      McOp *op = mc_story_op (rows[i].name, rows[i].verb, rows[i].body, rows[i].base, NULL);
      g_autoptr (McRuling) forced = mc_ruling_parse (rows[i].forced, NULL);
      g_autofree char *said = g_strdelimit (g_strdup (rows[i].forced), "\"", '\'');
      g_autofree char *ruling = mc_story_take (story, op, forced, FALSE);
      g_autofree char *tips = mc_story_tips (story, rows[i].group);

      g_assert_cmpstr (ruling, ==, said);
      g_assert_cmpstr (tips, ==, rows[i].tips);
    }
}

/* [F5] The word on an op of this office, on a dossier that was never here, or is here no more. */
static void
test_forced_without_record (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autoptr (McRuling) forced = mc_ruling_parse ("{\"contact\":\"contested\"}", NULL);
  g_autofree char *unforced =
      mc_story_tell (story, "A", MC_VERB_SET, CONTACT ("1"), "{'contact':['R']}");
  g_autofree char *said =
      mc_story_take (story,
                     mc_story_op ("B", MC_VERB_SET, CONTACT ("1"), "{'contact':['R']}", NULL),
                     forced,
                     FALSE);

  g_assert_cmpstr (unforced, ==, "'refused:record'");
  g_assert_cmpstr (said, ==, "{'contact':'contested'}");
  g_assert_cmpuint (g_hash_table_size (story->record->groups), ==, 0);
}

/* An approved dossier elsewhere is no ground for returning this one, nor for settling it as
 * approved. */
static void
test_ground_is_this_record (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  McOp *foreign = mc_story_op ("F", MC_VERB_STEP, STEP ("approve"), "{'status':['R']}", NULL);
  g_autofree char *step = NULL;
  g_autofree char *settled = NULL;

  mc_story_receive (story);
  g_free (foreign->on);
  foreign->on = g_strdup (mc_story_id ("other"));
  g_hash_table_insert (story->ops, foreign->id, foreign);
  step = mc_story_tell (story, "A", MC_VERB_STEP, STEP ("return"), "{'status':['R','F']}");
  g_assert_cmpstr (step, ==, "'refused:step'");
  settled = mc_story_tell (story,
                           "B",
                           MC_VERB_SETTLE,
                           "{'group':'status','value':{'state':'approved'}}",
                           "{'status':['R','F']}");
  g_assert_cmpstr (settled, ==, "'refused:step'");
}

/* [F13] A long chain of refused ops, each naming two before it, ends soon. */
static void
test_refused_web (void)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autoptr (McRuling) refused = mc_ruling_refuse ("role");
  g_autofree char *last = NULL;

  mc_story_receive (story);
  for (guint i = 2; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("X%u", i);
      g_autofree char *base = g_strdup_printf ("{'status':['X%u','X%u','R']}", i - 1, i - 2);
      g_autofree char *said =
          mc_story_take (story,
                         mc_story_op (name, MC_VERB_STEP, STEP ("appraise"), base, NULL),
                         refused,
                         FALSE);
    }
  last = mc_story_tell (story, "A", MC_VERB_STEP, STEP ("appraise"), "{'status':['X58','X59']}");
  g_assert_cmpstr (last, ==, "'applied'");
}

/* Every step from every state, against the table of the workflow. */
static void
test_every_step (void)
{
  static const char *const steps[] = { "appraise", "supplement", "complete",
                                       "approve",  "return",     "withdraw" };
  static const struct
  {
    const char *state;
    const char *possible;
  } rows[] = {
    { "received", "appraise supplement withdraw" },
    { "appraised", "supplement approve withdraw" },
    { "supplement", "complete withdraw" },
    { "approved", "return withdraw" },
    { "returned", "" },
    { "withdrawn", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint s = 0; s < G_N_ELEMENTS (steps); s++)
      {
        g_autoptr (McStory) story = mc_story_new ();
        g_autoptr (McRuling) forced = mc_ruling_parse ("\"applied\"", NULL);
        g_autofree char *body =
            g_strdup_printf ("{'group':'status','value':{'state':'%s'}}", rows[i].state);
        g_autofree char *step = g_strdup_printf ("{'step':'%s'}", steps[s]);
        g_autofree char *set = NULL;
        g_autofree char *ruling = NULL;

        mc_story_receive (story);
        set = mc_story_take (story,
                             mc_story_op ("A", MC_VERB_SETTLE, body, "{'status':['R']}", NULL),
                             forced,
                             FALSE);
        ruling = mc_story_tell (story, "B", MC_VERB_STEP, step, "{'status':['A']}");
        g_assert_cmpstr (ruling,
                         ==,
                         strstr (rows[i].possible, steps[s]) ? "'applied'" : "'refused:step'");
      }
}

/* Bodies that nobody checked must not bring the judge down. */
static void
test_unchecked_bodies (void)
{
  static const char *const verbs[] = {
    MC_VERB_RECEIVE, MC_VERB_SET,  MC_VERB_STEP,    MC_VERB_ATTACH,
    MC_VERB_FEE,     MC_VERB_NOTE, MC_VERB_SETTLE,  MC_VERB_OFFICE,
    MC_VERB_STAFF,   "x",          MC_VERB_CALENDAR
  };
  static const char *const bodies[] = { "{}",
                                        "{'groups':[]}",
                                        "{'groups':{'':1,'a\\tb':2,'status':null,'contact':null}}",
                                        "{'step':7}",
                                        "{'step':'fly'}",
                                        "{'part':[],'document':7}",
                                        "{'group':'contact'}",
                                        "{'group':'status','value':7}",
                                        "{'group':7,'value':{}}",
                                        "{'parts':{'../x':{}},'fee':7,'applicant':null}" };

  for (guint v = 0; v < G_N_ELEMENTS (verbs); v++)
    for (guint b = 0; b < G_N_ELEMENTS (bodies); b++)
      {
        g_autoptr (McStory) story = mc_story_new ();
        g_autofree char *first = NULL;
        g_autofree char *second = NULL;

        mc_story_receive (story);
        first = mc_story_tell (story, "A", verbs[v], bodies[b], "{'status':['R'],'contact':['R']}");
        second =
            mc_story_tell (story, "B", MC_VERB_STEP, STEP ("appraise"), "{'status':['A','R']}");
        g_assert_null (mc_record_group (story->record, ""));
        g_assert_null (mc_record_group (story->record, "a\tb"));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/[F4]/acts-stay-shown", test_acts_stay_shown);
  g_test_add_func ("/judge/[F11]/read", test_read);
  g_test_add_func ("/judge/[F11]/read-holds", test_read_holds);
  g_test_add_func ("/judge/[F16]/alone", test_alone);
  g_test_add_func ("/judge/[F18]/forced", test_forced);
  g_test_add_func ("/judge/[F5]/forced-without-record", test_forced_without_record);
  g_test_add_func ("/judge/[F13]/refused-web", test_refused_web);
  g_test_add_func ("/judge/forged/ground-is-this-record", test_ground_is_this_record);
  g_test_add_func ("/judge/every-step", test_every_step);
  g_test_add_func ("/judge/unchecked-bodies", test_unchecked_bodies);
  return g_test_run ();
}
