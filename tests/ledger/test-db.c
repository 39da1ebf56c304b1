/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db.h"

#include "mc-error.h"
#include "mc-folder.h"

typedef struct
{
  char *folder;
  McDb *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = mc_folder_new ();
  fixture->db = mc_folder_open (fixture->folder, MC_DB_WRITE);
  mc_db_migrate (fixture->db, "/vn/motcua/test/good", 1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->db, mc_db_close);
  g_clear_pointer (&fixture->folder, mc_folder_remove);
}

static gint64
count (McDb *db)
{
  gint64 rows = -1;

  g_assert_true (mc_db_int (db, NULL, &rows, "SELECT count(*) FROM paper", ""));
  return rows;
}

/* What design asks of a desk's disk: WAL, FULL, foreign keys. */
static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *journal = mc_db_text (fixture->db, NULL, "PRAGMA journal_mode", "");
  gint64 synchronous = 0, keys = 0;

  g_assert_cmpstr (journal, ==, "wal");
  g_assert_true (mc_db_int (fixture->db, NULL, &synchronous, "PRAGMA synchronous", ""));
  g_assert_cmpint (synchronous, ==, 2);
  g_assert_true (mc_db_int (fixture->db, NULL, &keys, "PRAGMA foreign_keys", ""));
  g_assert_cmpint (keys, ==, 1);
}

static void
test_types (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (McQuery) query = mc_db_query (fixture->db,
                                           &error,
                                           "SELECT ?1, ?2, ?3, ?4, hex(?5)",
                                           "ssidb",
                                           "tờ khai",
                                           NULL,
                                           G_GINT64_CONSTANT (-9000000000),
                                           1.5,
                                           "\0\xff",
                                           (gsize)2);

  g_assert_no_error (error);
  g_assert_true (mc_query_next (query, &error));
  g_assert_cmpstr (mc_query_text (query, 0), ==, "tờ khai");
  g_assert_false (mc_query_null (query, 0));
  g_assert_null (mc_query_text (query, 1));
  g_assert_true (mc_query_null (query, 1));
  g_assert_cmpint (mc_query_int (query, 2), ==, -9000000000);
  g_assert_cmpfloat (mc_query_double (query, 3), ==, 1.5);
  g_assert_cmpstr (mc_query_text (query, 4), ==, "00FF");
  g_assert_false (mc_query_next (query, &error));
  g_assert_no_error (error);
}

static void
test_nothing_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 7;

  g_assert_false (mc_db_int (fixture->db,
                             &error,
                             &value,
                             "SELECT id FROM paper WHERE id = ?1",
                             "i",
                             (gint64)99));
  g_assert_no_error (error);
  g_assert_cmpint (value, ==, 7);
  g_assert_null (
      mc_db_text (fixture->db, &error, "SELECT name FROM paper WHERE id = ?1", "i", (gint64)99));
  g_assert_no_error (error);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) syntax = NULL;
  g_autoptr (GError) constraint = NULL;
  g_autoptr (GError) strict = NULL;

  g_assert_false (mc_db_run (fixture->db, &syntax, "INSERT INTO nowhere VALUES (1)", ""));
  g_assert_error (syntax, MC_ERROR, MC_ERROR_STORE);
  g_assert_false (
      mc_db_run (fixture->db, &constraint, "INSERT INTO paper (name) VALUES (?1)", "s", NULL));
  g_assert_error (constraint, MC_ERROR, MC_ERROR_STORE);
  g_assert_false (mc_db_run (fixture->db,
                             &strict,
                             "INSERT INTO paper (id, name) VALUES (?1, 'x')",
                             "s",
                             "one"));
  g_assert_error (strict, MC_ERROR, MC_ERROR_STORE);
  g_assert_cmpint (count (fixture->db), ==, 1);
}

/* A statement is prepared once, cleaned between uses, and usable twice at the same time. */
static void
test_statement_reuse (Fixture *fixture, gconstpointer data)
{
  static const char *const sql = "SELECT coalesce(?1, 'none')";
  sqlite3_stmt *before, *after;
  g_autofree char *left = NULL;

  g_autofree char *first = mc_db_text (fixture->db, NULL, sql, "s", "x");
  before = sqlite3_next_stmt (mc_db_handle (fixture->db), NULL);
  left = mc_db_text (fixture->db, NULL, sql, "");
  after = sqlite3_next_stmt (mc_db_handle (fixture->db), NULL);
  g_assert_cmpstr (first, ==, "x");
  g_assert_cmpstr (left, ==, "none");
  g_assert_true (before == after);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (McQuery) outer = mc_db_query (fixture->db, NULL, sql, "s", "outer");
      g_autoptr (McQuery) inner = mc_db_query (fixture->db, NULL, sql, "s", "inner");

      g_assert_true (mc_query_next (outer, NULL));
      g_assert_true (mc_query_next (inner, NULL));
      g_assert_cmpstr (mc_query_text (outer, 0), ==, "outer");
      g_assert_cmpstr (mc_query_text (inner, 0), ==, "inner");
    }
}

