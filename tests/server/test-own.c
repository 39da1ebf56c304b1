/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an office makes for itself: its own version of a procedure, and what its helper prepares. */
#include "test-desk.h"

#include "mc-group.h"
#include "mc-id.h"
#include "mc-judge.h"
#include <string.h>

#define OWN_CODE "R.001"

typedef struct
{
  TestProvince *test;
  TestDesk *desk;
  TestDesk *other; /* of office B */
  char *record;
} Scene;

static void
set_up (Scene *scene, gconstpointer data)
{
  scene->test = test_province_new ();
  scene->desk = test_desk_enrol (scene->test, scene->test->office_a);
  scene->other = test_desk_enrol (scene->test, scene->test->office_b);
  scene->record = mc_id_new (scene->test->now_ms);
}

static void
tear_down (Scene *scene, gconstpointer data)
{
  test_sound (scene->test);
  g_free (scene->record);
  test_desk_free (scene->desk);
  test_desk_free (scene->other);
  test_province_free (scene->test);
}

/* What is of version 4 is told with its outcome, for older readers. */
static void
push (Scene *scene, TestDesk *desk, const McOp *op, McVerdict expected)
{
  const char *lines[] = { op->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (scene->test, desk, lines);
  g_autoptr (McRuling) ruling = mc_ruling_parse (test_word (answer, op), NULL);

  g_assert_nonnull (ruling);
  g_assert_false (ruling->refused);
  g_assert_nonnull (ruling->outcome);
  g_assert_cmpint (mc_ruling_worst (ruling), ==, expected);
}

static McOp *
own (Scene *scene, const char *by, const char *office, const char *code, const char *parent)
{
  return test_desk_op (scene->desk,
                       by,
                       scene->record,
                       MC_VERB_OWN,
                       json_pack ("{s:{s:s,s:s,s:s,s:[{s:s,s:s,s:[s]}]},s:s}",
                                  "procedure",
                                  "code",
                                  code,
                                  "name",
                                  "Xác nhận riêng của xã",
                                  "office",
                                  office,
                                  "cases",
                                  "id",
                                  "thuong",
                                  "name",
                                  "Trường hợp chung",
                                  "channels",
                                  "direct",
                                  "version",
                                  "R-1"),
                       parent != NULL ? test_base (MC_GROUP_PROCEDURE, parent) : json_object ());
}

static McOp *
receive_under (TestDesk *desk, const char *by, const char *code)
{
  g_autofree char *record = mc_id_new (desk->at / 1000 + 1);

  return test_desk_op (desk,
                       by,
                       record,
                       MC_VERB_RECEIVE,
                       json_pack ("{s:s,s:s,s:s,s:s,s:s,s:{s:s}}",
                                  "office",
                                  desk->office,
                                  "code",
                                  "H05.032.07-261121-0001001",
                                  "procedure",
                                  code,
                                  "channel",
                                  "direct",
                                  "received",
                                  "2026-11-21T08:10",
                                  "applicant",
                                  "name",
                                  "Bé"),
                       json_object ());
}

/* The leader's word reaches every desk of the office and no other, and dossiers are received by it.
 */
static void
test_of_the_leader (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autoptr (McOp) made = own (scene, test->leader, test->office_a, OWN_CODE, NULL);
  g_autoptr (McOp) mended = own (scene, test->leader, test->office_a, OWN_CODE, made->id);
  g_autoptr (McOp) here = receive_under (scene->desk, test->clerk, OWN_CODE);
  g_autoptr (McOp) elsewhere = receive_under (scene->other, test->clerk_b, OWN_CODE);
  g_autofree char *told = NULL;
  g_autofree char *others = NULL;

  g_assert_cmpint (made->version, ==, 4);
  push (scene, scene->desk, made, MC_VERDICT_APPLIED);
  push (scene, scene->desk, mended, MC_VERDICT_APPLIED);
  test_push (test, scene->desk, here, "\"applied\"");
  test_push (test, scene->other, elsewhere, "\"refused:procedure\"");
  told = test_told (test, scene->desk, scene->record);
  others = test_told (test, scene->other, scene->record);
  g_assert_cmpstr (told, ==, "op op");
  g_assert_cmpstr (others, ==, "");
}

/* Nobody else's, and for no other office. */
static void
test_of_nobody_else (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autoptr (McOp) clerk = own (scene, test->clerk, test->office_a, OWN_CODE, NULL);
  g_autoptr (McOp) stranger = own (scene, test->leader, test->office_b, OWN_CODE, NULL);
  g_autoptr (McOp) receive = test_desk_receive (scene->desk, test->clerk);
  g_autoptr (McOp) astray = NULL;

  test_push (test, scene->desk, clerk, "\"refused:role\"");
  test_push (test, scene->desk, stranger, "\"refused:office\"");
  test_push (test, scene->desk, receive, "\"applied\"");
  /* A dossier is no procedure. */
  g_free (scene->record);
  scene->record = g_strdup (receive->on);
  astray = own (scene, test->leader, test->office_a, OWN_CODE, receive->id);
  test_push (test, scene->desk, astray, "\"refused:record\"");
}

/* What the province publishes leaves an office's own version alone. */
static void
test_published_beside (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autoptr (McOp) made = own (scene, test->leader, test->office_a, TEST_PROCEDURE, NULL);
  g_autoptr (json_t) file = json_pack ("{s:[{s:s,s:{s:s,s:i},s:s}]}",
                                       "overrides",
                                       "code",
                                       TEST_PROCEDURE,
                                       "fee",
                                       "kind",
                                       "fixed",
                                       "amount",
                                       8000,
                                       "source",
                                       "NQ 5/2026");
  guint changed = 0;
  guint total = 0;

  push (scene, scene->desk, made, MC_VERDICT_APPLIED);
  g_assert_true (mc_province_import (test->province, file, &changed, &total, NULL));
  g_assert_cmpuint (changed, ==, 1);
  g_autofree char *told = test_told (test, scene->desk, scene->record);
  g_assert_cmpstr (told, ==, "op");
}

static McOp *
prepare (Scene *scene, const char *by, const char *office)
{
  return test_desk_op (scene->desk,
                       by,
                       scene->record,
                       MC_VERB_PREPARE,
                       json_pack ("{s:s,s:s,s:s,s:s,s:b,s:{s:s}}",
                                  "office",
                                  office,
                                  "procedure",
                                  TEST_PROCEDURE,
                                  "name",
                                  "Hồ Thị Giúp",
                                  "until",
                                  "2026-12-21",
                                  "consent",
                                  1,
                                  "applicant",
                                  "name",
                                  "Nguyễn Văn Mẫu"),
                       json_object ());
}

static McOp *
ended_as (TestDesk *desk, const char *by, const McOp *made, const McOp *dossier)
{
  return test_desk_op (desk,
                       by,
                       made->on,
                       MC_VERB_END,
                       json_pack ("{s:s,s:s,s:s}",
                                  "how",
                                  "received",
                                  "dossier",
                                  dossier->on,
                                  "code",
                                  mc_json_string (dossier->body, "code")),
                       test_base (MC_GROUP_ENDED, made->id));
}

/* Two clerks take up one preparation apart: two dossiers, and both say so. */
static void
test_prepared_twice (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autofree char *helper = test_add_staff (test, test->office_a, "giup", MC_ROLE_HELPER);
  g_autoptr (TestDesk) second = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) made = prepare (scene, helper, test->office_a);
  g_autoptr (McOp) one = test_desk_receive (scene->desk, test->clerk);
  g_autoptr (McOp) two = test_desk_receive (second, test->clerk);
  g_autoptr (McOp) first = ended_as (scene->desk, test->clerk, made, one);
  g_autoptr (McOp) later = ended_as (second, test->clerk, made, two);
  g_autofree char *said = NULL;
  g_autofree char *answered = NULL;

  push (scene, scene->desk, made, MC_VERDICT_APPLIED);
  test_push (test, scene->desk, one, "\"applied\"");
  push (scene, scene->desk, first, MC_VERDICT_APPLIED);
  test_push (test, second, two, "\"applied\"");
  push (scene, second, later, MC_VERDICT_CONTESTED);
  said = test_told (test, scene->desk, one->on);
  answered = test_told (test, scene->desk, two->on);
  /* Received, named as what the preparation became, and named by the province on both. */
  g_assert_cmpstr (said, ==, "op op op op");
  g_assert_cmpstr (answered, ==, "op op op op");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op WHERE verb = 'dossier.twin'"),
                   ==,
                   2);
}

