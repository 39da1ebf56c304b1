/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A new desk in an office that has worked for long, against the real province: open dossiers first,
 * the rest behind.
 */
#include "mc-contact.h"
#include "mc-error.h"
#include "mc-public.h"
#include "mc-seed-file.h"
#include "mc-support.h"
#include "mc-sync-store.h"
#include "test-desk.h"

#include <string.h>

#define CLOSED 24
#define OPEN 6

typedef struct
{
  TestProvince *test;
  TestDesk *other; /* who has worked here so far */
  GPtrArray *open; /* McOp that received a dossier which is open */
  char *folder;    /* of the new desk */
  McStore *store;
  McDesk *desk;
  McContact *contact;
  guint limit; /* entries of an answer at most */
  guint taken; /* answers */
} Join;

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static void
join_open (Join *join)
{
  g_autoptr (GError) error = NULL;

  join->store = mc_store_open_on (join->folder, &join->test->clock, NULL, "pc", &error);
  g_assert_no_error (error);
  join->desk = mc_desk_new (join->store);
  join->contact = mc_contact_new (1, run_here, join->desk);
}

static void
join_close (Join *join)
{
  g_clear_pointer (&join->contact, mc_contact_free);
  g_clear_pointer (&join->desk, mc_desk_free);
  g_clear_pointer (&join->store, mc_store_close);
}

static void
enrol (Join *join, gboolean public)
{
  McProvince *province = join->test->province;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = public
                              ? mc_province_invite_public (province, join->test->office_a, &error)
                              : mc_province_invite (province, join->test->office_a, &error);
  g_autofree char *key = mc_base64_encode (mc_province_key (province)->bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (McAdmission) admission = NULL;
  McEnrolment enrolment = { 0 };
  McPublicKey ours;
  McSecretKey secret;

  mc_keys_make (&ours, &secret);
  admission = mc_province_enrol (province, code, &ours, &error);
  g_assert_no_error (error);
  enrolment.device = admission->device->id;
  enrolment.office = admission->device->office;
  enrolment.office_code = admission->office_code;
  enrolment.office_name = admission->office_name;
  enrolment.slot = admission->device->slot;
  enrolment.server = (char *)"http://127.0.0.1:9";
  enrolment.certificate = admission->certificate;
  enrolment.province_key = key;
  mc_store_set_enrolment (join->store, &enrolment, &secret, &error);
  g_assert_no_error (error);
}

/* Received, and withdrawn but for the last ones; all in one request. */
static void
work_so_far (Join *join)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (McSyncAnswer) answer = NULL;

  for (guint i = 0; i < CLOSED + OPEN; i++)
    {
      McOp *receive = test_desk_receive (join->other, join->test->clerk);

      g_ptr_array_add (ops, receive);
      g_ptr_array_add (ops, test_desk_set (join->other, join->test->clerk, receive, "0905111111"));
      if (i < CLOSED)
        g_ptr_array_add (
            ops,
            test_desk_step (join->other, join->test->clerk, receive, "withdraw", NULL));
      else
        g_ptr_array_add (join->open, mc_op_ref (receive));
    }
  for (guint i = 0; i < ops->len; i++)
    g_ptr_array_add (lines, ((McOp *)ops->pdata[i])->line);
  g_ptr_array_add (lines, NULL);
  answer = test_push_lines (join->test, join->other, (const char *const *)lines->pdata);
  for (guint i = 0; i < ops->len; i++)
    g_assert_cmpstr (test_word (answer, ops->pdata[i]), ==, "\"applied\"");
}

static Join
join_new (gboolean public)
{
  Join join = { .test = test_province_new (), .limit = 10 };

  join.other = test_desk_enrol (join.test, join.test->office_a);
  join.open = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  work_so_far (&join);
  join.folder = mc_test_folder ();
  join_open (&join);
  enrol (&join, public);
  return join;
}

