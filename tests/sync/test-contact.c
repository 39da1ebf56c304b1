/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-contact.h"
#include "mc-error.h"
#include "mc-id.h"
#include "mc-scans.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* An office, and a contact of its desk that a test carries by hand. */
typedef struct
{
  McTestOffice *office;
  McContact *contact;
} Line;

static gpointer
run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

static Line
line_new (void)
{
  Line line = { .office = mc_test_office () };

  mc_test_sign_in (line.office, "an");
  line.contact = mc_contact_new (1, run_here, line.office->desk);
  return line;
}

static void
line_clear (Line *line)
{
  mc_contact_free (line->contact);
  mc_test_office_free (line->office);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static McCommand
next (Line *line)
{
  McBacklog backlog = mc_contact_backlog (line->contact);

  return mc_engine_next (line->contact->engine,
                         mc_clock_mono (&line->office->clock->clock),
                         &backlog);
}

static McSyncRequest *
ask (Line *line)
{
  McCommand command = next (line);
  g_autoptr (GError) error = NULL;
  McSyncRequest *request;

  g_assert_cmpint (command.kind, ==, MC_COMMAND_SYNC);
  request = mc_contact_ask (line->contact, &command, &error);
  g_assert_no_error (error);
  return request;
}

static McOutcome
take (Line *line, McSyncAnswer *answer)
{
  McReply reply = { 0 };
  g_autoptr (GError) error = NULL;

  answer->time_ms = line->office->clock->wall_ms;
  if (!mc_contact_take (line->contact, answer, &line->office->clock->clock, &reply, &error))
    g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
  mc_contact_close (line->contact, &reply, &line->office->clock->clock);
  return reply.outcome;
}

/* The office's feed after the desk's cursor, at most @limit lines, those in @sent by id alone. */
static McSyncAnswer *
page (Line *line, const McSyncRequest *sent, guint limit)
{
  McSyncAnswer *answer = mc_sync_answer_new ();
  McCursor at = mc_store_cursor (line->office->store);

  for (guint i = (guint)at.n; i < line->office->feed->len && limit > 0; i++, limit--)
    {
      const McFeedEntry *entry = line->office->feed->pdata[i];
      McFeedEntry *copy = g_new0 (McFeedEntry, 1);
      gboolean known =
          sent != NULL &&
          g_ptr_array_find_with_equal_func (sent->lines, entry->line, g_str_equal, NULL);

      mc_feed_hash (at.hash, entry, at.hash);
      at.n = entry->n;
      copy->n = entry->n;
      copy->kind = g_strdup (entry->kind);
      copy->ruling = g_strdup (entry->ruling);
      copy->receipt = g_strdup (entry->receipt);
      if (known)
        {
          g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

          copy->line = g_strdup (op->id);
        }
      else
        copy->line = g_strdup (entry->line);
      g_ptr_array_add (answer->entries, copy);
    }
  answer->cursor = at;
  answer->head = line->office->feed->len;
  return answer;
}

static char *
id_of (const char *text)
{
  g_auto (McPushed) pushed = { 0 };
  g_autoptr (McOp) op = NULL;

  mc_pushed_read (text, &pushed);
  op = mc_op_parse (pushed.line, -1, NULL);
  return g_strdup (op->id);
}

/* Somebody looks at a colleague's scan that the province does not have yet: the desk says so, and
 * fetches it as soon as the answer says that it is there; not before, and not after a minute. */
static void
test_scan_awaited (void)
{
  g_auto (Line) line = line_new ();
  McStore *store = line.office->store;
  g_autofree char *sha256 = mc_test_other_scan (line.office, "scan");
  g_autoptr (McSyncRequest) before = NULL;
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncRequest) after = NULL;
  g_autoptr (McSyncAnswer) nothing = NULL;
  g_autoptr (McSyncAnswer) there = NULL;

  mc_store_want_scan (store, sha256);
  before = ask (&line);
  g_assert_null (before->scan);
  nothing = page (&line, before, 10);
  g_assert_cmpint (take (&line, nothing), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (next (&line).kind, ==, MC_COMMAND_FETCH_BLOB);
  mc_store_blob_put_off (store, sha256, MC_PUT_OFF_S);
  request = ask (&line);
  g_assert_cmpstr (request->scan, ==, sha256);
  g_assert_cmpint (request->wait, >, 0);
  there = page (&line, request, 10);
  g_assert_cmpint (take (&line, there), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (next (&line).kind, ==, MC_COMMAND_SYNC);
  there->scan = g_strdup (sha256);
  g_assert_cmpint (take (&line, there), ==, MC_OUTCOME_DONE);
  g_assert_cmpint (next (&line).kind, ==, MC_COMMAND_FETCH_BLOB);
  line.office->clock->mono_ms += 20 * 1000;
  after = ask (&line);
  g_assert_null (after->scan);
}

/* Sent, judged, and back by its id alone: one contact, then nothing is left and the answer is held.
 */
static void
test_one_contact (void)
{
  g_auto (Line) line = line_new ();
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  request = ask (&line);
  g_assert_cmpuint (request->lines->len, ==, 1);
  g_assert_cmpint (request->left, ==, 0);
  g_assert_cmpint (request->wait, ==, 0);
  mc_test_feed (line.office, request->lines->pdata[0], "\"applied\"");
  answer = page (&line, request, 10);
  g_assert_cmpuint (strlen (((McFeedEntry *)answer->entries->pdata[0])->line), ==, 36);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (mc_contact_report (line.contact, FALSE).ops_waiting, ==, 0);
  mc_test_check (line.office);
  g_assert_cmpuint (next (&line).wait_s, >, 0);
}

/* A captive portal says nothing of what was sent: no contact, and nothing is believed to be there.
 */
static void
test_no_word (void)
{
  g_auto (Line) line = line_new ();
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  request = ask (&line);
  answer = page (&line, NULL, 10);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_FAILED);
  g_assert_cmpint (mc_contact_report (line.contact, FALSE).state, ==, MC_SYNC_OFFLINE);
  line.office->clock->mono_ms += 120 * 1000;
  mc_sync_request_free (g_steal_pointer (&request));
  request = ask (&line);
  g_assert_cmpuint (request->lines->len, ==, 1);
}

static McSyncAnswer *
missing_answer (Line *line, const McSyncRequest *request)
{
  McSyncAnswer *answer = page (line, NULL, 0);
  const char *missing[] = { "01a2016f-38e5-7111-8b11-fdc1067aa929", NULL };
  g_autofree char *id = id_of (request->lines->pdata[0]);

  answer->head = answer->cursor.n;
  mc_sync_answer_put (answer, id, NULL, missing);
  return answer;
}

/* What the province keeps until a parent comes is not brought at every contact, but now and then;
 * and it holds nothing else up. */
static void
test_missing (void)
{
  g_auto (Line) line = line_new ();
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  request = ask (&line);
  answer = missing_answer (&line, request);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (next (&line).wait_s, >, 0);
  g_free (mc_test_receive (line.office, "Lê Thị Ánh"));
  mc_sync_request_free (g_steal_pointer (&request));
  request = ask (&line);
  g_assert_cmpuint (request->lines->len, ==, 1);
  g_assert_cmpint (request->left, ==, 0);
  mc_test_feed (line.office, request->lines->pdata[0], "\"applied\"");
  mc_sync_answer_free (g_steal_pointer (&answer));
  answer = page (&line, request, 10);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (mc_contact_backlog (line.contact).ops, ==, 0);
  g_assert_cmpuint (mc_contact_report (line.contact, FALSE).ops_waiting, ==, 1);
  line.office->clock->mono_ms += 2 * 3600 * 1000;
  mc_sync_answer_free (g_steal_pointer (&answer));
  answer = page (&line, NULL, 10);
  mc_sync_request_free (g_steal_pointer (&request));
  request = ask (&line);
  take (&line, answer);
  g_assert_cmpuint (mc_contact_backlog (line.contact).ops, ==, 1);
}

/* The province does not know the device that made an op: its certificate goes with it once more. */
static void
test_device_is_shown (void)
{
  g_auto (Line) line = line_new ();
  static const char *const device[] = { "device", NULL };
  McEnrolment *self = mc_store_enrolment (line.office->store);
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncRequest) shown = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McSyncAnswer) again = NULL;
  g_autofree char *id = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  request = ask (&line);
  id = id_of (request->lines->pdata[0]);
  answer = page (&line, NULL, 10);
  mc_sync_answer_put (answer, id, NULL, device);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (mc_contact_backlog (line.contact).ops, ==, 1);

  shown = ask (&line);
  g_assert_cmpuint (shown->lines->len, ==, 2);
  g_assert_cmpstr (shown->lines->pdata[0], ==, self->certificate);
  g_assert_cmpint (shown->left, ==, 0);
  /* Asked again in vain it is not brought at once. */
  again = page (&line, NULL, 10);
  mc_sync_answer_put (again, id, NULL, device);
  g_assert_cmpint (take (&line, again), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (mc_contact_backlog (line.contact).ops, ==, 0);
  mc_enrolment_free (self);
}

