/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may do what: everything beyond it is refused with a word, kept, and blocks nothing. */
#include "test-desk.h"

#include "mc-id.h"
#include "mc-ledger.h"

static void
test_staff (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *nobody = mc_id_new (MC_BUILD_MS);
  g_autoptr (McOp) unknown = test_desk_receive (desk, nobody);
  g_autoptr (McOp) foreign = test_desk_receive (desk, test->clerk_b);
  g_autoptr (McOp) before = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) after = test_desk_receive (desk, test->clerk);
  McStaffChange gone = { test->office_a, "an", NULL, MC_ROLE_UNKNOWN, 0 };
  g_autoptr (GError) error = NULL;

  test_push (test, desk, unknown, "\"refused:staff\"");
  test_push (test, desk, foreign, "\"refused:staff\"");
  test_push (test, desk, before, "\"applied\"");
  g_assert_true (mc_province_set_staff (test->province, &gone, &error));
  test_push (test, desk, after, "\"refused:staff\"");
  /* What was judged stays as it was. */
  test_push (test, desk, before, "\"applied\"");
  test_sound (test);
}

static void
test_role (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) by_leader = test_desk_receive (desk, test->leader);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) beyond = test_desk_step (desk, test->clerk, receive, "appraise", NULL);
  g_autoptr (McOp) appraise = test_desk_step (desk, test->officer, receive, "appraise", NULL);
  g_autoptr (McOp) approve = test_desk_step (desk, test->officer, appraise, "approve", "0");

  test_push (test, desk, by_leader, "\"refused:role\"");
  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, beyond, "\"refused:role\"");
  test_push (test, desk, appraise, "\"applied\"");
  test_push (test, desk, approve, "\"refused:role\"");
  test_sound (test);
}

static void
test_impossible_step (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) approve = test_desk_step (desk, test->leader, receive, "approve", "0");
  g_autoptr (McFeedEntry) entry = NULL;

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, approve, "\"refused:step\"");
  entry = test_find (test, desk, approve->id);
  g_assert_cmpstr (entry->ruling, ==, "\"refused:step\"");
  test_sound (test);
}

static void
test_admin_verb (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *admin = test_add_staff (test, test->office_a, "quan-tri", MC_ROLE_ADMIN);
  g_autofree char *record = mc_id_new (MC_BUILD_MS);
  g_autoptr (McOp) raise = test_desk_op (desk,
                                         admin,
                                         record,
                                         MC_VERB_STAFF,
                                         json_pack ("{s:s,s:s,s:s,s:s}",
                                                    "office",
                                                    test->office_a,
                                                    "login",
                                                    "ma",
                                                    "name",
                                                    "Ma",
                                                    "role",
                                                    "leader"),
                                         json_object ());

  test_push (test, desk, raise, "\"refused:role\"");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM staff WHERE login = 'ma'"), ==, 0);
  test_sound (test);
}

/* A dossier is no business of an office that does not see it: not to change, not to read. */
static void
test_other_office (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (test, test->office_b);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) meddle = test_desk_set (other, test->clerk_b, receive, "0900000000");
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, receive, "0912345678");
  g_autoptr (McFeedEntry) theirs = NULL;
  g_autoptr (McFeedEntry) leaked = NULL;

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, other, meddle, "\"refused:office\"");
  test_push (test, desk, set, "\"applied\"");
  theirs = test_find (test, other, meddle->id);
  g_assert_cmpstr (theirs->ruling, ==, "\"refused:office\"");
  leaked = test_find (test, other, receive->id);
  g_assert_null (leaked);
  test_sound (test);
}

static void
test_receive_elsewhere (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (test, test->office_b);
  g_autoptr (McOp) receive = NULL;
  g_autoptr (McOp) again = NULL;

  g_free (desk->office);
  desk->office = g_strdup (test->office_b);
  receive = test_desk_receive (desk, test->clerk);
  test_push (test, desk, receive, "\"refused:office\"");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM sight"), ==, 0);
  /* On what nobody has made, nothing can be done. */
  again = test_desk_set (desk, test->clerk, receive, "0912345678");
  test_push (test, desk, again, "\"refused:record\"");
  test_sound (test);
}

