/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A public desk: what stays, what goes, and that nothing of it can be found afterwards. The desks
 * here are plain, so that whatever is left in any page, log or index can be seen in the files. */
#include "mc-public.h"

#include "mc-backup.h"
#include "mc-profile-test.h"
#include "mc-sync-store.h"
#include <glib/gstdio.h>

#define NAME "Quách Xuân Thọ"

static const char *const known[] = { NAME,          "quach xuan", "quach",
                                     "0933777111",  "Trang cua",  "thửa 77",
                                     "to-khai.pdf", "Gọi về nhà", NULL };

static McTestOffice *
public_office (McDeskKind kind)
{
  McTestOffice *office = mc_test_office_plain ();

  office->kind = kind;
  mc_test_pull (office);
  g_assert_cmpint (mc_store_desk_kind (office->store), ==, kind);
  mc_test_sign_in (office, "an");
  return office;
}

static gint64
count (McTestOffice *office, const char *sql)
{
  gint64 number = -1;

  g_assert_true (mc_db_int (mc_store_db (office->store), NULL, &number, sql, ""));
  return number;
}

/* A day's work with one resident. */
static McTestWork
work (McTestOffice *office)
{
  McTestWork done = mc_test_work_on (office, NAME);
  g_autoptr (json_t) contact = json_pack ("{s:s}", "phone", "0933777111");
  g_autoptr (json_t) typed =
      json_pack ("{s:{s:s,s:s}}", "typed", "dossier", done.dossier, "why", "thửa 77");
  g_autofree char *draft = NULL;

  g_assert_true (mc_desk_set (office->desk, done.dossier, "contact", contact, NULL));
  g_assert_true (mc_desk_note (office->desk, done.dossier, "Gọi về nhà", NULL));
  draft = mc_desk_draft_put (office->desk, NULL, typed, NULL);
  g_assert_nonnull (draft);
  return done;
}

/* What was typed was saved, or its author lets it be. */
static void
forget_typed (McTestOffice *office)
{
  g_autoptr (json_t) drafts = mc_desk_drafts (office->desk, NULL);

  for (size_t i = 0; i < json_array_size (drafts); i++)
    g_assert_true (
        mc_desk_draft_drop (office->desk, mc_json_string (json_array_get (drafts, i), "id"), NULL));
}

static guint
let_go (McTestOffice *office, gint64 quiet_ms)
{
  g_autoptr (GError) error = NULL;
  guint gone = 0;

  mc_public_let_go (office->store, quiet_ms, &gone, &error);
  g_assert_no_error (error);
  mc_test_check (office);
  return gone;
}

static McStay
stays (McTestOffice *office, const char *id, gint64 quiet_ms)
{
  g_autoptr (GPtrArray) all = mc_public_staying (office->store, quiet_ms, NULL);

  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((McStaying *)all->pdata[i])->id, id))
      return ((McStaying *)all->pdata[i])->why;
  return MC_STAY_NONE;
}

static void
assert_clean (McTestOffice *office)
{
  for (guint i = 0; known[i] != NULL; i++)
    {
      g_autofree char *path = mc_test_grep (office->folder, known[i]);

      if (path != NULL)
        g_error ("%s is in %s", known[i], path);
    }
}

