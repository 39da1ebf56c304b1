/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the province does with the lines that are pushed to it. */
#include "test-desk.h"

#include "mc-id.h"
#include <string.h>

static void
test_receive_and_edit (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) other = test_desk_enrol (test, test->office_b);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, receive, "0912345678");
  const char *const lines[] = { receive->line, set->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (test, desk, lines);
  g_autoptr (McFeedEntry) own = test_find (test, desk, set->id);
  g_autoptr (McFeedEntry) foreign = test_find (test, other, set->id);

  g_assert_cmpstr (test_word (answer, receive), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, set), ==, "\"applied\"");
  /* The page of the same answer has them already, and their sender holds their lines. */
  g_assert_cmpuint (answer->answers->len, ==, 0);
  g_assert_cmpstr (((McFeedEntry *)answer->entries->pdata[answer->entries->len - 1])->line,
                   ==,
                   set->id);
  g_assert_nonnull (own);
  g_assert_cmpstr (own->line, ==, set->line);
  g_assert_null (foreign);
  test_sound (test);
}

static void
test_same_op_twice (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  const char *const twice[] = { receive->line, receive->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (test, desk, twice);
  gint64 head = answer->head;
  g_autoptr (McFeedEntry) entry = NULL;

  g_assert_cmpstr (test_word (answer, receive), ==, "\"applied\"");
  test_push (test, desk, receive, "\"applied\"");
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_push_lines (test, desk, NULL);
  g_assert_cmpint (answer->head, ==, head);
  entry = test_find (test, desk, receive->id);
  g_assert_nonnull (entry);
  test_sound (test);
}

/* Two lines claim one id: the first is that op, the second is nothing. */
static void
test_same_id_other_line (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "khác");
  g_autoptr (json_t) base = test_base ("note", receive->id);
  McOpDraft draft = { .id = receive->id,
                      .device = desk->id,
                      .n = 9,
                      .at = receive->at,
                      .by = test->clerk,
                      .on = receive->on,
                      .verb = MC_VERB_NOTE,
                      .body = body,
                      .base = base };
  g_autoptr (McOp) impostor = mc_op_sign (&draft, &desk->secret);

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, impostor, "\"refused:format\"");
  test_push (test, desk, receive, "\"applied\"");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op WHERE n = 9"), ==, 0);
  test_sound (test);
}

static McOp *
forge (const McOp *op, const char *from, const char *to)
{
  g_autoptr (GString) line = g_string_new (op->line);
  g_autoptr (GError) error = NULL;
  McOp *forged;

  g_assert_cmpuint (g_string_replace (line, from, to, 0), >, 0);
  forged = mc_op_parse (line->str, -1, &error);
  g_assert_no_error (error);
  return forged;
}

static void
test_forged (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) thief = test_desk_enrol (test, test->office_b);
  g_autoptr (TestDesk) stranger = test_desk_new ();
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) changed = forge (receive, "Trần", "Phan");
  g_autoptr (McOp) stolen = forge (receive, desk->id, thief->id);
  g_autoptr (McOp) unknown = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;

  stranger->id = mc_id_new (MC_BUILD_MS);
  stranger->office = g_strdup (test->office_a);
  unknown = test_desk_receive (stranger, test->clerk);
  test_push (test, desk, changed, "\"refused:signature\"");
  test_push (test, thief, stolen, "\"refused:signature\"");
  answer = test_push_once (test, desk, (const char *const[]){ unknown->line, NULL });
  g_assert_cmpstr (test_missing (answer, unknown), ==, "device");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op WHERE verb = 'dossier.receive'"),
                   ==,
                   0);
  /* A forgery takes no place: the genuine op still counts. */
  test_push (test, desk, receive, "\"applied\"");
  test_sound (test);
}

/* Whoever carries it: an op is its device's. */
static void
test_carried (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) author = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) carrier = test_desk_enrol (test, test->office_b);
  g_autoptr (McOp) receive = test_desk_receive (author, test->clerk);
  g_autoptr (McFeedEntry) home = NULL;
  g_autoptr (McFeedEntry) away = NULL;

  test_push (test, carrier, receive, "\"applied\"");
  home = test_find (test, author, receive->id);
  away = test_find (test, carrier, receive->id);
  g_assert_nonnull (home);
  g_assert_null (away);
  test_sound (test);
}

static void
test_parents_first (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, receive, "0912345678");
  const char *const early[] = { set->line, NULL };
  const char *const reversed[] = { set->line, receive->line, NULL };
  g_autoptr (McSyncAnswer) answer = NULL;

  desk->left = 1;
  answer = test_push_lines (test, desk, early);
  g_assert_cmpstr (test_missing (answer, set), ==, receive->id);
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op WHERE verb = 'dossier.set'"), ==, 0);

  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_push_lines (test, desk, reversed);
  g_assert_cmpstr (test_word (answer, receive), ==, "\"applied\"");
  g_assert_cmpstr (test_word (answer, set), ==, "\"applied\"");
  test_push (test, desk, set, "\"applied\"");
  test_sound (test);
}

