/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9, a torn write and a full disk at every write of an encrypted database: what was said to
 * be saved is there, what is there is whole. */
#include "mc-db.h"
#include "mc-error.h"
#include "mc-fault-run.h"
#include "mc-support.h"

#define ROWS 40

static McDataKey *key;

static McDb *
open_in (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "a.sqlite", NULL);
  McDb *db = mc_db_open_under (path, MC_DB_WRITE, key, error);

  if (db != NULL && mc_db_script (db, "PRAGMA journal_mode = WAL; PRAGMA cache_size = 3", error))
    return db;
  mc_db_close (db);
  return NULL;
}

/* One transaction that does not fit into the cache, and a checkpoint. */
static gboolean
work (const char *folder, gpointer data)
{
  McDb *db = open_in (folder, NULL);
  gboolean ok = db != NULL && mc_db_begin (db, NULL);

  for (guint i = 0; ok && i < ROWS; i++)
    ok = mc_db_run (db, NULL, "INSERT INTO t (text) VALUES (hex (zeroblob (400)))", "");
  ok = ok && mc_db_run (db, NULL, "UPDATE t SET text = text || 'x'", "");
  ok = ok && mc_db_commit (db, NULL);
  if (ok)
    mc_db_script (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  mc_db_close (db);
  return ok;
}

static void
look (const char *folder, gboolean said, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McDb) db = open_in (folder, &error);
  g_autofree char *fine = NULL;
  gint64 rows = 0;

  g_assert_no_error (error);
  fine = mc_db_text (db, &error, "PRAGMA integrity_check", "");
  g_assert_no_error (error);
  g_assert_cmpstr (fine, ==, "ok");
  mc_db_int (db, &error, &rows, "SELECT count(*) FROM t WHERE text LIKE '%x'", "");
  g_assert_no_error (error);
  g_assert_true (rows == 1 + ROWS || (rows == 0 && !said));
}

static void
test_fault (gconstpointer data)
{
  char *folder = mc_test_folder ();
  McDb *db = open_in (folder, NULL);

  mc_db_script (db, "CREATE TABLE t (text TEXT); INSERT INTO t VALUES ('a')", NULL);
  mc_db_close (db);
  g_assert_cmpuint (mc_fault_each (folder, GPOINTER_TO_INT (data), work, look, NULL), >, 20);
  mc_test_remove (folder);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  key = mc_data_key_new ();
  g_test_add_data_func ("/crypt-fault/kill", GINT_TO_POINTER (MC_FAULT_KILL), test_fault);
  g_test_add_data_func ("/crypt-fault/torn", GINT_TO_POINTER (MC_FAULT_TORN), test_fault);
  g_test_add_data_func ("/crypt-fault/full", GINT_TO_POINTER (MC_FAULT_FULL), test_fault);
  result = g_test_run ();
  mc_data_key_unref (key);
  return result;
}
