/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* Everything that waits is refused for @reason. */
static void
refuse_all (McTestOffice *office, const char *reason)
{
  guint count = mc_store_outbox_count (office->store);
  g_autofree char *ruling = g_strdup_printf ("\"refused:%s\"", reason);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *line = mc_test_waiting_line (office, i);

      mc_test_feed (office, line, ruling);
    }
  mc_test_pull (office);
}

static McWaiting *
refused_at (McTestOffice *office, guint place, GPtrArray **ret_all)
{
  *ret_all = mc_store_refused (office->store, NULL);
  g_assert_cmpuint ((*ret_all)->len, >, place);
  return (*ret_all)->pdata[place];
}

static guint
refused_count (McTestOffice *office)
{
  g_autoptr (GPtrArray) all = mc_store_refused (office->store, NULL);

  g_assert_cmpuint (mc_store_refused_count (office->store), ==, all->len);
  return all->len;
}

/* The resident has the paper: the corrected reception keeps its code and its record, and the fee
 * that was taken with it goes along. */
static void
test_reception (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:{s:i,s:s}}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Nguyễn Văn Đinh",
                                            "fee_taken",
                                            "amount",
                                            8000,
                                            "method",
                                            "cash");
  g_autoptr (McReceived) received = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) body = NULL;
  g_autofree char *line = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  received = mc_desk_receive (office->desk, reception, NULL);
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:procedure\"");
  mc_test_pull (office);
  refuse_all (office, "record");
  g_assert_cmpuint (refused_count (office), ==, 2);
  refused = refused_at (office, 0, &all);
  g_assert_cmpint (refused->kind, ==, MC_WAITING_REFUSED);
  g_assert_cmpstr (refused->reason, ==, "procedure");
  g_assert_cmpstr (refused->code, ==, received->code);
  body = mc_json_parse (refused->detail, -1, NULL);
  json_object_set_new (body, "applicant", json_pack ("{s:s}", "name", "Nguyễn Văn Đình"));
  json_object_set_new (body, "code", json_string ("khác"));
  g_assert_true (mc_desk_resend (office->desk, refused->op, body, NULL));
  g_assert_cmpuint (refused_count (office), ==, 0);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 2);
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, received->id, NULL);
  g_assert_cmpstr (dossier->row->code, ==, received->code);
  g_assert_cmpstr (dossier->row->applicant, ==, "Nguyễn Văn Đình");
  g_assert_nonnull (strstr (mc_record_value (dossier->record, MC_GROUP_FEE), "taken"));
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  mc_test_check (office);
}

/* An edit names what stands now beside the refused one: a colleague's later value is not undone
 * unseen, and one op counts. */
/* As a whole, on the page where it was typed: another procedure's case, other papers, and the fee
 * that was taken with it is not taken twice. */
static void
test_reception_reopened (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:{s:i,s:s}}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Nguyễn Văn Đinh",
                                            "fee_taken",
                                            "amount",
                                            8000,
                                            "method",
                                            "cash");
  g_autoptr (McReceived) received = NULL;
  g_autoptr (McReceived) again = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *same = NULL, *line = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  received = mc_desk_receive (office->desk, reception, NULL);
  line = mc_test_waiting_line (office, 0);
  mc_test_feed (office, line, "\"refused:procedure\"");
  mc_test_pull (office);
  refuse_all (office, "record");
  refused = refused_at (office, 0, &all);
  mc_fake_clock_pass (office->clock, 3 * 24 * 3600 * G_GINT64_CONSTANT (1000));
  id = mc_desk_reopen (office->desk, refused->op, &error);
  same = mc_desk_reopen (office->desk, refused->op, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, same);
  draft = mc_desk_draft (office->desk, id, NULL);
  g_assert_cmpstr (mc_json_string (draft, "procedure"), ==, "1.001193");
  json_object_set_new (draft, "procedure", json_string ("1.004873"));
  json_object_set_new (draft, "applicant", json_pack ("{s:s}", "name", "Nguyễn Văn Đình"));
  json_object_set_new (draft, "parts", json_pack ("{s:{s:i}}", "to-khai", "originals", 1));
  json_object_set_new (draft,
                       "fee_taken",
                       json_pack ("{s:i,s:s}", "amount", 8000, "method", "cash"));
  json_object_set_new (draft, "draft", json_string (id));
  again = mc_desk_receive (office->desk, draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->id, ==, received->id);
  g_assert_cmpstr (again->code, ==, received->code);
  g_assert_cmpuint (refused_count (office), ==, 0);
  g_assert_null (mc_desk_draft (office->desk, id, NULL));
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, received->id, NULL);
  g_assert_cmpstr (dossier->row->applicant, ==, "Nguyễn Văn Đình");
  g_assert_cmpstr (dossier->row->procedure, ==, "1.004873");
  g_assert_cmpint (mc_json_int (mc_record_peek (dossier->record, MC_GROUP_FEE), "taken", 0),
                   ==,
                   8000);
  /* Twice corrected is once. */
  g_assert_null (mc_desk_reopen (office->desk, dossier->record->creator, NULL));
  mc_test_check (office);
}

