/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-newcomer.h"

#include "mc-support.h"
#include "mc-sync-store.h"

gpointer
newcomer_run_here (gpointer where, McWork work, gpointer data, GError **error)
{
  return work (where, data, error);
}

void
newcomer_open (Newcomer *join)
{
  g_autoptr (GError) error = NULL;

  join->store = mc_store_open_on (join->folder, &join->test->clock, NULL, "pc", &error);
  g_assert_no_error (error);
  join->desk = mc_desk_new (join->store);
  join->contact = mc_contact_new (1, newcomer_run_here, join->desk);
}

void
newcomer_close (Newcomer *join)
{
  g_clear_pointer (&join->contact, mc_contact_free);
  g_clear_pointer (&join->desk, mc_desk_free);
  g_clear_pointer (&join->store, mc_store_close);
}

static void
enrol (Newcomer *join, gboolean public)
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
work_so_far (Newcomer *join)
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

Newcomer
newcomer_new (gboolean public)
{
  Newcomer join = { .test = test_province_new (), .limit = 10 };

  join.other = test_desk_enrol (join.test, join.test->office_a);
  join.open = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_op_unref);
  work_so_far (&join);
  join.folder = mc_test_folder ();
  newcomer_open (&join);
  enrol (&join, public);
  return join;
}

void
newcomer_clear (Newcomer *join)
{
  newcomer_close (join);
  mc_test_remove (join->folder);
  g_ptr_array_unref (join->open);
  test_desk_free (join->other);
  test_sound (join->test);
  test_province_free (join->test);
}

McSyncRequest *
newcomer_ask (Newcomer *join)
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
McSyncAnswer *
newcomer_answer_to (Newcomer *join, const McSyncRequest *request)
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

McOutcome
newcomer_take (Newcomer *join, const McSyncAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  McReply reply = { 0 };

  mc_contact_take (join->contact, answer, &join->test->clock, &reply, &error);
  g_assert_no_error (error);
  mc_contact_close (join->contact, &reply, &join->test->clock);
  join->taken++;
  return reply.outcome;
}

McOutcome
newcomer_turn (Newcomer *join)
{
  g_autoptr (McSyncRequest) request = newcomer_ask (join);
  g_autoptr (McSyncAnswer) answer = newcomer_answer_to (join, request);

  return newcomer_take (join, answer);
}

/* The program ends after each answer, and starts again. */
McOutcome
newcomer_turn_and_end (Newcomer *join)
{
  McOutcome outcome = newcomer_turn (join);

  newcomer_close (join);
  newcomer_open (join);
  return outcome;
}

gboolean
newcomer_open_are_here (Newcomer *join)
{
  g_auto (McFirst) first = { 0 };

  mc_store_first (join->store, &first);
  return first.after == NULL;
}

guint
newcomer_shown (Newcomer *join)
{
  McFilter filter = { .queue = MC_QUEUE_ALL };
  g_autoptr (GArray) rows = mc_store_list (join->store, &filter, NULL);

  return rows->len;
}

void
newcomer_check (Newcomer *join)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;

  mc_store_check (join->store, &faults, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < faults->len; i++)
    g_test_message ("%s", (char *)faults->pdata[i]);
  g_assert_cmpuint (faults->len, ==, 0);
}

void
newcomer_read_to_the_end (Newcomer *join)
{
  g_auto (McFirst) first = { 0 };

  while (newcomer_turn (join) == MC_OUTCOME_MORE)
    newcomer_check (join);
  while (mc_store_outbox_count (join->store) > 0)
    newcomer_turn (join);
  mc_store_first (join->store, &first);
  g_assert_false (first.on);
  g_assert_cmpuint (mc_store_outbox_count (join->store), ==, 0);
  newcomer_check (join);
}

/* Somebody of the office sits down and receives. */
char *
newcomer_receive (Newcomer *join)
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