/* While the feed is read anew nothing is sent; then exactly what it does not have. */
static void
test_catching_up (void)
{
  g_auto (Line) line = line_new ();
  guint empty = line.office->feed->len;
  g_autoptr (McSyncRequest) request = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 4; i++)
    g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  mc_test_accept_all (line.office);
  for (guint i = empty; i < line.office->feed->len; i++)
    g_ptr_array_add (lines, g_strdup (((McFeedEntry *)line.office->feed->pdata[i])->line));
  /* The province has lost the four, and got two of them back from another desk. */
  g_ptr_array_set_size (line.office->feed, (int)empty);
  mc_test_feed (line.office, lines->pdata[1], "\"applied\"");
  mc_test_feed (line.office, lines->pdata[0], "\"applied\"");
  request = ask (&line);
  answer = mc_sync_answer_new ();
  answer->reset = TRUE;
  answer->head = line.office->feed->len;
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_MORE);
  for (guint rounds = 0; mc_store_cursor (line.office->store).n < answer->head; rounds++)
    {
      g_autoptr (McSyncAnswer) some = NULL;

      g_assert_cmpuint (rounds, <, 100);
      mc_sync_request_free (g_steal_pointer (&request));
      request = ask (&line);
      g_assert_cmpuint (request->lines->len, ==, 0);
      some = page (&line, NULL, 1);
      take (&line, some);
    }
  mc_sync_request_free (g_steal_pointer (&request));
  request = ask (&line);
  g_assert_cmpuint (request->lines->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *sent = id_of (request->lines->pdata[i]);
      g_autofree char *lost = id_of (lines->pdata[2 + i]);

      g_assert_cmpstr (sent, ==, lost);
    }
  mc_test_check (line.office);
}

