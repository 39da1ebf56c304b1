/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db-private.h"

#include <stdarg.h>
#include <string.h>

/* Texts of statements are nearly always constants of the program: where one was last time it is
 * found by its place, without a hash of all of it. */
static McQuery **
place_of (McDb *db, const char *sql)
{
  return &db->recent[((guintptr)sql >> 3 ^ (guintptr)sql >> 9) % MC_DB_RECENT];
}

void
mc_query_free (gpointer data)
{
  McQuery *query = data;

  if (query->busy)
    g_critical ("a statement outlives its database: %s", query->sql);
  sqlite3_finalize (query->statement);
  g_free (query->sql);
  g_free (query);
}

static McQuery *
prepare (McDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  McQuery *query;

  if (rc != SQLITE_OK)
    {
      db->failed = TRUE;
      mc_db_error (db, rc, error);
      return NULL;
    }
  query = g_new0 (McQuery, 1);
  query->db = db;
  query->statement = statement;
  query->sql = g_strdup (sql);
  return query;
}

/* One of each text is kept; a second one that is under way at the same time is not. */
static McQuery *
take_query (McDb *db, const char *sql, GError **error)
{
  McQuery **recent = place_of (db, sql);
  McQuery *query = *recent;

  if (query == NULL || strcmp (query->sql, sql) != 0)
    query = g_hash_table_lookup (db->queries, sql);
  if (query == NULL || query->busy)
    {
      McQuery *other = prepare (db, sql, error);

      if (other == NULL)
        return NULL;
      other->kept = query == NULL;
      if (other->kept)
        g_hash_table_insert (db->queries, other->sql, other);
      query = other;
    }
  if (query->kept)
    *recent = query;
  query->busy = TRUE;
  return query;
}

static int
bind_one (sqlite3_stmt *statement,
          int place,
          char type,
          sqlite3_destructor_type lives,
          va_list *values)
{
  switch (type)
    {
    case 's':
      {
        const char *text = va_arg (*values, const char *);

        return text ? sqlite3_bind_text (statement, place, text, -1, lives)
                    : sqlite3_bind_null (statement, place);
      }
    case 'i':
      return sqlite3_bind_int64 (statement, place, va_arg (*values, gint64));
    case 'd':
      return sqlite3_bind_double (statement, place, va_arg (*values, double));
    case 'b':
      {
        const void *bytes = va_arg (*values, const void *);
        gsize length = va_arg (*values, gsize);

        return sqlite3_bind_blob64 (statement, place, bytes, length, lives);
      }
    default:
      g_error ("unknown parameter type %c", type);
    }
}

/* @lives: SQLITE_STATIC where the query is done before its values end */
static McQuery *
query_va (McDb *db,
          GError **error,
          const char *sql,
          const char *types,
          sqlite3_destructor_type lives,
          va_list *values)
{
  g_autoptr (McQuery) query = take_query (db, sql, error);

  if (query == NULL)
    return NULL;
  for (int i = 0; types != NULL && types[i] != '\0'; i++)
    {
      int rc = bind_one (query->statement, i + 1, types[i], lives, values);

      if (rc != SQLITE_OK)
        {
          mc_db_error (db, rc, error);
          return NULL;
        }
    }
  return g_steal_pointer (&query);
}

McQuery *
mc_db_query (McDb *db, GError **error, const char *sql, const char *types, ...)
{
  va_list values;
  McQuery *query;

  va_start (values, types);
  query = query_va (db, error, sql, types, SQLITE_TRANSIENT, &values);
  va_end (values);
  return query;
}

gboolean
mc_query_next (McQuery *query, GError **error)
{
  int rc = sqlite3_step (query->statement);

  if (rc == SQLITE_ROW)
    return TRUE;
  if (rc != SQLITE_DONE)
    {
      query->db->failed = TRUE;
      mc_db_error (query->db, rc, error);
    }
  return FALSE;
}

const char *
mc_query_text (McQuery *query, int column)
{
  return (const char *)sqlite3_column_text (query->statement, column);
}

gint64
mc_query_int (McQuery *query, int column)
{
  return sqlite3_column_int64 (query->statement, column);
}

double
mc_query_double (McQuery *query, int column)
{
  return sqlite3_column_double (query->statement, column);
}

gboolean
mc_query_null (McQuery *query, int column)
{
  return sqlite3_column_type (query->statement, column) == SQLITE_NULL;
}

void
mc_query_done (McQuery *query)
{
  if (query == NULL)
    return;
  sqlite3_reset (query->statement);
  sqlite3_clear_bindings (query->statement);
  query->busy = FALSE;
  if (!query->kept)
    mc_query_free (query);
}

gboolean
mc_db_run (McDb *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (McQuery) query = NULL;
  g_autoptr (GError) problem = NULL;
  va_list values;

  va_start (values, types);
  query = query_va (db, error, sql, types, SQLITE_STATIC, &values);
  va_end (values);
  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    ;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_db_int (McDb *db, GError **error, gint64 *ret_value, const char *sql, const char *types, ...)
{
  g_autoptr (McQuery) query = NULL;
  va_list values;

  va_start (values, types);
  query = query_va (db, error, sql, types, SQLITE_STATIC, &values);
  va_end (values);
  if (query == NULL || !mc_query_next (query, error))
    return FALSE;
  *ret_value = mc_query_int (query, 0);
  return TRUE;
}

char *
mc_db_text (McDb *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (McQuery) query = NULL;
  va_list values;

  va_start (values, types);
  query = query_va (db, error, sql, types, SQLITE_STATIC, &values);
  va_end (values);
  if (query == NULL || !mc_query_next (query, error))
    return NULL;
  return g_strdup (mc_query_text (query, 0));
}