/* All of it goes when the province has all of it, and the report says so. */
static void
test_handed_over (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  McTestWork done = work (office);
  g_autofree char *path = mc_store_blob_path (office->store, done.scan);
  g_autofree char *in_clear = mc_test_grep (office->folder, "Gọi về nhà");
  g_autofree char *typed = mc_test_grep (office->folder, "thửa 77");
  g_autoptr (GPtrArray) removed = NULL;
  const McRemoved *line;
  McLeft left;

  g_assert_nonnull (in_clear);
  g_assert_nonnull (typed);
  g_assert_cmpint (stays (office, done.dossier, 0), ==, MC_STAY_CHANGES);
  g_assert_cmpuint (let_go (office, 0), ==, 0);
  mc_test_accept_all (office);
  g_assert_cmpint (stays (office, done.dossier, 0), ==, MC_STAY_SCANS);
  g_assert_cmpuint (let_go (office, 0), ==, 0);
  g_assert_true (mc_store_blob_sent (office->store, done.scan, NULL));
  g_assert_cmpint (stays (office, done.dossier, 0), ==, MC_STAY_TYPED);
  g_assert_cmpuint (let_go (office, 0), ==, 0);
  forget_typed (office);
  g_assert_cmpint (stays (office, done.dossier, MC_PUBLIC_QUIET_MS), ==, MC_STAY_LATELY);
  g_assert_cmpuint (let_go (office, MC_PUBLIC_QUIET_MS), ==, 0);
  g_assert_true (mc_test_shows (office->store, done.dossier));
  mc_fake_clock_pass (office->clock, MC_PUBLIC_QUIET_MS + 1);
  g_assert_cmpuint (let_go (office, MC_PUBLIC_QUIET_MS), ==, 1);
  g_assert_false (mc_test_shows (office->store, done.dossier));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_clean (office);
  g_assert_true (mc_public_left (office->store, &left, NULL));
  g_assert_cmpuint (left.dossiers + left.drafts + left.scans, ==, 0);
  g_assert_false (left.backup);
  removed = mc_public_removed (office->store, NULL);
  g_assert_cmpuint (removed->len, ==, 1);
  line = removed->pdata[0];
  g_assert_true (g_str_has_suffix (line->code, "001"));
  g_assert_cmpuint (line->changes, ==, 4);
  g_assert_cmpuint (line->scans, ==, 1);
  g_assert_cmpint (line->at_ms, ==, mc_store_now (office->store));
  /* The next resident gets the next number. */
  g_free (mc_test_receive (office, "Lê Thị Chi"));
  mc_test_check (office);
  g_assert_cmpuint (mc_store_outbox_left (office->store, NULL), ==, 1);
  g_free (mc_test_waiting_line (office, 0));
  g_assert_cmpint (count (office, "SELECT count(*) FROM dossier WHERE code LIKE '%002'"), ==, 1);
  mc_test_work_clear (&done);
}

/* A dossier of another desk of the office: nothing of it is written down, and the feed goes on. */
static void
test_others (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  g_autoptr (McTestOffice) neighbour = mc_test_office ();
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  g_autofree char *own = mc_test_receive (office, "Lê Thị Chi");
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "Gọi về nhà");
  g_autoptr (json_t) base = NULL;
  g_autofree char *note = NULL;
  g_autoptr (McOp) op = NULL;

  mc_test_sign_in (neighbour, "an");
  id = mc_test_receive (neighbour, NAME);
  line = mc_test_waiting_line (neighbour, 0);
  op = mc_op_parse (line, -1, NULL);
  base = json_pack ("{s:[s]}", "note", op->id);
  note = mc_test_other (office, "an", id, MC_VERB_NOTE, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_feed (office, note, "\"applied\"");
  mc_test_pull (office);
  g_assert_false (mc_test_shows (office->store, id));
  g_assert_true (mc_test_shows (office->store, own));
  assert_clean (office);
  mc_test_accept_all (office);
  mc_test_check (office);
  /* Nor when it leaves the office and comes back. */
  mc_test_gone (office, id);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  g_assert_false (mc_test_shows (office->store, id));
  g_assert_true (mc_test_shows (office->store, own));
  mc_test_check (office);
}

