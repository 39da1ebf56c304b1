/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A province put back to an older copy of its database, and filled again by the offices. */
#include "test-desk.h"

#include "mc-judge.h"
#include <string.h>

/* A line as a desk holds it, with what the province said of it. */
static char *
held_line (TestProvince *test, TestDesk *desk, const McOp *op)
{
  g_autoptr (McFeedEntry) entry = test_find (test, desk, op->id);
  g_autoptr (McRuling) ruling = NULL;

  g_assert_nonnull (entry);
  ruling = mc_ruling_parse (entry->ruling, NULL);
  return mc_pushed_write (entry->line, entry->receipt, ruling->reason);
}

static void
push_held (TestProvince *test, TestDesk *desk, const char *text, const McOp *op, const char *ruling)
{
  g_autoptr (McSyncAnswer) answer = test_push_text (test, desk, text);

  g_assert_cmpstr (test_word (answer, op), ==, ruling);
}

/* Admitted stays admitted and refused stays refused, whatever became of the rights meanwhile. */
static void
test_receipts (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *trainee = test_add_staff (test, test->office_a, "em", MC_ROLE_LEADER);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) step = test_desk_step (desk, test->officer, receive, "appraise", NULL);
  g_autoptr (McOp) late = test_desk_step (desk, test->officer, receive, "appraise", NULL);
  g_autoptr (McOp) refused = test_desk_set (desk, trainee, receive, "0912345678");
  McStaffChange raise = { test->office_a, "em", NULL, MC_ROLE_CLERK, 1 };
  McStaffChange gone = { test->office_a, "binh", NULL, MC_ROLE_UNKNOWN, 0 };
  g_autofree char *receive_line = NULL;
  g_autofree char *step_line = NULL;
  g_autofree char *refused_line = NULL;
  g_autoptr (GError) error = NULL;

  test_province_copy (test);
  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, step, "\"applied\"");
  test_push (test, desk, refused, "\"refused:role\"");
  receive_line = held_line (test, desk, receive);
  step_line = held_line (test, desk, step);
  refused_line = held_line (test, desk, refused);
  test_province_restore (test);
  g_assert_true (mc_province_set_staff (test->province, &raise, &error));
  g_assert_true (mc_province_set_staff (test->province, &gone, &error));
  push_held (test, desk, receive_line, receive, "\"applied\"");
  push_held (test, desk, step_line, step, "\"applied\"");
  push_held (test, desk, refused_line, refused, "\"refused:role\"");
  test_push (test, desk, late, "\"refused:staff\"");
  test_sound (test);
}

/* What only seems to be a receipt spares nothing, and harms nothing. */
static void
test_forged_receipts (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) beyond = test_desk_step (desk, test->clerk, receive, "appraise", NULL);
  g_autoptr (McOp) more = test_desk_set (desk, test->leader, receive, "0912345678");
  g_autoptr (McOp) good = test_desk_set (desk, test->clerk, receive, "0912345678");
  g_autofree char *invented = mc_pushed_write (beyond->line, "AAAAAAAAAAAAAAAAAAAAAA", NULL);
  g_autofree char *other_op = NULL;
  g_autofree char *other_word = NULL;
  g_autoptr (McFeedEntry) entry = NULL;

  test_push (test, desk, receive, "\"applied\"");
  entry = test_find (test, desk, receive->id);
  other_op = mc_pushed_write (more->line, entry->receipt, NULL);
  other_word = mc_pushed_write (good->line, entry->receipt, "role");
  push_held (test, desk, invented, beyond, "\"refused:role\"");
  push_held (test, desk, other_op, more, "\"refused:role\"");
  push_held (test, desk, other_word, good, "\"applied\"");
  test_sound (test);
}

/* An orphan's receipt counts when its parents come. */
static void
test_orphan_receipt (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) step = test_desk_step (desk, test->officer, receive, "appraise", NULL);
  McStaffChange gone = { test->office_a, "binh", NULL, MC_ROLE_UNKNOWN, 0 };
  g_autofree char *step_line = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McFeedEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  test_province_copy (test);
  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, step, "\"applied\"");
  step_line = held_line (test, desk, step);
  test_province_restore (test);
  g_assert_true (mc_province_set_staff (test->province, &gone, &error));
  desk->left = 1;
  /* First without, then with it. */
  answer = test_push_text (test, desk, step->line);
  g_assert_cmpstr (test_missing (answer, step), ==, receive->id);
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_push_text (test, desk, step_line);
  g_assert_cmpstr (test_missing (answer, step), ==, receive->id);
  test_push (test, desk, receive, "\"applied\"");
  entry = test_find (test, desk, step->id);
  g_assert_cmpstr (entry->ruling, ==, "\"applied\"");
  test_sound (test);
}

