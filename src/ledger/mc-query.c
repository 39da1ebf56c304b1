/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-db-private.h"

#include <stdarg.h>

struct _McQuery
{
  McDb *db;
  sqlite3_stmt *statement;
  char *sql;
};

/* A statement goes back to the idle ones when it is done, so that two of one text can be under way.
 */
static sqlite3_stmt *
take_statement (McDb *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gpointer key = NULL, idle = NULL;
  int rc;

  if (g_hash_table_steal_extended (db->statements, sql, &key, &idle))
    {
      g_free (key);
      return idle;
    }
  rc = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK)
    {
      db->failed = TRUE;
      mc_db_error (db, rc, error);
    }
  return statement;
}

static int
bind_one (sqlite3_stmt *statement, int place, char type, va_list *values)
{
  switch (type)
    {
    case 's':
      {
        const char *text = va_arg (*values, const char *);

        return text ? sqlite3_bind_text (statement, place, text, -1, SQLITE_TRANSIENT)
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

        return sqlite3_bind_blob64 (statement, place, bytes, length, SQLITE_TRANSIENT);
      }
    default:
      g_error ("unknown parameter type %c", type);
    }
}

static McQuery *
query_va (McDb *db, GError **error, const char *sql, const char *types, va_list *values)
{
  g_autoptr (McQuery) query = g_new0 (McQuery, 1);

  query->db = db;
  query->sql = g_strdup (sql);
  query->statement = take_statement (db, sql, error);
  if (query->statement == NULL)
    return NULL;
  for (int i = 0; types != NULL && types[i] != '\0'; i++)
    {
      int rc = bind_one (query->statement, i + 1, types[i], values);

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
  query = query_va (db, error, sql, types, &values);
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
  if (query->statement != NULL)
    {
      sqlite3_reset (query->statement);
      sqlite3_clear_bindings (query->statement);
      if (g_hash_table_contains (query->db->statements, query->sql))
        sqlite3_finalize (query->statement);
      else
        g_hash_table_insert (query->db->statements,
                             g_steal_pointer (&query->sql),
                             query->statement);
    }
  g_free (query->sql);
  g_free (query);
}

gboolean
mc_db_run (McDb *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (McQuery) query = NULL;
  g_autoptr (GError) problem = NULL;
  va_list values;

  va_start (values, types);
  query = query_va (db, error, sql, types, &values);
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
  query = query_va (db, error, sql, types, &values);
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
  query = query_va (db, error, sql, types, &values);
  va_end (values);
  if (query == NULL || !mc_query_next (query, error))
    return NULL;
  return g_strdup (mc_query_text (query, 0));
}
