/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encrypting VFS: what is on the disk tells nothing, what was changed there is refused. */
#include "mc-crypt-vfs.h"
#include "mc-db.h"
#include "mc-error.h"
#include "mc-support.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define PAGE 4096
#define FRAME (PAGE + 24)
#define WORD "Nguyễn Thị Đình 001205123456"

typedef struct
{
  char *folder;
  char *path;
  McDataKey *key;
} F;

static void
set_up (F *f, gconstpointer data)
{
  mc_keys_init ();
  f->folder = mc_test_folder ();
  f->path = g_build_filename (f->folder, "a.sqlite", NULL);
  f->key = mc_data_key_new ();
}

static void
tear_down (F *f, gconstpointer data)
{
  mc_crypt_vfs_forget (f->key);
  mc_data_key_unref (f->key);
  g_free (f->path);
  mc_test_remove (f->folder);
}

static McDb *
open_db (F *f)
{
  g_autoptr (GError) error = NULL;
  McDb *db = mc_db_open_under (f->path, MC_DB_WRITE, f->key, &error);

  g_assert_no_error (error);
  mc_db_script (db, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;", &error);
  g_assert_no_error (error);
  return db;
}

static void
script (McDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  mc_db_script (db, sql, &error);
  g_assert_no_error (error);
}

static void
fill (McDb *db, guint rows)
{
  g_autoptr (GError) error = NULL;

  script (db, "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, text TEXT)");
  mc_db_begin (db, NULL);
  for (guint i = 0; i < rows; i++)
    mc_db_run (db, &error, "INSERT INTO t (text) VALUES (?1)", "s", WORD);
  mc_db_commit (db, &error);
  g_assert_no_error (error);
}

static gint64
count (McDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 rows = -1;

  mc_db_int (db, &error, &rows, "SELECT count(*) FROM t WHERE text = ?1", "s", WORD);
  g_assert_no_error (error);
  return rows;
}

/* Nothing of it in any file of the folder; how many bytes were looked at. */
static gsize
look_for (const char *folder, const char *word, gsize length, gboolean *ret_found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gsize all = 0;

  *ret_found = FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (path, &text, &size, NULL));
      *ret_found = *ret_found || memmem (text, size, word, length) != NULL;
      all += size;
    }
  return all;
}

static void
test_nothing_in_clear (F *f, gconstpointer data)
{
  g_autoptr (McDb) db = open_db (f);
  gboolean found;

  fill (db, 500);
  g_assert_cmpuint (look_for (f->folder, WORD, strlen (WORD), &found), >, 500 * strlen (WORD));
  g_assert_false (found);
  script (db, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_cmpuint (look_for (f->folder, WORD, strlen (WORD), &found), >, 500 * strlen (WORD));
  g_assert_false (found);
  look_for (f->folder, "CREATE TABLE", 12, &found);
  g_assert_false (found);
  g_assert_cmpint (count (db), ==, 500);
  g_clear_pointer (&db, mc_db_close);
  db = open_db (f);
  g_assert_cmpint (count (db), ==, 500);
}

/* The same look finds it in a plain one. */
static void
test_plain_is_found (F *f, gconstpointer data)
{
  g_autoptr (McDb) db = mc_db_open (f->path, MC_DB_WRITE, NULL);
  gboolean found;

  script (db, "PRAGMA journal_mode = WAL");
  fill (db, 5);
  look_for (f->folder, WORD, strlen (WORD), &found);
  g_assert_true (found);
}

static void
test_wrong_key (F *f, gconstpointer data)
{
  g_autoptr (McDataKey) other = mc_data_key_new ();
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);
  g_autofree char *saved = g_strconcat (f->path, "-saved", NULL);
  g_autoptr (GError) error = NULL;
  McDb *db = open_db (f);

  fill (db, 5);
  g_assert_null (mc_db_open_under (f->path, MC_DB_WRITE, other, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (mc_db_open (f->path, MC_DB_WRITE, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
  g_clear_error (&error);
  /* The log is not touched by whoever has the wrong key. */
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count (db), ==, 5);
  mc_db_close (db);

  db = mc_db_open (saved, MC_DB_WRITE, NULL);
  fill (db, 1);
  mc_db_close (db);
  g_assert_null (mc_db_open_under (saved, MC_DB_WRITE, f->key, &error));
  g_assert_error (error, MC_ERROR, MC_ERROR_KEY);
}

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

/* Every page, at its start, in its middle, in its nonce and in its tag. */
static void
test_tampered_page (F *f, gconstpointer data)
{
  static const guint places[] = { 20, 2000, 4070, 4090 };
  McDb *db = open_db (f);
  GStatBuf info;

  fill (db, 200);
  mc_db_close (db);
  g_stat (f->path, &info);
  g_assert_cmpint (info.st_size, >=, 3 * PAGE);
  for (gint64 page = 0; page < info.st_size / PAGE; page++)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
        g_autofree char *said = g_strdup_printf ("page %" G_GINT64_FORMAT " of", page + 1);
        g_autoptr (GError) error = NULL;
        gint64 rows = 0;
        gboolean end;

        flip (f->path, page * PAGE + places[i]);
        db = mc_db_open_under (f->path, MC_DB_WRITE, f->key, &error);
        if (db != NULL)
          g_assert_false (mc_db_int (db, &error, &rows, "SELECT count(text) FROM t", ""));
        g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
        g_assert_nonnull (strstr (error->message, said));
        mc_db_close (db);
        g_assert_true (mc_crypt_check_pages (f->path, f->key, 1, 1000, bad, &end, NULL));
        g_assert_true (end);
        g_assert_cmpuint (bad->len, ==, 1);
        g_assert_cmpuint (g_array_index (bad, guint32, 0), ==, page + 1);
        flip (f->path, page * PAGE + places[i]);
      }
}

/* A page of the same file in another's place. */
static void
test_moved_page (F *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  McDb *db = open_db (f);
  gint64 rows = 0;
  gsize size;

  fill (db, 200);
  mc_db_close (db);
  g_file_get_contents (f->path, &text, &size, NULL);
  memcpy (text + 2 * PAGE, text + 3 * PAGE, PAGE);
  g_file_set_contents (f->path, text, (gssize)size, NULL);
  db = mc_db_open_under (f->path, MC_DB_WRITE, f->key, NULL);
  g_assert_false (mc_db_int (db, &error, &rows, "SELECT count(text) FROM t", ""));
  g_assert_error (error, MC_ERROR, MC_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "page 3 of"));
  mc_db_close (db);
}

static void
copy (const char *from, const char *to, const char *ending)
{
  g_autofree char *source = g_strconcat (from, ending, NULL);
  g_autofree char *target = g_strconcat (to, ending, NULL);
  g_autofree char *text = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (source, &text, &size, NULL));
  g_assert_true (g_file_set_contents (target, text, (gssize)size, NULL));
}

