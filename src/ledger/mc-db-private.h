/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-db.h"

G_BEGIN_DECLS

struct _McDb
{
  sqlite3 *handle;
  char *path;
  McDataKey *key;         /* NULL: a plain file */
  GHashTable *statements; /* SQL text → idle sqlite3_stmt */
  gboolean failed;        /* a statement has, since the transaction began */
};

G_END_DECLS