/* A step that the province admitted is not measured a second time by what stands now. */
static void
test_step_not_measured_again (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) withdraw = test_desk_step (desk, test->clerk, receive, "withdraw", NULL);
  g_autoptr (McOp) late = test_desk_step (desk, test->officer, receive, "appraise", NULL);
  g_autofree char *line = NULL;

  test_push (test, desk, receive, "\"applied\"");
  test_province_copy (test);
  test_push (test, desk, late, "\"applied\"");
  line = held_line (test, desk, late);
  test_province_restore (test);
  /* The other came first this time: now they are two, and both are kept. */
  test_push (test, desk, withdraw, "\"applied\"");
  push_held (test, desk, line, late, "{\"status\":\"contested\"}");
  test_sound (test);
}

static char *
own_device (TestProvince *test)
{
  g_autoptr (TestDesk) any = test_desk_enrol (test, test->office_a);
  g_autoptr (McSyncAnswer) answer = test_push_lines (test, any, NULL);
  g_autoptr (McOp) op = NULL;

  for (guint i = answer->entries->len; op == NULL && i-- > 0;)
    {
      McOp *one = mc_op_parse (((McFeedEntry *)answer->entries->pdata[i])->line, -1, NULL);

      if (mc_verb_admin (one->verb))
        op = one;
      else
        mc_op_unref (one);
    }
  return g_strdup (op->device);
}

/* What the province did in the days that are lost comes back from a desk, and what it does now is
 * done by another device. */
static void
test_own_ops (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autofree char *before = own_device (test);
  g_autofree char *same = NULL;
  g_autofree char *after = NULL;
  g_autofree char *lost = NULL;
  g_autoptr (McSyncAnswer) page = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  g_autofree char *lost_line = NULL;
  g_autoptr (McOp) lost_op = NULL;

  test_province_reopen (test);
  g_free (test_add_staff (test, test->office_a, "ha", MC_ROLE_CLERK));
  same = own_device (test);
  g_assert_cmpstr (same, ==, before);
  g_clear_pointer (&page, mc_sync_answer_free);
  page = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);

  test_province_copy (test);
  lost = test_add_staff (test, test->office_a, "em", MC_ROLE_CLERK);
  g_clear_pointer (&page, mc_sync_answer_free);
  page = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  lost_line = g_strdup (((McFeedEntry *)page->entries->pdata[0])->line);
  lost_op = mc_op_parse (lost_line, -1, NULL);
  test_province_restore (test);
  g_free (test_add_staff (test, test->office_a, "lan", MC_ROLE_CLERK));
  after = own_device (test);
  g_assert_cmpstr (after, !=, before);

  desk->cursor = (McCursor){ 0 };
  test_push (test, desk, lost_op, "\"applied\"");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM staff WHERE login = 'em'"), ==, 1);
  test_sound (test);
}

/* Devices, their numbers and who is suspended are not forgotten: they stand beside the keys. */
static void
test_devices (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) dead = NULL;
  g_autoptr (TestDesk) stolen = NULL;
  g_autoptr (McOp) receive = NULL;
  g_autoptr (McDevice) known = NULL;
  g_autoptr (McDevice) suspended = NULL;
  g_autoptr (GError) error = NULL;

  test_province_copy (test);
  dead = test_desk_enrol (test, test->office_a);
  stolen = test_desk_enrol (test, test->office_a);
  g_assert_true (mc_province_suspend (test->province, stolen->id, TRUE, &error));
  receive = test_desk_receive (dead, test->clerk);
  test_push (test, dead, receive, "\"applied\"");
  test_province_restore (test);
  /* Its work is good though it never comes again: another desk has it. */
  test_push (test, desk, receive, "\"applied\"");
  known = mc_province_device (test->province, dead->id, &error);
  g_assert_cmpstr (known->slot, ==, dead->slot);
  suspended = mc_province_device (test->province, stolen->id, &error);
  g_assert_true (suspended->suspended);
  test_sound (test);
}

/* Where the register was put back together with the database, nobody knows a device that enrolled
 * in between: whoever holds its ops and its certificate brings both. A paper that the province has
 * not signed lets nobody in. */