/* Only helpers prepare, with the resident's consent, for their own office; a clerk does not. */
static void
test_prepared_by (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autofree char *helper = test_add_staff (test, test->office_a, "giup", MC_ROLE_HELPER);
  g_autoptr (McOp) clerk = prepare (scene, test->clerk, test->office_a);
  g_autoptr (McOp) stranger = prepare (scene, helper, test->office_b);
  g_autoptr (McOp) receive = test_desk_receive (scene->desk, helper);

  test_push (test, scene->desk, clerk, "\"refused:role\"");
  test_push (test, scene->desk, stranger, "\"refused:office\"");
  test_push (test, scene->desk, receive, "\"refused:role\"");
}

static McOp *
of_papers (Scene *scene, TestDesk *desk, const char *by, const char *office, const char *parent)
{
  return test_desk_op (desk,
                       by,
                       office,
                       MC_VERB_PAPERS,
                       json_pack ("{s:{s:{s:s}}}", "groups", "papers:02", "title", "Phiếu"),
                       test_base ("papers:02", parent));
}

/* How an office's papers look is its leader's word, for its own desks alone; what it printed that
 * is no dossier's anybody there may say. */
static void
test_papers (Scene *scene, gconstpointer data)
{
  TestProvince *test = scene->test;
  g_autofree char *who =
      g_strdup_printf ("SELECT creator FROM record WHERE id = '%s'", test->office_a);
  g_autofree char *made = test_text (test, who);
  g_autoptr (McOp) said = of_papers (scene, scene->desk, test->leader, test->office_a, made);
  g_autoptr (McOp) apart = of_papers (scene, scene->desk, test->leader, test->office_a, made);
  g_autoptr (McOp) clerk = of_papers (scene, scene->desk, test->clerk, test->office_a, said->id);
  g_autoptr (McOp) stranger =
      of_papers (scene, scene->desk, test->leader, test->office_b, said->id);
  g_autoptr (McOp) settled =
      test_desk_op (scene->desk,
                    test->leader,
                    test->office_a,
                    MC_VERB_SETTLE,
                    json_pack ("{s:s,s:{s:s}}", "group", "papers:02", "value", "title", "x"),
                    test_base ("papers:02", said->id));
  g_autoptr (McOp) printed = test_desk_op (scene->desk,
                                           test->clerk,
                                           test->office_a,
                                           MC_VERB_PRINTED,
                                           json_pack ("{s:s}", "text", "In: Sổ theo dõi hồ sơ"),
                                           test_base (MC_GROUP_NOTE, made));
  g_autofree char *others = NULL;

  g_assert_cmpint (said->version, ==, 5);
  push (scene, scene->desk, said, MC_VERDICT_APPLIED);
  push (scene, scene->desk, apart, MC_VERDICT_MERGED);
  test_push (test, scene->desk, clerk, "\"refused:role\"");
  test_push (test, scene->desk, stranger, "\"refused:office\"");
  test_push (test, scene->desk, settled, "\"refused:format\"");
  push (scene, scene->desk, printed, MC_VERDICT_APPLIED);
  others = g_strdup_printf ("SELECT count(*) FROM feed f JOIN op o ON o.id = f.op "
                            "WHERE o.verb LIKE 'paper%%' AND f.office <> '%s'",
                            test->office_a);
  g_assert_cmpint (test_number (test, others), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
#define ADD(name, func) g_test_add ("/server/own/" name, Scene, NULL, set_up, func, tear_down)
  ADD ("leader", test_of_the_leader);
  ADD ("nobody-else", test_of_nobody_else);
  ADD ("papers", test_papers);
  ADD ("published-beside", test_published_beside);
  ADD ("prepared-twice", test_prepared_twice);
  ADD ("prepared-by", test_prepared_by);
  return g_test_run ();
}
