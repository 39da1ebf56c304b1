/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-db.h"

G_BEGIN_DECLS

#define MC_DB_RECENT 256

struct _McQuery
{
  McDb *db;
  sqlite3_stmt *statement;
  char *sql;
  gboolean kept; /* among the queries of its database */
  gboolean busy;
};

struct _McDb
{
  sqlite3 *handle;
  char *path;
  McDataKey *key;      /* NULL: a plain file */
  GHashTable *queries; /* SQL text → McQuery */
  McQuery *recent[MC_DB_RECENT];
  gboolean failed; /* a statement has, since the transaction began */
};

void mc_query_free (gpointer query);

G_END_DECLS
