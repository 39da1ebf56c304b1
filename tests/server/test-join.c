/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Open dossiers first, the rest behind. */
#include "mc-error.h"
#include "mc-fault-run.h"
#include "mc-support.h"
#include "mc-sync-store.h"
#include "test-newcomer.h"

#include <string.h>

static const char *
phone (Newcomer *join, const char *dossier, char **ret_text)
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
  g_auto (Newcomer) join = newcomer_new (FALSE);
  const McOp *open = join.open->pdata[2];
  g_autoptr (McOp) news = test_desk_set (join.other, join.test->clerk, open, "0905222222");
  g_autofree char *mine = NULL;
  g_autofree char *said = NULL;

  while (!newcomer_open_are_here (&join))
    {
      g_assert_cmpint (newcomer_turn_and_end (&join), ==, MC_OUTCOME_MORE);
      newcomer_check (&join);
    }
  g_assert_cmpint (mc_store_cursor (join.store).n, ==, 0);
  g_assert_cmpuint (newcomer_shown (&join), ==, OPEN);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 0);
  g_assert_cmpint (mc_store_first_held (join.store), >, OPEN * 2);

  mine = newcomer_receive (&join);
  test_push (join.test, join.other, news, "{\"contact\":\"contested\"}");
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 1);
  g_assert_cmpint (newcomer_turn (&join), ==, MC_OUTCOME_MORE);
  g_assert_cmpuint (mc_store_outbox_count (join.store), ==, 0);
  g_assert_true (mc_ledger_has (mc_store_db (join.store), news->id));
  g_assert_cmpstr (phone (&join, open->on, &said), ==, "0905111111");
  g_assert_cmpuint (newcomer_shown (&join), >, OPEN);
  newcomer_check (&join);

  newcomer_read_to_the_end (&join);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN + 1);
  g_assert_true (mc_test_shows (join.store, mine));
}

/* @parent: what the dossier's sight was before. */
static McOp *
transfer (Newcomer *join, TestDesk *from, const char *by, const McOp *parent, const char *to)
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
  g_auto (Newcomer) join = newcomer_new (FALSE);
  const McOp *leaves = join.open->pdata[1];
  g_autoptr (McOp) away = NULL;

  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  g_assert_true (mc_test_shows (join.store, leaves->on));
  away = transfer (&join, join.other, join.test->clerk, leaves, join.test->office_b);
  do
    {
      g_assert_cmpint (newcomer_turn_and_end (&join), ==, MC_OUTCOME_MORE);
      newcomer_check (&join);
      g_assert_false (mc_test_shows (join.store, leaves->on));
    }
  while (mc_store_cursor (join.store).n < 50);
  newcomer_read_to_the_end (&join);
  g_assert_false (mc_test_shows (join.store, leaves->on));
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN - 1);
}

/* One that had left and was back before stays on the screen where the feed says that it left. */
static void
test_was_away (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autoptr (TestDesk) b = test_desk_enrol (join.test, join.test->office_b);
  const McOp *away = join.open->pdata[1];
  g_autoptr (McOp) to = NULL;
  g_autoptr (McOp) back = NULL;

  to = transfer (&join, join.other, join.test->clerk, away, join.test->office_b);
  back = transfer (&join, b, join.test->clerk_b, to, join.test->office_a);
  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  do
    {
      g_assert_true (mc_test_shows (join.store, away->on));
      newcomer_check (&join);
    }
  while (newcomer_turn (&join) == MC_OUTCOME_MORE);
  newcomer_read_to_the_end (&join);
  g_assert_true (mc_test_shows (join.store, away->on));
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN);
}

/* The province loses what it has said: the desk brings it. */
static void
test_restored (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  const McOp *open = join.open->pdata[0];
  g_autoptr (McOp) lost = test_desk_set (join.other, join.test->clerk, open, "0905333333");
  g_autofree char *said = NULL;

  test_province_copy (join.test);
  test_push (join.test, join.other, lost, "{\"contact\":\"contested\"}");
  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  newcomer_turn (&join);
  g_assert_true (mc_ledger_has (mc_store_db (join.store), lost->id));
  test_province_restore (join.test);
  newcomer_read_to_the_end (&join);
  g_assert_cmpint (test_number (join.test, "SELECT count (*) FROM op WHERE verb = 'dossier.set'"),
                   ==,
                   CLOSED + OPEN + 1);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN);
}