static void
test_garbage_lines (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autofree char *broken = g_strdup (receive->line);
  g_autofree char *long_line = g_strnfill (MC_OP_LINE_MAX + 1, 'x');
  const char *const lines[] = { "", "<html>", broken, long_line, receive->line, NULL };
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McFeedEntry) entry = NULL;

  broken[strlen (broken) - 1] = '\0';
  answer = test_push_lines (test, desk, lines);
  g_assert_cmpuint (answer->answers->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((McAnswer *)answer->answers->pdata[i])->ruling, ==, "\"refused:format\"");
  /* Its sender knows which one is meant. */
  g_assert_cmpstr (((McAnswer *)answer->answers->pdata[2])->op, ==, receive->id);
  entry = test_find (test, desk, receive->id);
  g_assert_cmpstr (entry->ruling, ==, "\"applied\"");
  test_sound (test);
}

/* Genuine, but of a shape that nobody can judge: kept, shown, in nobody's way. */
static void
test_malformed (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) hollow = test_desk_op (desk,
                                          test->clerk,
                                          receive->on,
                                          MC_VERB_SET,
                                          json_object (),
                                          test_base ("contact", receive->id));
  g_autoptr (McFeedEntry) entry = NULL;

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, hollow, "\"refused:format\"");
  entry = test_find (test, desk, hollow->id);
  g_assert_cmpstr (entry->ruling, ==, "\"refused:format\"");
  test_sound (test);
}

/* Written by a newer program: nothing is kept, nothing said against it; its desk waits for the
 * province to be upgraded. */
static void
test_newer (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) thief = test_desk_enrol (test, test->office_b);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) newer = test_desk_op (desk,
                                         test->clerk,
                                         receive->on,
                                         "dossier.teleport",
                                         json_object (),
                                         test_base ("case", receive->id));
  g_autoptr (McOp) forged = forge (newer, desk->id, thief->id);
  g_autoptr (McSyncAnswer) answer = NULL;

  test_push (test, desk, receive, "\"applied\"");
  answer = test_push_text (test, desk, newer->line);
  g_assert_cmpstr (test_missing (answer, newer), ==, "version");
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM op WHERE verb LIKE '%teleport'"),
                   ==,
                   0);
  g_assert_cmpint (test_number (test, "SELECT count(*) FROM orphan"), ==, 0);
  test_push (test, thief, forged, "\"refused:signature\"");
  test_sound (test);
}

/* A refused op, corrected and sent again: the new one names it and is an op like any other. */
static void
test_instead (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) refused = test_desk_set (desk, test->leader, receive, "0912345678");
  g_autofree char *id = mc_id_new (MC_BUILD_MS + 77);
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", "0912345678");
  g_autoptr (json_t) base = json_pack ("{s:[s,s]}", "contact", receive->id, refused->id);
  McOpDraft draft = { .id = id,
                      .device = desk->id,
                      .n = 3,
                      .at = refused->at + 1,
                      .by = test->clerk,
                      .on = receive->on,
                      .verb = MC_VERB_SET,
                      .body = body,
                      .base = base,
                      .instead = refused->id };
  g_autoptr (McOp) corrected = mc_op_sign (&draft, &desk->secret);

  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, refused, "\"refused:role\"");
  test_push (test, desk, corrected, "\"applied\"");
  test_sound (test);
}

/* What an answer's page has no room for is said beside it. */
static void
test_beyond_the_page (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) first = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) second = test_desk_receive (desk, test->clerk);
  g_autoptr (McSyncAnswer) page = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  g_autoptr (McSyncRequest) request = mc_sync_request_new ();
  g_autoptr (McDevice) device = mc_province_device (test->province, desk->id, NULL);
  g_autoptr (McSyncAnswer) answer = NULL;

  request->cursor = desk->cursor;
  request->limit = 1;
  g_ptr_array_add (request->lines, g_strdup (first->line));
  g_ptr_array_add (request->lines, g_strdup (second->line));
  answer = mc_province_sync (test->province, device, request, NULL);
  g_assert_cmpuint (answer->entries->len, ==, 1);
  g_assert_cmpstr (((McFeedEntry *)answer->entries->pdata[0])->line, ==, first->id);
  g_assert_cmpuint (answer->answers->len, ==, 1);
  g_assert_cmpstr (((McAnswer *)answer->answers->pdata[0])->op, ==, second->id);
  g_assert_cmpstr (((McAnswer *)answer->answers->pdata[0])->ruling, ==, "\"applied\"");
  /* The running hash is over the whole line, whatever is sent of it. */
  g_free (((McFeedEntry *)answer->entries->pdata[0])->line);
  ((McFeedEntry *)answer->entries->pdata[0])->line = g_strdup (first->line);
  test_follow (desk, answer);
}

