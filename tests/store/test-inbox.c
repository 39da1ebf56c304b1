/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

/* A page with one op, as the province would send it after the desk's cursor. */
static McSyncAnswer *
page_with (McTestOffice *office, const char *line, const char *ruling)
{
  McSyncAnswer *answer = mc_sync_answer_new ();
  McFeedEntry *entry = g_new0 (McFeedEntry, 1);

  answer->cursor = mc_store_cursor (office->store);
  entry->n = answer->cursor.n + 1;
  entry->kind = g_strdup ("op");
  entry->ruling = g_strdup (ruling);
  entry->receipt = g_strdup ("r");
  entry->line = g_strdup (line);
  mc_feed_hash (answer->cursor.hash, entry, answer->cursor.hash);
  answer->cursor.n = entry->n;
  answer->head = entry->n;
  answer->time_ms = MC_TEST_MS;
  g_ptr_array_add (answer->entries, entry);
  return answer;
}

static char *
first_waiting (McTestOffice *office)
{
  g_autoptr (GPtrArray) lines = mc_store_outbox (office->store, 1, G_MAXSIZE / 2, NULL, NULL, NULL);

  g_assert_cmpuint (lines->len, ==, 1);
  return g_strdup (lines->pdata[0]);
}

static void
test_finished_by_the_feed (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_accept_all (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  mc_test_check (office);
}

static void
test_wrong_pages (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McCursor before = mc_store_cursor (office->store);
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  line = first_waiting (office);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (McSyncAnswer) answer = page_with (office, line, "\"applied\"");
      g_autoptr (GError) error = NULL;
      McFeedEntry *entry = answer->entries->pdata[0];
      McCursor after;

      if (i == 0)
        entry->n += 1;
      else if (i == 1)
        answer->cursor.hash[0] ^= 1;
      else if (i == 2)
        entry->line[200] ^= 1;
      else
        entry->ruling[1] = 'A';
      g_assert_false (mc_store_inbox (office->store, answer, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_NETWORK);
      after = mc_store_cursor (office->store);
      g_assert_cmpint (after.n, ==, before.n);
      g_assert_cmpstr (after.hash, ==, before.hash);
      g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
    }
  mc_test_check (office);
}

static void
test_a_line_that_is_no_op (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McSyncAnswer) answer =
      page_with (office, "<html>Đăng nhập wifi</html>", "\"applied\"");
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_store_inbox (office->store, answer, &error));
  g_assert_nonnull (error);
  mc_test_check (office);
}

/* The province refuses what this desk thought right: shown, kept, and blocks nothing. */
static void
test_refused (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *next = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GPtrArray) refused = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  line = first_waiting (office);
  mc_test_feed (office, line, "\"refused:procedure\"");
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  g_assert_false (mc_test_shows (office->store, id));
  refused = mc_store_refused (office->store, NULL);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpstr (((McWaiting *)refused->pdata[0])->applicant, ==, "Nguyễn Văn Đình");
  next = mc_test_receive (office, "Người Sau");
  mc_test_accept_all (office);
  mc_test_check (office);
}

/* An edit made on top of an own edit that the province refuses falls back on what was there before.
 */
static void
test_edit_on_a_refused_edit (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) one = json_pack ("{s:s}", "phone", "0911");
  g_autoptr (json_t) two = json_pack ("{s:s}", "phone", "0922");
  g_autoptr (McDossier) dossier = NULL;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, one, NULL));
  line = first_waiting (office);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, two, NULL));
  mc_test_feed (office, line, "\"refused:role\"");
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpstr (dossier->row->phone, ==, "0922");
  g_assert_cmpuint (dossier->row->contested, ==, 0);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_check (office);
}

/* The server is another than yesterday: what it lacks waits again, and nothing is lost. */
static void
test_reset (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint admin = office->feed->len;
  g_autoptr (McSyncAnswer) answer = mc_sync_answer_new ();
  g_autoptr (GError) error = NULL;

  mc_test_sign_in (office, "an");
  first = mc_test_receive (office, "Người Thứ Nhất");
  second = mc_test_receive (office, "Người Thứ Hai");
  mc_test_accept_all (office);
  answer->reset = TRUE;
  answer->time_ms = MC_TEST_MS;
  answer->cursor = office->cursor;
  answer->head = admin;
  g_assert_true (mc_store_inbox (office->store, answer, &error));
  g_assert_no_error (error);
  g_ptr_array_set_size (office->feed, (int)admin);
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 2);
  mc_test_accept_all (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  mc_test_check (office);
}

static void
test_outbox_bounds (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (GHashTable) skip = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) three = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) small = NULL;

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < 5; i++)
    g_free (mc_test_receive (office, "Người Nộp"));
  three = mc_store_outbox (office->store, 3, G_MAXSIZE / 2, NULL, NULL, NULL);
  g_assert_cmpuint (three->len, ==, 3);
  for (guint i = 0; i < three->len; i++)
    {
      g_autoptr (McOp) op = mc_op_parse (three->pdata[i], -1, NULL);

      g_hash_table_add (skip, g_strdup (op->id));
    }
  rest = mc_store_outbox (office->store, 10, G_MAXSIZE / 2, skip, NULL, NULL);
  g_assert_cmpuint (rest->len, ==, 2);
  /* One goes even where it alone is too large, or it would never go. */
  small = mc_store_outbox (office->store, 10, 1, NULL, NULL, NULL);
  g_assert_cmpuint (small->len, ==, 1);
}

/* A colleague's clock in 2031 does not drag ours along. */
static void
test_stamp_far_ahead (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", "0922");
  g_autoptr (json_t) base = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  gint64 now;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  base = json_pack ("{s:[s]}", "contact", dossier->record->creator);
  now = office->clock->wall_ms;
  office->clock->wall_ms += G_GINT64_CONSTANT (5) * 365 * 24 * 3600 * 1000;
  line = mc_test_other (office, "binh", id, MC_VERB_SET, body, base);
  office->clock->wall_ms = now;
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  g_assert_cmpint (mc_store_now (office->store), <, now + 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inbox/finished-by-the-feed", test_finished_by_the_feed);
  g_test_add_func ("/inbox/wrong-pages", test_wrong_pages);
  g_test_add_func ("/inbox/a-line-that-is-no-op", test_a_line_that_is_no_op);
  g_test_add_func ("/inbox/refused", test_refused);
  g_test_add_func ("/inbox/edit-on-a-refused-edit", test_edit_on_a_refused_edit);
  g_test_add_func ("/inbox/reset", test_reset);
  g_test_add_func ("/inbox/outbox-bounds", test_outbox_bounds);
  g_test_add_func ("/inbox/stamp-far-ahead", test_stamp_far_ahead);
  return g_test_run ();
}