/* A copy does nothing before it is somebody of its own, and asks with one key until it is. */
static void
test_copy (void)
{
  g_auto (Line) line = line_new ();
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (line.office->store);
  g_autoptr (McSyncRequest) request = NULL;
  McReply reply = { .outcome = MC_OUTCOME_FAILED };
  McSecretKey first;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  g_assert_true (mc_store_mark_copied (line.office->store, "machine", NULL));
  g_assert_true (mc_contact_report (line.contact, FALSE).copied);
  g_assert_cmpint (next (&line).kind, ==, MC_COMMAND_ENROL);
  first = *mc_contact_new_key (line.contact, NULL);
  mc_contact_close (line.contact, &reply, &line.office->clock->clock);
  line.office->clock->mono_ms += 120 * 1000;
  g_assert_cmpint (next (&line).kind, ==, MC_COMMAND_ENROL);
  g_assert_cmpmem (mc_contact_new_key (line.contact, NULL)->bytes,
                   sizeof first.bytes,
                   first.bytes,
                   sizeof first.bytes);
  g_free (enrolment->device);
  enrolment->device = mc_id_new (MC_TEST_MS);
  g_assert_true (mc_contact_enrolled (line.contact, enrolment, &reply, NULL));
  mc_contact_close (line.contact, &reply, &line.office->clock->clock);
  g_assert_false (mc_contact_report (line.contact, FALSE).copied);
  /* The next copy, should there be one, is another still. */
  g_assert_cmpint (memcmp (mc_contact_new_key (line.contact, NULL)->bytes,
                           first.bytes,
                           sizeof first.bytes),
                   !=,
                   0);
  /* What was made before goes out under its old name. */
  request = ask (&line);
  g_assert_cmpuint (request->lines->len, ==, 1);
}