static void
join_clear (Join *join)
{
  join_close (join);
  mc_test_remove (join->folder);
  g_ptr_array_unref (join->open);
  test_desk_free (join->other);
  test_sound (join->test);
  test_province_free (join->test);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Join, join_clear)

static McSyncRequest *
ask (Join *join)
{
  McBacklog backlog = mc_contact_backlog (join->contact);
  McCommand command = mc_engine_next (join->contact->engine, 0, &backlog);
  McSyncRequest *request;

  g_assert_cmpint (command.kind, ==, MC_COMMAND_SYNC);
  command.max_entries = join->limit;
  request = mc_contact_ask (join->contact, &command, NULL);
  g_assert_nonnull (request);
  return request;
}

/* As the line carries it. */
static McSyncAnswer *
answer_to (Join *join, const McSyncRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) asked = mc_sync_request_write (request);
  g_autoptr (McSyncRequest) heard = mc_sync_request_read (asked, &error);
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (join->store);
  g_autoptr (McDevice) device =
      mc_province_device (join->test->province, enrolment->device, &error);
  g_autoptr (McSyncAnswer) answer = mc_province_sync (join->test->province, device, heard, &error);
  g_autoptr (GBytes) bytes = answer != NULL ? mc_sync_answer_write (answer) : NULL;

  g_assert_no_error (error);
  return mc_sync_answer_read (bytes, &error);
}

static McOutcome
take (Join *join, const McSyncAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  McReply reply = { 0 };

  mc_contact_take (join->contact, answer, &join->test->clock, &reply, &error);
  g_assert_no_error (error);
  mc_contact_close (join->contact, &reply, &join->test->clock);
  join->taken++;
  return reply.outcome;
}

static McOutcome
turn (Join *join)
{
  g_autoptr (McSyncRequest) request = ask (join);
  g_autoptr (McSyncAnswer) answer = answer_to (join, request);

  return take (join, answer);
}

/* The program ends after each answer, and starts again. */
static McOutcome
turn_and_end (Join *join)
{
  McOutcome outcome = turn (join);

  join_close (join);
  join_open (join);
  return outcome;
}

static gboolean
open_are_here (Join *join)
{
  g_auto (McFirst) first = { 0 };

  mc_store_first (join->store, &first);
  return first.after == NULL;
}

static guint
shown (Join *join)
{
  McFilter filter = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = mc_store_list (join->store, &filter, NULL);

  return rows->len;
}

static void
check (Join *join)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  mc_store_check (join->store, &faults, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *)faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

static void
read_to_the_end (Join *join)
{
  g_auto (McFirst) first = { 0 };

  while (turn (join) == MC_OUTCOME_MORE)
    check (join);
  while (mc_store_outbox_count (join->store) > 0)
    turn (join);
  mc_store_first (join->store, &first);
  g_assert_false (first.on);
  g_assert_cmpuint (mc_store_outbox_count (join->store), ==, 0);
  check (join);
}

/* Somebody of the office sits down and receives. */
static char *
receive (Join *join)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:s}",
                                            "procedure",
                                            TEST_PROCEDURE,
                                            "applicant",
                                            "name",
                                            "Lê Thị Mới",
                                            "channel",
                                            "direct");
  g_autoptr (McReceived) received = NULL;

  mc_store_set_fact (join->store, "session", join->test->clerk, &error);
  g_assert_true (mc_desk_resume (join->desk, &error));
  g_assert_no_error (error);
  received = mc_desk_receive (join->desk, reception, &error);
  g_assert_no_error (error);
  return g_strdup (received->id);
}

static const char *
phone (Join *join, const char *dossier, char **ret_text)
{
  g_autoptr (McRecord) record = mc_ledger_record (mc_store_db (join->store), dossier, NULL);

  *ret_text = g_strdup (mc_json_string (mc_record_peek (record, MC_GROUP_CONTACT), "phone"));
  return *ret_text;
}

/* The open ones are all there before one line of the feed is; what is received goes at once, what a
 * colleague does comes at once; and in the end all is there. */
