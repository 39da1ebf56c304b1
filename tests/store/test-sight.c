/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-carry.h"
#include "mc-support.h"
#include "mc-sync-store.h"

#include <string.h>

static gint64
count (McTestOffice *office, const char *sql, const char *id)
{
  gint64 number = -1;

  g_assert_true (mc_db_int (mc_store_db (office->store), NULL, &number, sql, "s", id));
  return number;
}

/* A dossier received here, with a note by another desk and one more by it; all judged. */
static char *
shared_dossier (McTestOffice *office)
{
  char *id;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (json_t) base = json_pack ("{s:[s]}", "note", dossier->record->creator);
      g_autoptr (json_t) body = json_pack ("{s:s}", "text", i ? "hai" : "một");
      g_autofree char *line = mc_test_other (office, "binh", id, MC_VERB_NOTE, body, base);

      mc_test_feed (office, line, "\"applied\"");
    }
  mc_test_pull (office);
  return id;
}

/* Everything of the record that the feed had, once more. */
static void
feed_again (McTestOffice *office, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      const McFeedEntry *entry = office->feed->pdata[i];

      mc_test_feed (office, entry->line, entry->ruling);
    }
}

static void
test_gone (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = shared_dossier (office);
  McFilter filter = { .queue = MC_QUEUE_ALL, .search = "dinh" };
  g_autoptr (GArray) found = NULL;

  mc_test_gone (office, id);
  mc_test_pull (office);
  g_assert_false (mc_test_shows (office->store, id));
  found = mc_store_list (office->store, &filter, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  /* What others wrote is off the disk, own work stays. */
  g_assert_cmpint (count (office, "SELECT count(*) FROM op WHERE record = ?1", id), ==, 1);
  g_assert_cmpint (count (office, "SELECT count(*) FROM record WHERE id = ?1", id), ==, 0);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  g_assert_false (mc_desk_note (office->desk, id, "thử", NULL));
  mc_test_check (office);
}

/* Its scans that had not arrived are not asked for any more; those of another dossier are. */
static void
test_scans (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  char *ids[2] = { NULL };

  mc_test_sign_in (office, "an");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *sha256 = g_strnfill (64, i == 1 ? 'b' : 'a');
      g_autoptr (McDossier) dossier = NULL;
      g_autoptr (json_t) body = NULL;
      g_autoptr (json_t) base = NULL;
      g_autofree char *line = NULL;

      if (i < 2)
        ids[i] = mc_test_receive (office, "Nguyễn Văn Đình");
      mc_test_accept_all (office);
      dossier = mc_store_dossier (office->store, ids[i > 0], NULL);
      body = json_pack ("{s:s,s:{s:s,s:s,s:i}}",
                        "part",
                        i == 2 ? "giay-chung-sinh" : "to-khai",
                        "document",
                        "sha256",
                        sha256,
                        "name",
                        "a.pdf",
                        "size",
                        10);
      base = json_pack ("{s:[s]}",
                        i == 2 ? "part:giay-chung-sinh" : "part:to-khai",
                        dossier->record->creator);
      line = mc_test_other (office, "an", ids[i > 0], MC_VERB_ATTACH, body, base);
      mc_test_feed (office, line, "\"applied\"");
      mc_test_pull (office);
    }
  /* The first names "a", the second "b" and "a". */
  g_assert_cmpint (count (office, "SELECT count(*) FROM blob WHERE ?1 <> ''", "x"), ==, 2);
  mc_test_gone (office, ids[0]);
  mc_test_pull (office);
  g_assert_cmpint (count (office, "SELECT count(*) FROM blob WHERE ?1 <> ''", "x"), ==, 2);
  mc_test_gone (office, ids[1]);
  mc_test_pull (office);
  g_assert_cmpint (count (office, "SELECT count(*) FROM blob WHERE ?1 <> ''", "x"), ==, 0);
  g_free (ids[0]);
  g_free (ids[1]);
}

/* A neighbour who still sees it brings its lines: they are none of this office's business any more.
 */
static void
test_carried_after_it_left (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = shared_dossier (office);
  gint64 after = 0;
  g_autoptr (GPtrArray) lines = mc_store_carry_out (office->store, &after, 1000, NULL);
  McCarried carried;

  mc_test_gone (office, id);
  mc_test_pull (office);
  g_assert_true (mc_store_carry_in (office->store, lines, &carried, NULL));
  g_assert_cmpuint (carried.taken, ==, 0);
  g_assert_cmpuint (carried.known, ==, lines->len);
  g_assert_cmpint (count (office, "SELECT count(*) FROM op WHERE record = ?1", id), ==, 1);
  mc_test_check (office);
}

/* Own work on it that was still waiting goes on its way, and is finished by its verdict. */
static void
test_own_work_on_what_has_left (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = shared_dossier (office);
  g_autofree char *line = NULL;

  g_assert_true (mc_desk_note (office->desk, id, "của máy này", NULL));
  line = mc_test_waiting_line (office, 0);
  mc_test_gone (office, id);
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_check (office);
  mc_test_feed (office, line, "\"refused:office\"");
  mc_test_pull (office);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  g_assert_false (mc_test_shows (office->store, id));
  g_assert_cmpuint (mc_store_refused_count (office->store), ==, 1);
  mc_test_check (office);
}