/* A query left in the middle holds nothing: the next transaction goes through. */
static void
test_left_in_the_middle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    g_assert_true (mc_db_run (fixture->db, NULL, "INSERT INTO paper (name) VALUES ('x')", ""));
  {
    g_autoptr (McQuery) query = mc_db_query (fixture->db, NULL, "SELECT id FROM paper", "");

    g_assert_true (mc_query_next (query, NULL));
  }
  g_assert_true (mc_db_begin (fixture->db, &error));
  g_assert_true (mc_db_commit (fixture->db, &error));
  g_assert_no_error (error);
}

static void
test_transactions (Fixture *fixture, gconstpointer data)
{
  McDb *db = fixture->db;
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_db_begin (db, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('a')", ""));
  mc_db_rollback (db);
  g_assert_cmpint (count (db), ==, 1);

  g_assert_true (mc_db_begin (db, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('a')", ""));
  g_assert_true (mc_db_finish (db, TRUE, NULL));
  g_assert_cmpint (count (db), ==, 2);

  g_assert_true (mc_db_begin (db, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('b')", ""));
  g_assert_false (mc_db_finish (db, FALSE, NULL));
  g_assert_cmpint (count (db), ==, 2);

  mc_db_rollback (db);
  g_assert_true (mc_db_begin (db, NULL));
  g_assert_false (mc_db_begin (db, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  mc_db_rollback (db);
}

/* A read that breaks off looks like the end of the rows to who does not ask: what was made of half
 * the rows is not kept. */
static void
test_unasked_failure (Fixture *fixture, gconstpointer data)
{
  McDb *db = fixture->db;
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_db_begin (db, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('a')", ""));
  {
    g_autoptr (McQuery) query =
        mc_db_query (db, NULL, "SELECT 1 UNION ALL SELECT abs (-9223372036854775807 - 1)", "");

    while (mc_query_next (query, NULL))
      ;
  }
  g_assert_false (mc_db_finish (db, TRUE, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
  g_assert_cmpint (count (db), ==, 1);
  /* It is over with the transaction. */
  g_assert_true (mc_db_begin (db, NULL));
  g_assert_true (mc_db_run (db, NULL, "INSERT INTO paper (name) VALUES ('b')", ""));
  g_assert_true (mc_db_finish (db, TRUE, NULL));
  g_assert_cmpint (count (db), ==, 2);
}

static void
test_reader (Fixture *fixture, gconstpointer data)
{
  g_autoptr (McDb) reader = mc_folder_open (fixture->folder, MC_DB_READ);
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_db_begin (fixture->db, NULL));
  g_assert_true (mc_db_run (fixture->db, NULL, "INSERT INTO paper (name) VALUES ('a')", ""));
  g_assert_cmpint (count (reader), ==, 1);
  g_assert_true (mc_db_commit (fixture->db, NULL));
  g_assert_cmpint (count (reader), ==, 2);
  g_assert_false (mc_db_run (reader, &error, "DELETE FROM paper", ""));
  g_assert_error (error, MC_ERROR, MC_ERROR_STORE);
}

/* No room: what was begun is not half kept, and the caller can say that the disk is full. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_strnfill (2000000, 'a');
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_db_script (fixture->db, "PRAGMA max_page_count = 20", NULL));
  g_assert_true (mc_db_begin (fixture->db, NULL));
  g_assert_true (mc_db_run (fixture->db, NULL, "INSERT INTO paper (name) VALUES ('small')", ""));
  g_assert_false (
      mc_db_run (fixture->db, &error, "INSERT INTO paper (name) VALUES (?1)", "s", filler));
  g_assert_error (error, MC_ERROR, MC_ERROR_FULL);
  g_assert_false (mc_db_finish (fixture->db, FALSE, NULL));
  g_assert_cmpint (count (fixture->db), ==, 1);
}

static void
test_no_database (void)
{
  char *folder = mc_folder_new ();
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "such", "test.db", NULL);
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (GError) absent = NULL;
  g_autoptr (GError) damaged = NULL;
  g_autoptr (McDb) none = mc_db_open (nowhere, MC_DB_WRITE, &absent);
  g_autoptr (McDb) reader = mc_db_open (path, MC_DB_READ, NULL);
  g_autoptr (McDb) torn = NULL;

  g_assert_null (none);
  g_assert_error (absent, MC_ERROR, MC_ERROR_STORE);
  g_assert_null (reader);
  g_assert_true (g_file_set_contents (path, text, 5000, NULL));
  torn = mc_db_open (path, MC_DB_WRITE, &damaged);
  if (torn != NULL)
    g_assert_false (mc_db_migrate (torn, "/vn/motcua/test/good", 1, &damaged));
  g_assert_error (damaged, MC_ERROR, MC_ERROR_DAMAGED);
  g_clear_pointer (&torn, mc_db_close);
  mc_folder_remove (folder);
}

#define TEST(name, function) g_test_add ("/db/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("settings", test_settings);
  TEST ("types", test_types);
  TEST ("nothing-found", test_nothing_found);
  TEST ("failures", test_failures);
  TEST ("statement-reuse", test_statement_reuse);
  TEST ("left-in-the-middle", test_left_in_the_middle);
  TEST ("transactions", test_transactions);
  TEST ("unasked-failure", test_unasked_failure);
  TEST ("reader", test_reader);
  TEST ("full", test_full);
  g_test_add_func ("/db/no-database", test_no_database);
  return g_test_run ();
}