static void
test_first (void)
{
  g_auto (Join) join = join_new (FALSE);
  const McOp *open = join.open->pdata[2];
  g_autoptr (McOp) news = test_desk_set (join.other, join.test->clerk, open, "0905222222");
  g_autofree char *mine = NULL;
  g_autofree char *said = NULL;

  while (!open_are_here (&join))
    {
      g_assert_cmpint (turn_and_end (&join), ==, MC_OUTCOME_MORE);
      check (&join);
    }
  g_assert_cmpint (mc_store_cursor (join.store).n, ==, 0);
  g_assert_cmpuint (shown (&join), ==, OPEN);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 0);
  g_assert_cmpint (mc_store_first_held (join.store), >, OPEN * 2);

  mine = receive (&join);
  test_push (join.test, join.other, news, "{\"contact\":\"contested\"}");
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 1);
  g_assert_cmpint (turn (&join), ==, MC_OUTCOME_MORE);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 0);
  g_assert_cmpstr (phone (&join, open->on, &said), ==, "0905111111");
  g_assert_cmpuint (shown (&join), >, OPEN);
  check (&join);

  read_to_the_end (&join);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN + 1);
  g_assert_true (mc_test_shows (join.store, mine));
}

/* @parent: what the dossier's sight was before. */
static McOp *
transfer (Join *join, TestDesk *from, const char *by, const McOp *parent, const char *to)
{
  McOp *op = test_desk_transfer (from, by, parent, to, NULL);
  const char *const lines[] = { op->line, NULL };
  g_autoptr (McSyncAnswer) answer = test_push_lines (join->test, from, lines);

  g_assert_nonnull (strstr (test_word (answer, op), "applied"));
  return op;
}

/* One that leaves while the feed is read goes at once, and does not come back with its past. */
static void
test_leaves (void)
{
  g_auto (Join) join = join_new (FALSE);
  const McOp *leaves = join.open->pdata[1];
  g_autoptr (McOp) away = NULL;

  while (!open_are_here (&join))
    turn (&join);
  g_assert_true (mc_test_shows (join.store, leaves->on));
  away = transfer (&join, join.other, join.test->clerk, leaves, join.test->office_b);
  do
    {
      g_assert_cmpint (turn_and_end (&join), ==, MC_OUTCOME_MORE);
      check (&join);
      g_assert_false (mc_test_shows (join.store, leaves->on));
    }
  while (mc_store_cursor (join.store).n < 50);
  read_to_the_end (&join);
  g_assert_false (mc_test_shows (join.store, leaves->on));
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN - 1);
}

/* One that had left and was back before stays on the screen where the feed says that it left. */
static void
test_was_away (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autoptr (TestDesk) b = test_desk_enrol (join.test, join.test->office_b);
  const McOp *away = join.open->pdata[1];
  g_autoptr (McOp) to = NULL;
  g_autoptr (McOp) back = NULL;

  to = transfer (&join, join.other, join.test->clerk, away, join.test->office_b);
  back = transfer (&join, b, join.test->clerk_b, to, join.test->office_a);
  while (!open_are_here (&join))
    turn (&join);
  do
    {
      g_assert_true (mc_test_shows (join.store, away->on));
      check (&join);
    }
  while (turn (&join) == MC_OUTCOME_MORE);
  read_to_the_end (&join);
  g_assert_true (mc_test_shows (join.store, away->on));
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN);
}

/* The province loses what it has said: the desk brings it. */
static void
test_restored (void)
{
  g_auto (Join) join = join_new (FALSE);
  const McOp *open = join.open->pdata[0];
  g_autoptr (McOp) lost = test_desk_set (join.other, join.test->clerk, open, "0905333333");
  g_autofree char *said = NULL;

  test_province_copy (join.test);
  test_push (join.test, join.other, lost, "{\"contact\":\"contested\"}");
  while (!open_are_here (&join))
    turn (&join);
  turn (&join);
  g_assert_true (mc_ledger_has (mc_store_db (join.store), lost->id));
  test_province_restore (join.test);
  read_to_the_end (&join);
  g_assert_cmpint (test_number (join.test, "SELECT count (*) FROM op WHERE verb = 'dossier.set'"),
                   ==,
                   CLOSED + OPEN + 1);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN);
}