/* While an answer is put into the profile the next request travels: it begins where that answer
 * ends, brings what was not brought yet, and does not say that nothing is left. */
static void
test_next_travels (void)
{
  g_auto (Line) line = line_new ();
  McCommand command = { .kind = MC_COMMAND_SYNC, .max_ops = 1, .max_entries = 10 };
  g_autoptr (McSyncRequest) first = NULL;
  g_autoptr (McSyncRequest) second = NULL;
  g_autoptr (McSyncRequest) third = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McSyncAnswer) after = NULL;
  g_autoptr (GError) error = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  g_free (mc_test_receive (line.office, "Trần Thị Ngữ"));
  first = mc_contact_ask (line.contact, &command, &error);
  g_assert_no_error (error);
  mc_test_feed (line.office, first->lines->pdata[0], "\"applied\"");
  answer = page (&line, first, 10);

  second = mc_contact_ask_next (line.contact, &command, answer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->lines->len, ==, 1);
  g_assert_cmpstr (second->lines->pdata[0], !=, first->lines->pdata[0]);
  g_assert_cmpint (second->cursor.n, ==, answer->cursor.n);
  g_assert_cmpstr (second->cursor.hash, ==, answer->cursor.hash);
  g_assert_cmpint (second->left, >, 0);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);

  mc_contact_turn (line.contact);
  mc_test_feed (line.office, second->lines->pdata[0], "\"applied\"");
  after = page (&line, second, 10);
  third = mc_contact_ask_next (line.contact, &command, after, &error);
  g_assert_no_error (error);
  g_assert_null (third);
  g_assert_cmpint (take (&line, after), ==, MC_OUTCOME_DONE);
  g_assert_cmpuint (mc_contact_backlog (line.contact).ops, ==, 0);
}

/* Of an answer that was asked for ahead every op that was sent is asked, as of any other. */
static void
test_next_without_a_word (void)
{
  g_auto (Line) line = line_new ();
  McCommand command = { .kind = MC_COMMAND_SYNC, .max_ops = 1, .max_entries = 10 };
  g_autoptr (McSyncRequest) first = NULL;
  g_autoptr (McSyncRequest) second = NULL;
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autoptr (McSyncAnswer) silent = NULL;

  g_free (mc_test_receive (line.office, "Nguyễn Văn Đình"));
  g_free (mc_test_receive (line.office, "Trần Thị Ngữ"));
  first = mc_contact_ask (line.contact, &command, NULL);
  mc_test_feed (line.office, first->lines->pdata[0], "\"applied\"");
  answer = page (&line, first, 10);
  second = mc_contact_ask_next (line.contact, &command, answer, NULL);
  g_assert_nonnull (second);
  g_assert_cmpint (take (&line, answer), ==, MC_OUTCOME_DONE);
  mc_contact_turn (line.contact);
  silent = page (&line, second, 10);
  g_assert_cmpint (take (&line, silent), ==, MC_OUTCOME_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact/one-contact", test_one_contact);
  g_test_add_func ("/contact/scan-awaited", test_scan_awaited);
  g_test_add_func ("/contact/next-travels", test_next_travels);
  g_test_add_func ("/contact/next-without-a-word", test_next_without_a_word);
  g_test_add_func ("/contact/no-word", test_no_word);
  g_test_add_func ("/contact/missing", test_missing);
  g_test_add_func ("/contact/device-is-shown", test_device_is_shown);
  g_test_add_func ("/contact/catching-up", test_catching_up);
  g_test_add_func ("/contact/copy", test_copy);
  return g_test_run ();
}