/* Many lines at once, read on several processors: taken in their order all the same. */
static void
test_many (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (McSyncAnswer) page = test_pull (test, desk, MC_WIRE_ENTRIES_MAX);
  g_autoptr (McSyncAnswer) answer = NULL;

  g_ptr_array_add (ops, test_desk_receive (desk, test->clerk));
  for (guint i = 1; i < 200; i++)
    g_ptr_array_add (ops, test_desk_set (desk, test->clerk, ops->pdata[i - 1], "0912345678"));
  for (guint i = 0; i < ops->len; i++)
    g_ptr_array_add (lines, ((McOp *)ops->pdata[i])->line);
  g_ptr_array_add (lines, NULL);
  answer = test_push_lines (test, desk, (const char *const *)lines->pdata);
  g_assert_cmpuint (answer->entries->len, ==, ops->len);
  for (guint i = 0; i < ops->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];

      g_assert_cmpstr (entry->line, ==, ((McOp *)ops->pdata[i])->id);
      g_assert_cmpstr (entry->ruling, ==, "\"applied\"");
    }
  test_sound (test);
}

/* Two desks change the same, blind: one stands, the other is kept and both offices' feeds say so.
 */
static void
test_contested (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) one = test_desk_enrol (test, test->office_a);
  g_autoptr (TestDesk) two = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (one, test->clerk);
  g_autoptr (McOp) first = test_desk_set (one, test->clerk, receive, "0911111111");
  g_autoptr (McOp) blind = test_desk_set (two, test->officer, receive, "0922222222");
  g_autoptr (McFeedEntry) entry = NULL;

  test_push (test, one, receive, "\"applied\"");
  test_push (test, one, first, "\"applied\"");
  test_push (test, two, blind, "{\"contact\":\"contested\"}");
  entry = test_find (test, one, blind->id);
  g_assert_cmpstr (entry->ruling, ==, "{\"contact\":\"contested\"}");
  test_sound (test);
}

static void
test_copied_device (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) first = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) second = NULL;

  desk->n = 0; /* this morning's image of the PC */
  second = test_desk_receive (desk, test->clerk);
  test_push (test, desk, first, "\"applied\"");
  g_assert_cmpint (test_number (test, "SELECT sum(copied) FROM device"), ==, 0);
  test_push (test, desk, second, "\"applied\"");
  g_assert_cmpint (test_number (test, "SELECT sum(copied) FROM device"), ==, 1);
  test_sound (test);
}

static void
test_reopened (void)
{
  g_autoptr (TestProvince) test = test_province_new ();
  g_autoptr (TestDesk) desk = test_desk_enrol (test, test->office_a);
  g_autoptr (McOp) receive = test_desk_receive (desk, test->clerk);
  g_autoptr (McOp) set = test_desk_set (desk, test->clerk, receive, "0912345678");
  g_autoptr (McSyncAnswer) answer = NULL;

  test_push (test, desk, receive, "\"applied\"");
  answer = test_pull (test, desk, 1000);
  test_province_reopen (test);
  test_push (test, desk, receive, "\"applied\"");
  test_push (test, desk, set, "\"applied\"");
  g_clear_pointer (&answer, mc_sync_answer_free);
  answer = test_pull (test, desk, 1000);
  g_assert_cmpuint (answer->entries->len, ==, 1);
  test_sound (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/take/receive-and-edit", test_receive_and_edit);
  g_test_add_func ("/server/take/same-op-twice", test_same_op_twice);
  g_test_add_func ("/server/take/same-id-other-line", test_same_id_other_line);
  g_test_add_func ("/server/take/forged", test_forged);
  g_test_add_func ("/server/take/carried", test_carried);
  g_test_add_func ("/server/take/parents-first", test_parents_first);
  g_test_add_func ("/server/take/garbage-lines", test_garbage_lines);
  g_test_add_func ("/server/take/malformed", test_malformed);
  g_test_add_func ("/server/take/newer", test_newer);
  g_test_add_func ("/server/take/instead", test_instead);
  g_test_add_func ("/server/take/beyond-the-page", test_beyond_the_page);
  g_test_add_func ("/server/take/many", test_many);
  g_test_add_func ("/server/take/contested", test_contested);
  g_test_add_func ("/server/take/copied-device", test_copied_device);
  g_test_add_func ("/server/take/reopened", test_reopened);
  return g_test_run ();
}