/* A province of before answers with the feed alone. */
static void
test_old_province (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  McOutcome outcome;

  do
    {
      g_autoptr (McSyncRequest) request = newcomer_ask (&join);
      g_autoptr (McSyncAnswer) answer = NULL;

      mc_first_clear (&request->first);
      answer = newcomer_answer_to (&join, request);
      outcome = newcomer_take (&join, answer);
      g_assert_true (newcomer_open_are_here (&join));
      newcomer_check (&join);
    }
  while (outcome == MC_OUTCOME_MORE);
  g_assert_cmpuint (newcomer_shown (&join), ==, CLOSED + OPEN);
}

/* On a public desk nothing of others is said, and nothing kept. */
static void
test_public (void)
{
  g_auto (Newcomer) join = newcomer_new (TRUE);

  while (!newcomer_open_are_here (&join))
    newcomer_turn (&join);
  g_assert_cmpuint (newcomer_shown (&join), ==, 0);
  g_free (newcomer_receive (&join));
  newcomer_read_to_the_end (&join);
  g_assert_cmpuint (newcomer_shown (&join), ==, 1);
}

/* Bytes that a bad line made others are no answer. */
static void
test_proof (void)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  g_autoptr (McSyncRequest) request = newcomer_ask (&join);
  g_autoptr (McSyncAnswer) answer = newcomer_answer_to (&join, request);
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

/* One answer, taken again and again while the power goes. */
typedef struct
{
  Newcomer *join;
  McSyncAnswer *answer;
  char *before, *after;
} Cut;

static char *
place (McStore *store)
{
  return mc_db_text (
      mc_store_db (store),
      NULL,
      "SELECT (SELECT count (*) FROM op) || ' ' || (SELECT count (*) FROM said) || "
      "' ' || (SELECT count (*) FROM feed) || ' ' || (SELECT count (*) FROM dossier) "
      "|| ' ' || (SELECT group_concat (key || '=' || value) FROM fact "
      " WHERE key LIKE 'first%' OR key LIKE 'cursor%')",
      "");
}

static gboolean
take_in (const char *folder, gpointer data)
{
  Cut *cut = data;
  const McClock *clock = &cut->join->test->clock;
  g_autoptr (McStore) store = mc_store_open_on (folder, clock, NULL, "pc", NULL);
  g_autoptr (McDesk) desk = store != NULL ? mc_desk_new (store) : NULL;
  g_autoptr (McContact) contact = desk != NULL ? mc_contact_new (1, newcomer_run_here, desk) : NULL;
  McReply reply = { 0 };

  return contact != NULL && mc_contact_take (contact, cut->answer, clock, &reply, NULL);
}

static char *
place_in (Cut *cut, const char *folder)
{
  Newcomer there = *cut->join;
  char *found;

  there.folder = (char *)folder;
  newcomer_open (&there);
  newcomer_check (&there);
  found = place (there.store);
  newcomer_close (&there);
  return found;
}

static void
look_after (const char *folder, gboolean said, gpointer data)
{
  Cut *cut = data;
  g_autofree char *found = place_in (cut, folder);

  if (g_str_equal (found, cut->before))
    {
      g_assert_false (said);
      g_assert_true (take_in (folder, cut));
      g_free (found);
      found = place_in (cut, folder);
    }
  if (cut->after == NULL)
    cut->after = g_strdup (found);
  g_assert_cmpstr (found, ==, cut->after);
}

/* The power goes at every write of what comes first, and of what follows: all of an answer is there
 * with its place, or nothing of it, and it is taken once more. */
static void
test_cut (gconstpointer fault)
{
  g_auto (Newcomer) join = newcomer_new (FALSE);
  Cut cut = { .join = &join };

  join.limit = 60;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (McSyncRequest) request = newcomer_ask (&join);

      cut.answer = newcomer_answer_to (&join, request);
      cut.before = place (join.store);
      newcomer_close (&join);
      g_assert_cmpuint (
          mc_fault_each (join.folder, GPOINTER_TO_INT (fault), take_in, look_after, &cut),
          >,
          4);
      g_assert_cmpstr (cut.before, !=, cut.after);
      g_clear_pointer (&cut.before, g_free);
      g_clear_pointer (&cut.after, g_free);
      g_clear_pointer (&cut.answer, mc_sync_answer_free);
      newcomer_open (&join);
      while (!newcomer_open_are_here (&join))
        newcomer_turn (&join);
    }
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
  g_test_add_data_func ("/join/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_cut);
  g_test_add_data_func ("/join/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_cut);
  return g_test_run ();
}