/* As after a crash: database and log as they lie, without the index. The small cache makes SQLite
 * write pages into the log before the commit, and write over them there. */
static void
test_recovery (F *f, gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "b.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (McDb) db = open_db (f);
  g_autoptr (McDb) again = NULL;

  script (db, "PRAGMA cache_size = 5");
  fill (db, 300);
  script (db,
          "BEGIN; UPDATE t SET text = text || 'x'; UPDATE t SET text = '" WORD "';"
          "UPDATE t SET text = 'a' WHERE id % 3 = 0;"
          "INSERT INTO t (text) SELECT text FROM t; COMMIT");
  copy (f->path, other, "");
  copy (f->path, other, "-wal");
  again = mc_db_open_under (other, MC_DB_WRITE, f->key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (again), ==, 400);
  script (again, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_cmpint (count (again), ==, 400);
  {
    g_autofree char *fine = mc_db_text (again, NULL, "PRAGMA integrity_check", "");

    g_assert_cmpstr (fine, ==, "ok");
  }
}

/* A frame that was changed ends the log there, as a torn one does: what came before it stays. */
static void
test_tampered_log (F *f, gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "b.sqlite", NULL);
  g_autofree char *log = g_strconcat (other, "-wal", NULL);
  g_autoptr (McDb) db = open_db (f);
  GStatBuf info;

  fill (db, 10);
  fill (db, 10);
  copy (f->path, other, "");
  copy (f->path, other, "-wal");
  g_stat (log, &info);
  for (gint64 at = info.st_size - FRAME; at < info.st_size; at += 411)
    {
      g_autoptr (McDb) again = NULL;

      copy (f->path, other, "");
      copy (f->path, other, "-wal");
      flip (log, at);
      again = mc_db_open_under (other, MC_DB_WRITE, f->key, NULL);
      g_assert_cmpint (count (again), ==, 10);
    }
}

/* Nothing that SQLite knows of a page in clear is the same twice on the disk. */
static void
test_fresh_nonces (F *f, gconstpointer data)
{
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);
  g_autoptr (GHashTable) nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (McDb) db = open_db (f);
  g_autofree char *text = NULL;
  guint frames = 0;
  gsize size;

  script (db, "PRAGMA cache_size = 5");
  fill (db, 300);
  script (db, "BEGIN; UPDATE t SET text = text || 'x'; UPDATE t SET text = 'b'; COMMIT");
  g_file_get_contents (log, &text, &size, NULL);
  for (gsize at = 32; at + FRAME <= size; at += FRAME, frames++)
    g_hash_table_add (nonces, mc_base64_encode ((guint8 *)text + at + 24 + PAGE - 40, 24));
  g_assert_cmpuint (frames, >, 10);
  g_assert_cmpuint (g_hash_table_size (nonces), ==, frames);
}

/* VACUUM INTO is under the same key; a plain file becomes an encrypted one by it. */
static void
test_vacuum_into (F *f, gconstpointer data)
{
  g_autofree char *other = g_build_filename (f->folder, "b.sqlite", NULL);
  g_autofree char *plain = g_build_filename (f->folder, "c.sqlite", NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (McDb) db = open_db (f);
  g_autoptr (McDb) again = NULL;
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean end;

  script (db, "CREATE VIRTUAL TABLE s USING fts5 (text)");
  fill (db, 500);
  script (db, "INSERT INTO s SELECT text FROM t; DELETE FROM t WHERE id > 100");
  mc_db_run (db, &error, "VACUUM INTO ?1", "s", other);
  g_assert_no_error (error);
  id = mc_crypt_file_key (other, NULL);
  g_assert_cmpstr (id, ==, mc_data_key_id (f->key));
  again = mc_db_open_under (other, MC_DB_READ, f->key, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (again), ==, 100);
  g_assert_true (mc_crypt_check_pages (other, f->key, 1, 100000, bad, &end, NULL));
  g_assert_cmpuint (bad->len, ==, 0);
  g_assert_false (g_file_test (plain, G_FILE_TEST_EXISTS));
}

#define CASE(name, function) g_test_add ("/crypt/" name, F, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("nothing-in-clear", test_nothing_in_clear);
  CASE ("plain-is-found", test_plain_is_found);
  CASE ("wrong-key", test_wrong_key);
  CASE ("tampered-page", test_tampered_page);
  CASE ("moved-page", test_moved_page);
  CASE ("recovery", test_recovery);
  CASE ("tampered-log", test_tampered_log);
  CASE ("fresh-nonces", test_fresh_nonces);
  CASE ("vacuum-into", test_vacuum_into);
  return g_test_run ();
}