/* A desk that becomes a public one lets go of what its office did. */
static void
test_marked (void)
{
  g_autoptr (McTestOffice) office = mc_test_office_plain ();
  McTestWork done;
  g_autoptr (json_t) body = json_pack ("{s:s}", "text", "thửa 77");
  g_autoptr (json_t) base = NULL;
  g_autofree char *line = NULL;
  g_autoptr (McDossier) dossier = NULL;

  mc_test_sign_in (office, "an");
  done = work (office);
  forget_typed (office);
  mc_test_accept_all (office);
  g_assert_true (mc_store_blob_sent (office->store, done.scan, NULL));
  dossier = mc_store_dossier (office->store, done.dossier, NULL);
  base = json_pack ("{s:[s]}", "note", dossier->record->creator);
  line = mc_test_other (office, "binh", done.dossier, MC_VERB_NOTE, body, base);
  mc_test_feed (office, line, "\"applied\"");
  mc_test_pull (office);
  g_assert_cmpuint (let_go (office, 0), ==, 0);
  office->kind = MC_DESK_PUBLIC;
  mc_test_pull (office);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  assert_clean (office);
  mc_test_work_clear (&done);
}

/* And one that is none any longer has all of its office's dossiers again. */
static void
test_no_longer (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  McTestWork done = work (office);
  g_autofree char *waiting = NULL;

  forget_typed (office);
  mc_test_accept_all (office);
  g_assert_true (mc_store_blob_sent (office->store, done.scan, NULL));
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  waiting = mc_test_receive (office, "Lê Thị Chi");
  office->kind = MC_DESK_OWN;
  mc_test_pull (office);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, 0);
  mc_test_pull (office);
  g_assert_true (mc_test_shows (office->store, done.dossier));
  g_assert_true (mc_test_shows (office->store, waiting));
  g_assert_false (mc_store_copied (office->store));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_check (office);
  mc_test_work_clear (&done);
}

/* Where the office has no other desk, somebody must have been given the dossier. */
static void
test_alone (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC_ALONE);
  g_autofree char *id = mc_test_receive (office, NAME);
  const char *const elsewhere[] = { "01a1fb9e-0680-7c26-9a58-7f76af2ef640", NULL };
  g_autoptr (GError) error = NULL;

  mc_test_accept_all (office);
  g_assert_cmpint (stays (office, id, 0), ==, MC_STAY_NOBODY);
  g_assert_cmpuint (let_go (office, 0), ==, 0);
  g_assert_true (mc_desk_transfer (office->desk, id, elsewhere, NULL, &error));
  g_assert_no_error (error);
  mc_test_accept_all (office);
  mc_test_gone (office, id);
  mc_test_pull (office);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  assert_clean (office);
}

/* Handed back to whom it came through: it is their work again, and goes again. */
static void
test_back (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  g_autofree char *id = mc_test_receive (office, NAME);
  guint from = office->feed->len;
  guint to;

  mc_test_accept_all (office);
  to = office->feed->len;
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  mc_test_gone (office, id);
  for (guint i = from; i < to; i++)
    {
      const McFeedEntry *entry = office->feed->pdata[i];

      mc_test_feed (office, entry->line, entry->ruling);
    }
  mc_test_pull (office);
  g_assert_true (mc_test_shows (office->store, id));
  g_assert_false (mc_store_copied (office->store));
  mc_test_check (office);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  assert_clean (office);
}

/* A province that falls back to last week is told what is still here, and asks for nothing else. */
static void
test_restored (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  g_autofree char *gone = mc_test_receive (office, NAME);
  g_autofree char *here = NULL;
  guint length;

  mc_test_accept_all (office);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  length = office->feed->len;
  here = mc_test_receive (office, "Lê Thị Chi");
  mc_test_accept_all (office);
  mc_test_restore (office, length);
  mc_test_pull (office);
  g_assert_cmpint (mc_store_cursor (office->store).n, ==, length);
  g_assert_true (mc_test_shows (office->store, here));
  g_assert_cmpuint (mc_store_outbox_count (office->store), ==, 1);
  mc_test_check (office);
  mc_test_accept_all (office);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  assert_clean (office);
}

/* Work that the province refused waits for a person. */
static void
test_refused (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  g_autofree char *id = mc_test_receive (office, NAME);
  g_autofree char *line = NULL;
  g_autoptr (McOp) op = NULL;

  mc_test_accept_all (office);
  g_assert_true (mc_desk_note (office->desk, id, "Gọi về nhà", NULL));
  line = mc_test_waiting_line (office, 0);
  op = mc_op_parse (line, -1, NULL);
  mc_test_feed (office, line, "\"refused:role\"");
  mc_test_pull (office);
  g_assert_cmpint (stays (office, id, 0), ==, MC_STAY_REFUSED);
  g_assert_true (mc_desk_set_aside (office->desk, op->id, NULL));
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  assert_clean (office);
}