/* It stands on one paper with another dossier, and is on it still when it has been corrected. */
static void
test_reopened_on_its_receipt (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) reception = json_pack ("{s:s,s:{s:s},s:[{s:s}]}",
                                            "procedure",
                                            "1.001193",
                                            "applicant",
                                            "name",
                                            "Nguyễn Văn Đinh",
                                            "more",
                                            "procedure",
                                            "1.004873");
  g_autoptr (McReceived) received = NULL;
  g_autoptr (McReceived) again = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const McReceived *second;

  mc_test_sign_in (office, "an");
  received = mc_desk_receive (office->desk, reception, &error);
  g_assert_no_error (error);
  second = received->more->pdata[0];
  refuse_all (office, "record");
  dossier = mc_store_dossier (office->store, second->id, NULL);
  g_assert_null (dossier);
  for (guint i = 0; id == NULL && i < refused_count (office); i++)
    {
      McWaiting *refused = refused_at (office, i, &all);

      if (g_strcmp0 (refused->dossier, second->id) == 0)
        id = mc_desk_reopen (office->desk, refused->op, &error);
      g_clear_pointer (&all, g_ptr_array_unref);
    }
  g_assert_no_error (error);
  draft = mc_desk_draft (office->desk, id, NULL);
  json_object_set_new (draft, "applicant", json_pack ("{s:s}", "name", "Nguyễn Văn Đình"));
  again = mc_desk_receive (office->desk, draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->code, ==, second->code);
  dossier = mc_store_dossier (office->store, second->id, NULL);
  g_assert_cmpstr (mc_json_string (mc_record_peek (dossier->record, MC_GROUP_APPLICANT), "receipt"),
                   ==,
                   received->code);
}

static void
test_edit (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) value = json_pack ("{s:s}", "phone", "0933");
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (McOp) op = NULL;
  g_autoptr (McDossier) dossier = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, value, NULL));
  refuse_all (office, "right");
  refused = refused_at (office, 0, &all);
  /* The author has lost the right; a colleague at the same desk has it. */
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_resend (office->desk, refused->op, NULL, NULL));
  g_assert_cmpuint (refused_count (office), ==, 0);
  line = mc_test_waiting_line (office, 0);
  op = mc_op_parse (line, -1, NULL);
  g_assert_cmpstr (op->instead, ==, refused->op);
  g_assert_cmpuint (json_array_size (json_object_get (op->base, "contact")), ==, 2);
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->phone, ==, "0933");
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  mc_test_check (office);
}

static void
test_step_by_one_who_may (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDossier) dossier = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_step (office->desk, id, MC_STEP_APPRAISE, NULL, NULL));
  refuse_all (office, "role");
  refused = refused_at (office, 0, &all);
  mc_test_sign_in (office, "an");
  g_assert_false (mc_desk_resend (office->desk, refused->op, NULL, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_REFUSED);
  g_assert_cmpuint (refused_count (office), ==, 1);
  mc_test_sign_in (office, "binh");
  g_assert_true (mc_desk_resend (office->desk, refused->op, NULL, NULL));
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->state, ==, "appraised");
  mc_test_check (office);
}

