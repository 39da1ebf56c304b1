/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-data-key.h"
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * McDb:
 * One connection: WAL (from mc_db_migrate() on), synchronous=FULL, foreign keys on, statements
 * prepared once. Belongs to one thread at a time.
 */
typedef struct _McDb McDb;

typedef enum
{
  MC_DB_WRITE,
  MC_DB_READ,
} McDbMode;

McDb *mc_db_open (const char *path, McDbMode mode, GError **error);
/**
 * mc_db_open_under:
 * @key: (nullable): what the file is, or is to be, encrypted under; %NULL: a plain one
 * Errors: #MC_ERROR_KEY (under another key, or not encrypted, or encrypted where @key is %NULL),
 *   #MC_ERROR_DAMAGED (the message has the number of the page), …
 */
McDb *mc_db_open_under (const char *path, McDbMode mode, McDataKey *key, GError **error);
void mc_db_close (McDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDb, mc_db_close)
sqlite3 *mc_db_handle (McDb *db);
const char *mc_db_path (McDb *db);
/** mc_db_key: what the file is encrypted under, or %NULL. Borrowed. */
McDataKey *mc_db_key (McDb *db);
/** mc_db_script: several statements without results. */
gboolean mc_db_script (McDb *db, const char *sql, GError **error);

/**
 * McQuery:
 * A prepared statement on its way. @types of mc_db_query() and mc_db_run() has one letter a
 * parameter: s (const char *, NULL allowed), i (gint64), d (double), b (const void *, gsize).
 */
typedef struct _McQuery McQuery;
McQuery *mc_db_query (McDb *db, GError **error, const char *sql, const char *types, ...);
/** mc_query_next: %TRUE with a row; %FALSE at the end, or on failure with @error set. */
gboolean mc_query_next (McQuery *query, GError **error);
const char *mc_query_text (McQuery *query,
                           int column); /* borrowed until the next row; NULL for NULL */
gint64 mc_query_int (McQuery *query, int column);
double mc_query_double (McQuery *query, int column);
gboolean mc_query_null (McQuery *query, int column);
void mc_query_done (McQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McQuery, mc_query_done)

/** mc_db_run: a statement without rows. */
gboolean mc_db_run (McDb *db, GError **error, const char *sql, const char *types, ...);
/** mc_db_int: the first column of the first row, or @otherwise. */
gboolean
mc_db_int (McDb *db, GError **error, gint64 *ret_value, const char *sql, const char *types, ...);
/** mc_db_text: the first column of the first row, %NULL (no error) where there is none. Returns:
 * (transfer full) */
char *mc_db_text (McDb *db, GError **error, const char *sql, const char *types, ...);

/* Transactions: BEGIN IMMEDIATE. A failed commit has rolled back; after a statement that failed,
 * also one whose failure nobody asked about, every commit fails. */
gboolean mc_db_begin (McDb *db, GError **error);
gboolean mc_db_commit (McDb *db, GError **error);
void mc_db_rollback (McDb *db);
/** mc_db_finish: commits where @ok, else rolls back; %TRUE where all of it is durable. */
gboolean mc_db_finish (McDb *db, gboolean ok, GError **error);

/**
 * mc_db_migrate:
 * Brings the file to version @target by the numbered scripts "@resources/0001.sql" … (GResource),
 * each in a transaction of its own with its `user_version`. Before the first one on a file that is
 * not empty, a copy is made by VACUUM INTO beside it ("….v3.bak"). A file of a newer version is
 * refused untouched with #MC_ERROR_NEWER.
 */
gboolean mc_db_migrate (McDb *db, const char *resources, int target, GError **error);

/** mc_db_make: an empty database under @key, whole or not there at all. */
gboolean mc_db_make (const char *path, McDataKey *key, GError **error);
/**
 * mc_db_copy:
 * A copy of the database as it is now, under @key, at @path, which is made anew: checked page by
 * page and by SQLite, and on the disk for good. What it holds is the same, where it lies is not.
 * Errors: #MC_ERROR_FULL, #MC_ERROR_DAMAGED (this one, or what was written), …
 */
gboolean mc_db_copy (McDb *db, const char *path, McDataKey *key, GError **error);

/** mc_db_error: fills @error from SQLite's last failure (#MC_ERROR_FULL, #MC_ERROR_DAMAGED, …).
 * Always %FALSE. */
gboolean mc_db_error (McDb *db, int rc, GError **error);

G_END_DECLS
