/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-error.h"
#include "mc-profile-test.h"
#include "mc-scrub.h"
#include "mc-sync-store.h"
#include <glib/gstdio.h>

static void
flip (const char *path, gint64 at)
{
  FILE *file = g_fopen (path, "r+b");
  int byte;

  g_assert_nonnull (file);
  fseek (file, at, SEEK_SET);
  byte = fgetc (file);
  fseek (file, at, SEEK_SET);
  fputc (byte ^ 1, file);
  fclose (file);
}

/* Slices until everything was looked at; their sum. */
static McScrubbed
whole_round (McStore *store, guint pages, guint chunks)
{
  McScrubbed all = { 0 };

  for (guint i = 0; i < 10000 && !all.round; i++)
    {
      McScrubbed found;
      g_autoptr (GError) error = NULL;

      g_assert_true (mc_scrub_slice (store, pages, chunks, &found, &error));
      g_assert_no_error (error);
      all.pages += found.pages;
      all.chunks += found.chunks;
      all.files_bad += found.files_bad;
      all.files_lost += found.files_lost;
      all.page_bad = all.page_bad ? all.page_bad : found.page_bad;
      all.round = found.round;
    }
  g_assert_true (all.round);
  return all;
}

static void
test_sound (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McTestWork work = mc_test_work_on (office, "Nguyễn Thị Đình");
  McScrubbed found = whole_round (office->store, 3, 1);

  g_assert_cmpuint (found.files_bad, ==, 0);
  g_assert_cmpint (found.page_bad, ==, 0);
  g_assert_cmpuint (found.chunks, >, 0);
  found = whole_round (office->store, 1000, 1000);
  g_assert_cmpuint (found.files_bad, ==, 0);
  mc_test_work_clear (&work);
}

static void
test_rotten_scan (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McTestWork work = mc_test_work_on (office, "Nguyễn Thị Đình");
  g_autofree char *path = mc_store_blob_path (office->store, work.scan);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autoptr (GPtrArray) files = NULL;
  const McScrubFile *file;
  McScrubbed found;
  McBlobJob *job;

  g_assert_true (mc_store_blob_sent (office->store, work.scan, NULL));
  flip (path, 8192 + 100);
  found = whole_round (office->store, 1000, 10);
  g_assert_cmpuint (found.files_bad, ==, 1);
  g_assert_cmpuint (found.files_lost, ==, 0);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_false (mc_store_blob_here (office->store, work.scan));
  job = mc_store_blob_to_fetch (office->store);
  g_assert_cmpstr (job->sha256, ==, work.scan);
  mc_blob_job_free (job);
  files = mc_scrub_files (office->store);
  g_assert_cmpuint (files->len, ==, 1);
  file = files->pdata[0];
  g_assert_cmpstr (file->sha256, ==, work.scan);
  g_assert_nonnull (file->name);
  g_assert_true (g_str_has_prefix (file->dossier, "H05.032.07-"));
  g_assert_false (file->here);
  g_assert_cmpint (mc_scrub_last (office->store), ==, file->at_ms);
  g_assert_cmpuint (whole_round (office->store, 1000, 10).files_bad, ==, 0);
  mc_test_work_clear (&work);
}

static void
test_rotten_page (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  g_autofree char *path = g_build_filename (office->folder, "desk.sqlite", NULL);
  McScrubbed found;

  mc_db_script (mc_store_db (office->store), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  flip (path, 4096 * 20 + 1000);
  found = whole_round (office->store, 4, 10);
  g_assert_cmpint (found.page_bad, ==, 21);
  g_assert_cmpint (mc_scrub_bad_page (office->store), ==, 21);
  flip (path, 4096 * 20 + 1000);
  /* Written anew since. */
  whole_round (office->store, 4, 10);
  g_assert_cmpint (mc_scrub_bad_page (office->store), ==, 0);
}

/* Another program looks into the profile and goes, while it is open here. A forked child will not
 * do: SQLite would believe to have the locks that it has here. */
static void
look_in_from_outside (McTestOffice *office)
{
  g_autofree char *key = mc_base64_encode (mc_data_key_bytes (office->key), MC_DATA_KEY_BYTES);
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  const char *argv[] = { own, "look", office->folder, key, NULL };
  g_autoptr (GError) error = NULL;
  int status = 1;

  g_spawn_sync (NULL, (char **)argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* What the other program does. */
static int
look (const char *folder, const char *text)
{
  guint8 bytes[MC_DATA_KEY_BYTES];
  g_autoptr (McDataKey) key = NULL;
  g_autoptr (McStore) store = NULL;
  g_autofree char *device = NULL;

  if (mc_base64_decode (text, bytes, sizeof bytes))
    key = mc_data_key_new_from (bytes);
  store = key ? mc_store_open_reader (folder, mc_clock_system (), key, NULL) : NULL;
  device = store ? mc_store_fact (store, "device") : NULL;
  return device != NULL ? 0 : 1;
}

/* The scrub looks at the file beside SQLite: it must not take SQLite's locks along when it is
 * through, or whoever closes the database next removes the log that is being written to. */
static void
test_locks (void)
{
  g_autoptr (McTestOffice) office = mc_test_office ();
  McTestWork work = mc_test_work_on (office, "Nguyễn Thị Đình");
  g_autofree char *log = g_build_filename (office->folder, "desk.sqlite-wal", NULL);

  look_in_from_outside (office);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  whole_round (office->store, 1000, 1000);
  look_in_from_outside (office);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  mc_test_work_clear (&work);
}

int
main (int argc, char **argv)
{
  mc_keys_init ();
  if (argc == 4 && g_str_equal (argv[1], "look"))
    return look (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scrub/sound", test_sound);
  g_test_add_func ("/scrub/locks", test_locks);
  g_test_add_func ("/scrub/rotten-scan", test_rotten_scan);
  g_test_add_func ("/scrub/rotten-page", test_rotten_page);
  return g_test_run ();
}