/* A province of before answers with the feed alone. */
static void
test_old_province (void)
{
  g_auto (Join) join = join_new (FALSE);
  McOutcome outcome;

  do
    {
      g_autoptr (McSyncRequest) request = ask (&join);
      g_autoptr (McSyncAnswer) answer = NULL;

      mc_first_clear (&request->first);
      answer = answer_to (&join, request);
      outcome = take (&join, answer);
      g_assert_true (open_are_here (&join));
      check (&join);
    }
  while (outcome == MC_OUTCOME_MORE);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN);
}

/* On a public desk nothing of others is said, and nothing kept. */
static void
test_public (void)
{
  g_auto (Join) join = join_new (TRUE);

  while (!open_are_here (&join))
    turn (&join);
  g_assert_cmpuint (shown (&join), ==, 0);
  g_free (receive (&join));
  read_to_the_end (&join);
  g_assert_cmpuint (shown (&join), ==, 1);
}

/* Bytes that a bad line made others are no answer. */
static void
test_proof (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autoptr (McSyncRequest) request = ask (&join);
  g_autoptr (McSyncAnswer) answer = answer_to (&join, request);
  g_autoptr (GBytes) bytes = mc_sync_answer_write (answer);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  char *name = strstr (text, "Xã Thử");
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (name);
  name[0] = 'Y';
  other = g_bytes_new (text, g_bytes_get_size (bytes));
  g_assert_null (mc_sync_answer_read (other, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
}

/* The file of office A as it is now. Returns: (transfer full): its path */
static char *
write_seed (Join *join, char **ret_code)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (join->folder, "seed", NULL);
  gint64 count = 0;

  *ret_code = mc_province_seed (join->test->province, join->test->office_a, path, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count, >, CLOSED * 3);
  return path;
}

static McSeedFile *
open_seed (Join *join, const char *path, GError **error)
{
  g_auto (McSeedDesk) desk = { 0 };

  return mc_store_seed_desk (join->store, &desk, error) ? mc_seed_file_open (path, &desk, error)
                                                        : NULL;
}

/* Reads the file into the profile, at most @pages of it; the error that ended it. */
static GError *
take_seed (Join *join, const char *path, const char *code, guint pages)
{
  GError *error = NULL;
  g_autoptr (McSeedFile) file = open_seed (join, path, &error);

  if (file == NULL || !mc_seed_file_unlock (file, code, &error))
    return error;
  for (guint i = 0; error == NULL && i < pages; i++)
    {
      McSyncAnswer *page = mc_seed_file_next (file, &error);

      if (page == NULL)
        break;
      mc_store_seed_take (join->store, page, &error);
      mc_sync_answer_free (page);
      check (join);
    }
  return error;
}

/* The rest comes from the file, then over the line, and what was received meanwhile leaves. */
static void
test_seed (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  while (!open_are_here (&join))
    turn (&join);
  before = receive (&join);
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (error);
  g_assert_true (mc_store_first_on (join.store));
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN + 1);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 1);
  after = receive (&join);
  join.taken = 0;
  read_to_the_end (&join);
  g_assert_cmpuint (join.taken, <=, 3);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN + 2);
}

/* In the middle of it the stick is pulled out, or part of it came over the line already. */
static void
test_seed_again (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  g_autofree char *bytes = NULL;
  gsize size = 0;

  while (mc_store_cursor (join.store).n < 20)
    turn_and_end (&join);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size - 9, NULL));
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN);
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  second = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (second);
  read_to_the_end (&join);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN);
}