/* An own edit was built on another's: that one stays, or nobody could judge it after a restore. */
static void
test_keeps_parents (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;
  g_autoptr (json_t) body = json_pack ("{s:{s:{s:s}}}", "groups", "contact", "phone", "0922");
  g_autoptr (json_t) mine = json_pack ("{s:s}", "phone", "0933");
  g_autoptr (json_t) base = NULL;

  mc_test_sign_in (office, "an");
  id = mc_test_receive (office, "Nguyễn Văn Đình");
  mc_test_accept_all (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  base = json_pack ("{s:[s]}", "contact", dossier->record->creator);
  line = mc_test_other (office, "binh", id, MC_VERB_SET, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  g_assert_true (mc_desk_set (office->desk, id, MC_GROUP_CONTACT, mine, NULL));
  mc_test_accept_all (office);
  mc_test_gone (office, id);
  mc_test_pull (office);
  g_assert_cmpint (count (office, "SELECT count(*) FROM op WHERE record = ?1", id), ==, 3);
  mc_test_check (office);
}

static void
test_back_again (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint from = office->feed->len;
  g_autofree char *id = shared_dossier (office);
  guint to = office->feed->len;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_gone (office, id);
  mc_test_pull (office);
  feed_again (office, from, to);
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_nonnull (dossier);
  g_assert_cmpuint (dossier->events->len, ==, 3);
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 0);
  mc_test_check (office);
  /* And away once more, and back. */
  mc_test_gone (office, id);
  feed_again (office, from, to);
  mc_test_pull (office);
  mc_dossier_free (g_steal_pointer (&dossier));
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->events->len, ==, 3);
  mc_test_check (office);
}

/* It leaves and is back within one page, in which lines that this desk itself had brought come as
 * their ids alone: what it let go of with the dossier is taken again. */
static void
test_back_by_ids (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint from = office->feed->len;
  g_autofree char *id = shared_dossier (office);
  guint to = office->feed->len;
  g_autoptr (McSyncAnswer) page = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_gone (office, id);
  feed_again (office, from, to);
  page = mc_test_page (office);
  for (guint i = 1; i < page->entries->len; i++)
    {
      McFeedEntry *entry = page->entries->pdata[i];
      g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

      g_free (entry->line);
      entry->line = g_strdup (op->id);
    }
  g_assert_true (mc_store_inbox (office->store, page, NULL));
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_nonnull (dossier);
  g_assert_cmpuint (dossier->events->len, ==, 3);
  mc_test_check (office);
}

/* The province has forgotten that it left: what was given up here is fetched again. */
static void
test_restored_before_it_left (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *id = shared_dossier (office);
  guint known = office->feed->len;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_gone (office, id);
  mc_test_pull (office);
  mc_test_restore (office, known);
  g_assert_cmpint (mc_store_cursor (office->store).n, <, known);
  mc_test_check (office);
  mc_test_pull (office);
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_nonnull (dossier);
  g_assert_cmpuint (dossier->events->len, ==, 3);
  mc_test_check (office);
}

/* It had left and come back; the province remembers only that it left. */
static void
test_restored_while_away (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint from = office->feed->len;
  g_autofree char *id = shared_dossier (office);
  guint to = office->feed->len;
  guint known;

  mc_test_gone (office, id);
  known = office->feed->len;
  feed_again (office, from, to);
  mc_test_pull (office);
  mc_test_restore (office, known);
  g_assert_false (mc_test_shows (office->store, id));
  mc_test_check (office);
  feed_again (office, from, to);
  mc_test_pull (office);
  g_assert_true (mc_test_shows (office->store, id));
  mc_test_check (office);
}

/* While it was away the province spoke on an op by the desk beside; that line does not come again
 * when the dossier does, so it stays, also where the desk has to go back in between. */
static void
test_word_while_away (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  guint from = office->feed->len;
  g_autofree char *id = shared_dossier (office);
  guint to = office->feed->len;
  g_autoptr (McDossier) dossier = mc_store_dossier (office->store, id, NULL);
  g_autoptr (json_t) base = json_pack ("{s:[s]}", "note", dossier->record->creator);
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "muộn");
  g_autofree char *line = mc_test_other (office, "binh", id, MC_VERB_NOTE, body, base);
  guint known;

  mc_test_gone (office, id);
  mc_test_feed (office, line, "\"refused:office\"");
  known = office->feed->len;
  feed_again (office, from, to);
  mc_test_pull (office);
  mc_test_check (office);
  mc_test_restore (office, known);
  mc_test_check (office);
  feed_again (office, from, to);
  mc_test_pull (office);
  mc_dossier_free (g_steal_pointer (&dossier));
  dossier = mc_store_dossier (office->store, id, NULL);
  g_assert_cmpuint (dossier->events->len, ==, 4);
  mc_test_check (office);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sight/gone", test_gone);
  g_test_add_func ("/sight/back-by-ids", test_back_by_ids);
  g_test_add_func ("/sight/scans", test_scans);
  g_test_add_func ("/sight/carried-after-it-left", test_carried_after_it_left);
  g_test_add_func ("/sight/own-work-on-what-has-left", test_own_work_on_what_has_left);
  g_test_add_func ("/sight/keeps-parents", test_keeps_parents);
  g_test_add_func ("/sight/back-again", test_back_again);
  g_test_add_func ("/sight/restored-before-it-left", test_restored_before_it_left);
  g_test_add_func ("/sight/restored-while-away", test_restored_while_away);
  g_test_add_func ("/sight/word-while-away", test_word_while_away);
  return g_test_run ();
}