/* Receptions that were never saved go when somebody says so, with what was read in for them. */
static void
test_drafts (void)
{
  g_autoptr (McTestOffice) office = public_office (MC_DESK_PUBLIC);
  g_autofree char *pdf = mc_test_pdf (office->folder, "Trang cua", 1);
  g_autoptr (json_t) document = mc_desk_import (office->desk, pdf, NULL);
  g_autoptr (json_t) draft =
      json_pack ("{s:{s:s},s:O}", "applicant", "name", NAME, "document", document);
  g_autofree char *kept = mc_desk_draft_put (office->desk, NULL, draft, NULL);
  g_autoptr (GPtrArray) removed = NULL;
  McLeft left;

  g_assert_nonnull (kept);
  g_assert_cmpint (g_remove (pdf), ==, 0);
  let_go (office, 0);
  g_assert_true (mc_public_left (office->store, &left, NULL));
  g_assert_cmpuint (left.drafts, ==, 1);
  g_assert_cmpuint (left.scans, ==, 1);
  g_assert_true (mc_public_drop_drafts (office->store, NULL));
  g_assert_true (mc_public_left (office->store, &left, NULL));
  g_assert_cmpuint (left.drafts + left.scans, ==, 0);
  assert_clean (office);
  removed = mc_public_removed (office->store, NULL);
  g_assert_cmpuint (removed->len, ==, 2);
}

/* A backup of before does not keep what the desk does not. */
static void
test_backup (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autoptr (McVault) vault = mc_vault_make (office->folder, office->key, MC_VAULT_WORK_NONE);
  char *stick = mc_test_folder ();
  g_autofree char *away = g_strconcat (stick, ".away", NULL);
  g_autoptr (GPtrArray) found = NULL;
  McTestWork done;
  McLeft left;

  office->kind = MC_DESK_PUBLIC;
  mc_test_pull (office);
  g_assert_true (mc_vault_set_person (vault,
                                      office->key,
                                      "an",
                                      "Trần Văn An",
                                      MC_TEST_PHRASE,
                                      mc_machine_secret_none (),
                                      NULL));
  done = mc_test_work_on (office, NAME);
  g_assert_true (mc_backup_set_folder (office->store, stick, NULL));
  g_assert_true (mc_backup_daily (office->store, NULL));
  mc_test_accept_all (office);
  g_assert_true (mc_store_blob_sent (office->store, done.scan, NULL));
  g_assert_cmpint (g_rename (stick, away), ==, 0);
  g_assert_cmpuint (let_go (office, 0), ==, 1);
  g_assert_true (mc_public_left (office->store, &left, NULL));
  g_assert_true (left.backup);
  /* The stick is put in again. */
  g_assert_cmpint (g_rename (away, stick), ==, 0);
  let_go (office, 0);
  g_assert_true (mc_public_left (office->store, &left, NULL));
  g_assert_false (left.backup);
  found = mc_backup_find (stick, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_true (mc_backup_due (office->store));
  mc_test_work_clear (&done);
  mc_test_remove (stick);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  g_test_add_func ("/public/handed-over", test_handed_over);
  g_test_add_func ("/public/others", test_others);
  g_test_add_func ("/public/marked", test_marked);
  g_test_add_func ("/public/no-longer", test_no_longer);
  g_test_add_func ("/public/alone", test_alone);
  g_test_add_func ("/public/back", test_back);
  g_test_add_func ("/public/restored", test_restored);
  g_test_add_func ("/public/refused", test_refused);
  g_test_add_func ("/public/drafts", test_drafts);
  g_test_add_func ("/public/backup", test_backup);
  return g_test_run ();
}