static void
test_set_aside (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GPtrArray) all = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  refuse_all (office, "right");
  refused = refused_at (office, 0, &all);
  g_assert_true (mc_desk_set_aside (office->desk, refused->op, NULL));
  g_assert_cmpuint (refused_count (office), ==, 0);
  g_assert_false (mc_desk_set_aside (office->desk, "01a2016f-38e5-7111-8b11-fdc1067aa929", NULL));
  mc_test_check (office);
}

/* Corrected on the PC beside: it is off this list as soon as that is heard. */
static void
test_corrected_elsewhere (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McTestOffice) beside = mc_test_office ();
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *line = NULL;
  g_autofree char *correction = NULL;
  McWaiting *refused;

  mc_test_sign_in (office, "an");
  g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  line = mc_test_waiting_line (office, 0);
  refuse_all (office, "right");
  refused = refused_at (office, 0, &all);
  mc_test_feed (beside, line, "\"refused:right\"");
  mc_test_pull (beside);
  /* It is no work of the desk beside, so its list is empty; it can be sent again there all the
   * same. */
  g_assert_cmpuint (refused_count (beside), ==, 0);
  mc_test_sign_in (beside, "an");
  g_assert_true (mc_desk_resend (beside->desk, refused->op, NULL, NULL));
  correction = mc_test_waiting_line (beside, 0);
  mc_test_feed (office, correction, "\"applied\"");
  mc_test_pull (office);
  g_assert_cmpuint (refused_count (office), ==, 0);
  g_assert_true (mc_test_shows (office->store, refused->dossier));
  mc_test_check (office);
}

static McSyncAnswer *
asks_for (McTestOffice *office, const char *op, const char *what)
{
  McSyncAnswer *answer = mc_sync_answer_new ();
  const char *missing[] = { what, NULL };

  mc_sync_answer_put (answer, op, NULL, missing);
  answer->cursor = mc_store_cursor (office->store);
  answer->head = answer->cursor.n;
  answer->time_ms = MC_TEST_MS;
  return answer;
}

static void
test_why_it_waits (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < 3; i++)
    g_free (mc_test_receive (office, "Nguyễn Văn Đình"));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = mc_test_waiting_line (office, i);
      g_autoptr (McOp) op = mc_op_parse (line, -1, NULL);
      g_autoptr (McSyncAnswer) answer = asks_for (office, op->id, i ? "version" : op->on);

      g_assert_true (mc_store_inbox (office->store, answer, NULL));
    }
  for (guint round = 0; round < 2; round++)
    {
      static const McWaitingKind kinds[] = { MC_WAITING_MISSING,
                                             MC_WAITING_TOO_NEW,
                                             MC_WAITING_TO_SEND };
      g_autoptr (GPtrArray) waiting = mc_store_waiting (office->store, 10, NULL);

      g_assert_cmpuint (waiting->len, ==, round == 0 ? 3 : 0);
      for (guint i = 0; i < waiting->len; i++)
        g_assert_cmpint (((McWaiting *)waiting->pdata[i])->kind, ==, kinds[i]);
      mc_test_accept_all (office);
    }
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/reception", test_reception);
  g_test_add_func ("/review/reception-reopened", test_reception_reopened);
  g_test_add_func ("/review/reopened-on-its-receipt", test_reopened_on_its_receipt);
  g_test_add_func ("/review/edit", test_edit);
  g_test_add_func ("/review/step-by-one-who-may", test_step_by_one_who_may);
  g_test_add_func ("/review/set-aside", test_set_aside);
  g_test_add_func ("/review/corrected-elsewhere", test_corrected_elsewhere);
  g_test_add_func ("/review/why-it-waits", test_why_it_waits);
  return g_test_run ();
}