static void
assert_refused (Join *join, const char *path, const char *code, int error_code)
{
  g_autoptr (GError) error = take_seed (join, path, code, G_MAXUINT);
  McCursor cursor = mc_store_cursor (join->store);

  g_assert_error (error, MC_ERROR, error_code);
  g_assert_cmpint (cursor.n, ==, 0);
  check (join);
}

/* Nothing is taken of a file that is torn early, changed, somebody else's or under another code. */
static void
test_seed_refused (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = write_seed (&join, &code);
  g_autofree char *bytes = NULL;
  g_autofree char *other = NULL;
  g_autoptr (TestProvince) far = test_province_new ();
  gsize size = 0;
  char *newline;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_null (strstr (bytes, "cursor"));
  assert_refused (&join, path, code, MC_ERROR_REFUSED);
  while (!open_are_here (&join))
    turn (&join);
  assert_refused (&join, path, "AAAAA-BBBBB-CCCCC-DDDDD", MC_ERROR_SECRET);
  newline = memchr (bytes, '\n', size);
  for (gsize at = (gsize)(newline - bytes) + 1; at < size; at += size / 3)
    {
      bytes[at] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
      bytes[at] ^= 1;
      if (at < (gsize)(newline - bytes) + 29)
        continue;
      assert_refused (&join, path, code, MC_ERROR_DAMAGED);
    }
  bytes[100] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  assert_refused (&join, path, code, MC_ERROR_SIGNATURE);
  g_assert_true (g_file_set_contents (path, "No seed at all\n", -1, NULL));
  assert_refused (&join, path, code, MC_ERROR_FORMAT);
  other = mc_province_seed (far->province, far->office_a, path, NULL, NULL);
  assert_refused (&join, path, other, MC_ERROR_SIGNATURE);
  g_free (other);
  other = mc_province_seed (join.test->province, join.test->office_b, path, NULL, NULL);
  assert_refused (&join, path, other, MC_ERROR_REFUSED);
  read_to_the_end (&join);
}

/* A file of before the province was restored: it is healed as every feed is. Who follows the new
 * feed already takes nothing of it. */
static void
test_seed_of_before (void)
{
  g_auto (Join) join = join_new (FALSE);
  g_autofree char *code = NULL;
  g_autofree char *path = NULL;
  g_autoptr (McOp) lost = test_desk_receive (join.other, join.test->clerk);
  g_autoptr (McOp) instead = test_desk_receive (join.other, join.test->clerk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refused = NULL;

  test_province_copy (join.test);
  test_push (join.test, join.other, lost, "\"applied\"");
  path = write_seed (&join, &code);
  test_province_restore (join.test);
  test_push (join.test, join.other, instead, "\"applied\"");
  while (!open_are_here (&join))
    turn (&join);
  error = take_seed (&join, path, code, G_MAXUINT);
  g_assert_no_error (error);
  read_to_the_end (&join);
  g_assert_cmpuint (shown (&join), ==, CLOSED + OPEN + 2);
  g_assert_cmpint (test_number (join.test,
                                "SELECT count (*) FROM op WHERE verb = 'dossier.receive'"),
                   ==,
                   CLOSED + OPEN + 2);
  refused = take_seed (&join, path, code, G_MAXUINT);
  g_assert_error (refused, MC_ERROR, MC_ERROR_REFUSED);
  check (&join);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/join/first", test_first);
  g_test_add_func ("/join/leaves", test_leaves);
  g_test_add_func ("/join/was-away", test_was_away);
  g_test_add_func ("/join/restored", test_restored);
  g_test_add_func ("/join/old-province", test_old_province);
  g_test_add_func ("/join/public", test_public);
  g_test_add_func ("/join/proof", test_proof);
  g_test_add_func ("/seed/whole", test_seed);
  g_test_add_func ("/seed/again", test_seed_again);
  g_test_add_func ("/seed/refused", test_seed_refused);
  g_test_add_func ("/seed/of-before", test_seed_of_before);
  return g_test_run ();
}
