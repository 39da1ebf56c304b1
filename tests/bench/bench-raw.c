/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-raw FOLDER rows N      rows of a dossier's size into raw SQLite, a transaction each:
 *                              four indexes, FTS5, WAL, synchronous=FULL
 * bench-raw FOLDER append N    2 KB appended and fdatasync, the floor of a durable save
 *
 * Prints how long each took, in microseconds, one a line.
 */
#include <fcntl.h>
#include <glib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOSSIER_BYTES 1860

static const char schema[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE dossier (row INTEGER PRIMARY KEY, id TEXT UNIQUE, code TEXT, applicant TEXT,"
    " state TEXT, due TEXT, json TEXT) STRICT;"
    "CREATE INDEX by_code ON dossier (code); CREATE INDEX by_state ON dossier (state);"
    "CREATE INDEX by_due ON dossier (due);"
    "CREATE VIRTUAL TABLE search USING fts5 (text);";

static void
must (sqlite3 *db, int rc)
{
  if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
    return;
  fprintf (stderr, "bench-raw: %s\n", sqlite3_errmsg (db));
  exit (1);
}

static void
run (sqlite3 *db, const char *sql)
{
  must (db, sqlite3_exec (db, sql, NULL, NULL, NULL));
}

static void
save (sqlite3 *db, sqlite3_stmt *row, sqlite3_stmt *words, int i, const char *body)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *code = g_strdup_printf ("H05.032.07-261121-0421%03d", i);
  g_autofree char *name = g_strdup_printf ("nguyen thi ngu %d", i);

  run (db, "BEGIN IMMEDIATE");
  sqlite3_bind_text (row, 1, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 2, code, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 3, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 4, "received", -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 5, "2026-11-25T17:00", -1, SQLITE_STATIC);
  sqlite3_bind_text (row, 6, body, -1, SQLITE_STATIC);
  must (db, sqlite3_step (row));
  must (db, sqlite3_reset (row));
  sqlite3_bind_text (words, 1, name, -1, SQLITE_STATIC);
  must (db, sqlite3_step (words));
  must (db, sqlite3_reset (words));
  run (db, "COMMIT");
}

static void
rows (const char *folder, int count)
{
  g_autofree char *path = g_build_filename (folder, "raw.sqlite", NULL);
  g_autofree char *body = g_strnfill (DOSSIER_BYTES, 'x');
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  sqlite3_stmt *words = NULL;

  must (db, sqlite3_open (path, &db));
  run (db, schema);
  must (db,
        sqlite3_prepare_v2 (db,
                            "INSERT INTO dossier (id, code, applicant, state, due, json)"
                            " VALUES (?, ?, ?, ?, ?, ?)",
                            -1,
                            &row,
                            NULL));
  must (db, sqlite3_prepare_v2 (db, "INSERT INTO search (text) VALUES (?)", -1, &words, NULL));
  for (int i = 0; i < count; i++)
    {
      gint64 start = g_get_monotonic_time ();

      save (db, row, words, i, body);
      printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
    }
  sqlite3_finalize (row);
  sqlite3_finalize (words);
  sqlite3_close (db);
}

static void
append (const char *folder, int count)
{
  g_autofree char *path = g_build_filename (folder, "append", NULL);
  g_autofree char *body = g_strnfill (2048, 'x');
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  for (int i = 0; i < count; i++)
    {
      gint64 start = g_get_monotonic_time ();

      if (write (fd, body, 2048) != 2048 || fdatasync (fd) != 0)
        exit (1);
      printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
    }
  close (fd);
}

int
main (int argc, char **argv)
{
  if (argc != 4)
    return 2;
  if (strcmp (argv[2], "rows") == 0)
    rows (argv[1], atoi (argv[3]));
  else
    append (argv[1], atoi (argv[3]));
  return 0;
}