/* The record ids of offices and staff are known to every desk. */
static void
test_admin_record (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McSyncAnswer) answer = test_pull (test, desk, 1);
  const McFeedEntry *entry = answer->entries->pdata[0];
  g_autoptr (McOp) office = mc_op_parse (entry->line, -1, NULL);
  g_autoptr (McOp) set = NULL;

  g_assert_cmpstr (office->verb, ==, MC_VERB_OFFICE);
  set = test_desk_set (desk, test->clerk, office, "0912345678");
  test_push (test, desk, set, "\"refused:office\"");
  test_sound (test);
}

static void
test_unknown_procedure (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *record = mc_id_new (MC_BUILD_MS);
  g_autoptr (McOp) receive = test_desk_op (desk,
                                           test->clerk,
                                           record,
                                           MC_VERB_RECEIVE,
                                           json_pack ("{s:s,s:s,s:s,s:s,s:s,s:{s:s}}",
                                                      "office",
                                                      test->office_a,
                                                      "code",
                                                      "H05.032.07-261121-0001001",
                                                      "procedure",
                                                      "9.999999",
                                                      "channel",
                                                      "direct",
                                                      "received",
                                                      "2026-11-21T08:10",
                                                      "applicant",
                                                      "name",
                                                      "Bé"),
                                           json_object ());

  test_push (test, desk, receive, "\"refused:procedure\"");
  test_sound (test);
}

/* A refused op is transparent: who built on it is judged by what it was built on. */
static void
test_built_on_refused (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) refused = test_desk_set (desk, test->leader, receive, "0900000000");
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, refused, "0912345678");

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, refused, "\"refused:role\"");
  test_push (test, desk, set, "\"applied\"");
  test_sound (test);
}

/* A postal agent receives what its contract names; lifted, everything again. */
static void
test_agent (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *agent = test_add_staff (test, test->office_a, "buu-cuc", MC_ROLE_AGENT);
  McStaffChange change = { test->office_a, "buu-cuc", NULL, MC_ROLE_UNKNOWN, -1, "2.000635" };
  g_autoptr (McOp) free = test_desk_receive (desk, agent);
  g_autoptr (McOp) bound = test_desk_receive (desk, agent);
  g_autoptr (McOp) clerk = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) named = test_desk_receive (desk, agent);
  g_autoptr (McOp) lifted = test_desk_receive (desk, agent);

  test_push (test, desk, free, "\"applied\"");
  g_assert_true (mc_province_set_staff (test->province, &change, NULL));
  test_push (test, desk, bound, "\"refused:allowed\"");
  test_push (test, desk, clerk, "\"applied\"");
  change.receives = "2.000635," TEST_PROCEDURE;
  g_assert_true (mc_province_set_staff (test->province, &change, NULL));
  test_push (test, desk, named, "\"applied\"");
  change.receives = "all";
  g_assert_true (mc_province_set_staff (test->province, &change, NULL));
  test_push (test, desk, lifted, "\"applied\"");
  test_sound (test);
}

/* What is practised is nobody's dossier, whatever program sends it. */
static void
test_practice (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autofree char *office =
      mc_province_add_practice (test->province, "H05.032.99", "Tập huấn", NULL);
  g_autofree char *clerk = test_add_staff (test, office, "moi", MC_ROLE_CLERK);
  g_autoptr (TestDesk) desk = test_desk_enrol (test, office);
  g_autoptr (McOp) receive = test_desk_receive (desk, clerk);

  test_push (test, desk, receive, "\"refused:practice\"");
  test_sound (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/right/staff", test_staff);
  g_test_add_func ("/server/right/role", test_role);
  g_test_add_func ("/server/right/impossible-step", test_impossible_step);
  g_test_add_func ("/server/right/admin-verb", test_admin_verb);
  g_test_add_func ("/server/right/other-office", test_other_office);
  g_test_add_func ("/server/right/receive-elsewhere", test_receive_elsewhere);
  g_test_add_func ("/server/right/admin-record", test_admin_record);
  g_test_add_func ("/server/right/unknown-procedure", test_unknown_procedure);
  g_test_add_func ("/server/right/built-on-refused", test_built_on_refused);
  g_test_add_func ("/server/right/agent", test_agent);
  g_test_add_func ("/server/right/practice", test_practice);
  return g_test_run ();
}
