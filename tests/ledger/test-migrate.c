/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db.h"

#include "mc-error.h"
#include "mc-folder.h"
#include <glib/gstdio.h>

#define GOOD "/vn/motcua/test/good"
#define BROKEN "/vn/motcua/test/broken"

static gint64
number (McDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  mc_db_int (db, &error, &value, sql, "");
  g_assert_no_error (error);
  return value;
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
migrate (const char *folder, int target)
{
  g_autoptr (McDb) db = mc_folder_open (folder, MC_DB_WRITE);
  g_autoptr (GError) error = NULL;

  mc_db_migrate (db, GOOD, target, &error);
  g_assert_no_error (error);
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, target);
}

static void
test_from_nothing (void)
{
  char *folder = mc_folder_new ();

  migrate (folder, 3);
  migrate (folder, 3);
  g_assert_false (exists (folder, "test.db.v0.bak"));
  g_assert_false (exists (folder, "test.db.v3.bak"));
  mc_folder_remove (folder);
}

/* Before the first step the file is copied whole, with what was still in its log. */
static void
test_backup (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *copy = g_build_filename (folder, "test.db.v1.bak", NULL);
  g_autoptr (McDb) db = mc_folder_open (folder, MC_DB_WRITE);
  g_autoptr (McDb) backup = NULL;

  g_assert_true (mc_db_migrate (db, GOOD, 1, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('của dân')", ""));
  g_assert_true (mc_db_migrate (db, GOOD, 3, NULL));
  g_assert_cmpint (number (db, "SELECT count(*) FROM paper WHERE copies = 0"), ==, 2);
  g_assert_cmpint (number (db, "SELECT count(*) FROM shelf"), ==, 1);

  backup = mc_db_open (copy, MC_DB_READ, NULL);
  g_assert_nonnull (backup);
  g_assert_cmpint (number (backup, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number (backup, "SELECT count(*) FROM paper"), ==, 2);
  g_assert_cmpint (number (backup, "SELECT count(*) FROM sqlite_schema WHERE name = 'shelf'"),
                   ==,
                   0);
  g_assert_false (exists (folder, "test.db.v1.bak.part"));
  g_assert_false (exists (folder, "test.db.v2.bak"));
  g_clear_pointer (&backup, mc_db_close);
  g_clear_pointer (&db, mc_db_close);
  mc_folder_remove (folder);
}

/* Half a copy of an earlier try is in the way of nothing, and never counts as one. */
static void
test_backup_again (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *part = g_build_filename (folder, "test.db.v1.bak.part", NULL);

  migrate (folder, 1);
  g_assert_true (g_file_set_contents (part, "half a copy", -1, NULL));
  migrate (folder, 2);
  g_assert_true (exists (folder, "test.db.v1.bak"));
  g_assert_false (exists (folder, "test.db.v1.bak.part"));
  mc_folder_remove (folder);
}

static void
test_backup_impossible (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *part = g_build_filename (folder, "test.db.v1.bak.part", NULL);
  g_autoptr (McDb) db = NULL;
  g_autoptr (GError) error = NULL;

  migrate (folder, 1);
  g_assert_cmpint (g_mkdir_with_parents (part, 0700), ==, 0);
  db = mc_folder_open (folder, MC_DB_WRITE);
  g_assert_false (mc_db_migrate (db, GOOD, 2, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 1);
  g_clear_pointer (&db, mc_db_close);
  g_assert_cmpint (g_rmdir (part), ==, 0);
  mc_folder_remove (folder);
}

static void
refuse_newer (const char *folder)
{
  g_autoptr (McDb) db = mc_folder_open (folder, MC_DB_WRITE);
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_db_migrate (db, GOOD, 3, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_NEWER);
}

/* A file of a newer program is refused and stays as it is, byte for byte. */
static void
test_newer (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  McDb *db;

  migrate (folder, 3);
  db = mc_folder_open (folder, MC_DB_WRITE);
  g_assert_true (mc_db_script (db, "PRAGMA user_version = 4", NULL));
  mc_db_close (db);
  before = mc_folder_hash (folder, "test.db");
  refuse_newer (folder);
  after = mc_folder_hash (folder, "test.db");
  g_assert_cmpstr (before, ==, after);
  g_assert_false (exists (folder, "test.db.v4.bak"));
  mc_folder_remove (folder);
}

/* Also where the newer program keeps its journal otherwise. */
static void
test_newer_other_journal (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  McDb *db;

  migrate (folder, 3);
  db = mc_folder_open (folder, MC_DB_WRITE);
  g_assert_true (mc_db_script (db, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 4", NULL));
  mc_db_close (db);
  before = mc_folder_hash (folder, "test.db");
  refuse_newer (folder);
  after = mc_folder_hash (folder, "test.db");
  g_assert_cmpstr (before, ==, after);
  mc_folder_remove (folder);
}

/* And where it was killed and left its last words in the log: they are still there for it. */
static void
test_newer_after_a_crash (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *log_before = NULL;
  g_autofree char *log_after = NULL;
  McDb *db;

  migrate (folder, 3);
  db = mc_folder_open (folder, MC_DB_WRITE);
  g_assert_true (mc_db_script (db, "PRAGMA user_version = 4", NULL));
  sqlite3_db_config (mc_db_handle (db), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  mc_db_close (db);
  before = mc_folder_hash (folder, "test.db");
  log_before = mc_folder_hash (folder, "test.db-wal");
  g_assert_cmpstr (log_before, !=, "");
  refuse_newer (folder);
  after = mc_folder_hash (folder, "test.db");
  log_after = mc_folder_hash (folder, "test.db-wal");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (log_before, ==, log_after);
  mc_folder_remove (folder);
}

/* A step that fails leaves nothing of itself, and the file works as before. */
static void
test_broken_step (void)
{
  char *folder = mc_folder_new ();
  g_autoptr (McDb) db = NULL;
  g_autoptr (GError) error = NULL;

  migrate (folder, 1);
  db = mc_folder_open (folder, MC_DB_WRITE);
  g_assert_false (mc_db_migrate (db, BROKEN, 2, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number (db, "SELECT count(*) FROM paper"), ==, 1);
  g_assert_cmpint (number (db,
                           "SELECT count(*) FROM pragma_table_info('paper') WHERE name = 'copies'"),
                   ==,
                   0);
  g_assert_true (exists (folder, "test.db.v1.bak"));
  g_assert_true (mc_db_migrate (db, GOOD, 2, NULL));
  g_clear_pointer (&db, mc_db_close);
  mc_folder_remove (folder);
}

static void
test_missing_script (void)
{
  char *folder = mc_folder_new ();
  g_autoptr (McDb) db = mc_folder_open (folder, MC_DB_WRITE);
  g_autoptr (GError) error = NULL;

  g_assert_false (mc_db_migrate (db, GOOD, 4, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (number (db, "PRAGMA user_version"), ==, 3);
  g_clear_pointer (&db, mc_db_close);
  mc_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/migrate/from-nothing", test_from_nothing);
  g_test_add_func ("/migrate/backup", test_backup);
  g_test_add_func ("/migrate/backup-again", test_backup_again);
  g_test_add_func ("/migrate/backup-impossible", test_backup_impossible);
  g_test_add_func ("/migrate/newer", test_newer);
  g_test_add_func ("/migrate/newer-other-journal", test_newer_other_journal);
  g_test_add_func ("/migrate/newer-after-a-crash", test_newer_after_a_crash);
  g_test_add_func ("/migrate/broken-step", test_broken_step);
  g_test_add_func ("/migrate/missing-script", test_missing_script);
  return g_test_run ();
}