static void
test_certificate_is_brought (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestProvince) elsewhere = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) foreign = test_desk_enrol (elsewhere, elsewhere->office_a);
  g_autofree char *file = g_build_filename (test->data, "keys", "devices", NULL);
  g_autofree char *text = NULL;
  g_autoptr (TestDesk) dead = NULL;
  g_autoptr (McOp) receive = NULL;
  g_autoptr (McSyncAnswer) asked = NULL;
  g_autoptr (McSyncAnswer) wrong = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;

  test_province_copy (test);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  dead = test_desk_enrol (test, test->office_a);
  receive = test_desk_receive (dead, test->clerk);
  test_push (test, dead, receive, "\"applied\"");
  test_province_close (test);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  test_province_restore (test);

  asked = test_push_once (test, desk, (const char *const[]){ receive->line, NULL });
  g_assert_cmpstr (test_missing (asked, receive), ==, "device");
  wrong = test_push_once (test,
                          desk,
                          (const char *const[]){ foreign->certificate, receive->line, NULL });
  g_assert_cmpstr (test_missing (wrong, receive), ==, "device");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM device"), ==, 1);
  answer =
      test_push_once (test, desk, (const char *const[]){ dead->certificate, receive->line, NULL });
  g_assert_cmpstr (test_word (answer, receive), ==, "\"applied\"");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM device"), ==, 2);
  test_sound (test);
}

/* The desk goes back to where the two feeds were one, and sends what is not there. */
static void
test_points (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) kept = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) lost = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) newer = test_desk_receive (other, test->clerk);
  g_autofree char *lost_line = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  McCursor common;
  guint found = 0;

  test_push (test, desk, kept, "\"applied\"");
  answer = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  common = desk->cursor;
  test_province_copy (test);
  test_push (test, desk, lost, "\"applied\"");
  lost_line = held_line (test, desk, lost);
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  test_province_restore (test);
  /* The feed is as long as it was: only its hash is another. */
  test_push (test, other, newer, "\"applied\"");

  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_push_once (test, desk, (const char *const[]){ lost_line, NULL });
  /* Nothing is taken before what this province has forgotten: the desk has not read the feed. */
  g_assert_true (answer->reset);
  g_assert_cmpuint (answer->entries->len, ==, 0);
  g_assert_cmpuint (answer->answers->len, ==, 0);
  for (guint i = 0; i < answer->points->len; i++)
    {
      const McCursor *point = &g_array_index (answer->points, McCursor, i);

      if (point->n == common.n)
        {
          found++;
          g_assert_cmpstr (point->hash, ==, common.hash);
        }
      g_assert_cmpint (point->n, <=, desk->cursor.n);
    }
  g_assert_cmpuint (found, ==, 1);
  desk->cursor = common;
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  g_assert_cmpuint (answer->entries->len, ==, 1);
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_push_text (test, desk, lost_line);
  g_assert_cmpstr (test_word (answer, lost), ==, "\"applied\"");
  test_sound (test);
}

/* Far back the points are far apart, so that a long feed fits into one answer. */
static void
test_points_far_back (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McSyncAnswer) answer = NULL;
  gint64 last = G_MAXINT64;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);

      test_push (test, desk, receive, "\"applied\"");
    }
  desk->cursor = (McCursor){ 1000, "00000000000000000000000000000000" };
  answer = test_push_lines (test, desk, NULL);
  g_assert_true (answer->reset);
  g_assert_cmpint (g_array_index (answer->points, McCursor, 0).n, ==, answer->head);
  g_assert_cmpuint (answer->points->len, <=, 8);
  for (guint i = 0; i < answer->points->len; i++)
    {
      const McCursor *point = &g_array_index (answer->points, McCursor, i);

      g_assert_cmpint (point->n, <, last);
      g_assert_cmpint (point->n, >, 0);
      last = point->n;
    }
  g_assert_cmpint (last, <=, answer->head / 2 + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/restore/receipts", test_receipts);
  g_test_add_func ("/server/restore/forged-receipts", test_forged_receipts);
  g_test_add_func ("/server/restore/orphan-receipt", test_orphan_receipt);
  g_test_add_func ("/server/restore/step-not-measured-again", test_step_not_measured_again);
  g_test_add_func ("/server/restore/own-ops", test_own_ops);
  g_test_add_func ("/server/restore/devices", test_devices);
  g_test_add_func ("/server/restore/points", test_points);
  g_test_add_func ("/server/restore/certificate-is-brought", test_certificate_is_brought);
  g_test_add_func ("/server/restore/points-far-back", test_points_far_back);
  return g_test_run ();
}
