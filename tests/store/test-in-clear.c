/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, numbers and the text of pages, looked for in everything that a desk leaves on the disk:
 * while it works, after it, in its backup and in the folder for temporary files. */
#include "mc-backup.h"
#include "mc-profile-test.h"
#include "mc-rebuild.h"
#include "mc-scrub.h"
#include <glib/gstdio.h>

static const char *const known[] = {
  "Nguyễn Thị Đình", "NGUYEN THI DINH", "nguyen thi dinh", "001205123456", "0912345678",
  "to-khai",         "1.001193",        "dossier.receive", "CREATE TABLE", "%PDF",
  "Trang cua toi"
};

/* How many of them are found below the folder. */
static guint
found_in (const char *folder, gboolean say)
{
  guint found = 0;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = mc_test_grep (folder, known[i]);

      if (path == NULL)
        continue;
      found++;
      if (say)
        g_test_message ("%s is in %s", known[i], path);
    }
  return found;
}

/* A day's work: a reception, a scan, a search, a draft, a note, a correction. */
static McTestWork
work (McTestOffice *office)
{
  g_autofree char *pdf = NULL;
  g_autoptr (json_t) draft = json_pack ("{s:{s:s}}", "applicant", "name", "Nguyễn Thị Đình");
  g_autoptr (json_t) contact = json_pack ("{s:s}", "phone", "0912345678");
  g_autoptr (json_t) document = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GArray) rows = NULL;
  McFilter filter = { .queue = MC_QUEUE_ALL, .search = "nguyen dinh" };
  McTestWork done = mc_test_work_on (office, "Nguyễn Thị Đình");

  pdf = mc_test_pdf (office->folder, "Trang cua toi", 3);
  document = mc_desk_import (office->desk, pdf, NULL);
  g_unlink (pdf);
  g_assert_true (mc_desk_attach (office->desk, done.dossier, "to-khai", document, NULL));
  g_assert_true (mc_desk_set (office->desk, done.dossier, "contact", contact, NULL));
  g_assert_true (mc_desk_note (office->desk, done.dossier, "Gọi 0912345678", NULL));
  kept = mc_desk_draft_put (office->desk, NULL, draft, NULL);
  g_assert_nonnull (kept);
  rows = mc_store_list (office->store, &filter, NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  return done;
}

static void
back_up (McTestOffice *office, const char *stick)
{
  g_autoptr (McVault) vault = mc_vault_make (office->folder, office->key, MC_VAULT_WORK_NONE);
  g_autoptr (GError) error = NULL;

  mc_vault_set_person (vault,
                       office->key,
                       "an",
                       "Trần Văn An",
                       MC_TEST_PHRASE,
                       mc_machine_secret_none (),
                       &error);
  g_assert_no_error (error);
  mc_backup_make (office->store, stick, NULL, &error);
  g_assert_no_error (error);
}

static void
restore (McTestOffice *office, const char *stick)
{
  g_autofree char *target = g_build_filename (stick, "restored", NULL);
  g_autoptr (GPtrArray) found = mc_backup_find (stick, NULL);
  McProfilePerson person = { "an", "Trần Văn An", MC_TEST_PHRASE, NULL, mc_machine_secret_none () };
  g_autoptr (GError) error = NULL;

  mc_backup_restore (found->pdata[0], office->key, target, &person, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_encrypted (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  char *stick = mc_test_folder ();
  char *temporary = mc_test_folder ();
  McScrubbed scrubbed;
  McTestWork done;

  g_setenv ("TMPDIR", temporary, TRUE);
  done = work (office);
  g_assert_cmpuint (found_in (office->folder, TRUE), ==, 0);
  back_up (office, stick);
  g_assert_true (mc_scrub_slice (office->store, 1000, 100, &scrubbed, NULL));
  /* While the desk is open … */
  g_assert_cmpuint (found_in (office->folder, TRUE), ==, 0);
  g_assert_cmpuint (found_in (stick, TRUE), ==, 0);
  g_assert_cmpuint (found_in (temporary, TRUE), ==, 0);
  mc_db_script (mc_store_db (office->store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  g_assert_cmpuint (found_in (office->folder, TRUE), ==, 0);
  g_clear_pointer (&office->desk, mc_desk_free);
  g_clear_pointer (&office->store, mc_store_close);
  /* … after it, and after what was made of it. */
  restore (office, stick);
  g_assert_true (mc_profile_rebuild (office->folder,
                                     &office->clock->clock,
                                     office->key,
                                     NULL,
                                     NULL,
                                     NULL,
                                     NULL));
  g_assert_cmpuint (found_in (office->folder, TRUE), ==, 0);
  g_assert_cmpuint (found_in (stick, TRUE), ==, 0);
  g_assert_cmpuint (found_in (temporary, TRUE), ==, 0);
  mc_test_work_clear (&done);
  mc_test_remove (stick);
  mc_test_remove (temporary);
}

/* The same work and the same look at a profile that is not encrypted: all but the capitals, which
 * nobody wrote, are there. */
static void
test_plain (void)
{
  g_autoptr (McTestOffice) office = mc_test_office_plain ();
  McTestWork done = work (office);

  mc_db_script (mc_store_db (office->store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  g_assert_cmpuint (found_in (office->folder, FALSE), >=, G_N_ELEMENTS (known) - 2);
  mc_test_work_clear (&done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  mc_vault_set_cost (1, 8192);
  g_test_add_func ("/in-clear/encrypted", test_encrypted);
  g_test_add_func ("/in-clear/plain", test_plain);
  return g_test_run ();
}
