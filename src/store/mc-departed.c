/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each scan of a dossier that has left is a fact "left:HASH" with the time. To remove one its row
 * goes and the fact becomes 0, in one transaction; then the file goes; then the fact. So a row
 * never stands without its file, and a file that was left over by a crash is still known.
 */
#include "mc-departed.h"

#include "mc-desk.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include <errno.h>
#include <glib/gstdio.h>

#define KEPT_MS (30 * 24 * 3600 * G_GINT64_CONSTANT (1000))
#define PREFIX "left:"

gboolean
mc_store_blob_left (McStore *store, const char *sha256, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO fact (key, value) "
                    "SELECT '" PREFIX "' || sha256, ?2 FROM blob WHERE sha256 = ?1 AND here = 1",
                    "si",
                    sha256,
                    mc_store_now (store));
}

gboolean
mc_store_blob_stays (McStore *store, const char *sha256, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "DELETE FROM fact WHERE key = '" PREFIX "' || ?1",
                    "s",
                    sha256);
}

/* By a dossier that is seen here, or by what is being typed. */
static gboolean
is_named (McStore *store, const char *sha256, gboolean *ret_named, GError **error)
{
  gint64 named = 0;

  if (!mc_db_int (store->db,
                  error,
                  &named,
                  "SELECT EXISTS (SELECT 1 FROM draft WHERE instr (reception, ?1) > 0) "
                  "OR EXISTS (SELECT 1 FROM record WHERE instr (state, ?1) > 0)",
                  "s",
                  sha256))
    return FALSE;
  *ret_named = named != 0;
  return TRUE;
}

static gboolean
drop_row (McStore *store, const char *sha256, GError **error)
{
  if (!mc_db_begin (store->db, error))
    return FALSE;
  return mc_db_finish (
      store->db,
      mc_db_run (store->db, error, "DELETE FROM blob WHERE sha256 = ?1", "s", sha256) &&
          mc_db_run (store->db,
                     error,
                     "UPDATE fact SET value = '0' WHERE key = '" PREFIX "' || ?1",
                     "s",
                     sha256),
      error);
}

static gboolean
drop_file (McStore *store, const char *sha256, GError **error)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return mc_store_blob_stays (store, sha256, error);
  g_set_error (error, MC_ERROR, MC_ERROR_STORE, "scan %.12s…: %s", sha256, g_strerror (errno));
  return FALSE;
}

static gboolean
look_at (McStore *store, const char *sha256, guint *removed, GError **error)
{
  gboolean named = FALSE;

  if (!is_named (store, sha256, &named, error))
    return FALSE;
  if (named)
    return mc_store_blob_stays (store, sha256, error);
  if (!drop_row (store, sha256, error) || !drop_file (store, sha256, error))
    return FALSE;
  ++*removed;
  return TRUE;
}

/* What the province has not confirmed stays until it does. */
static GPtrArray *
find_due (McStore *store, guint count, GError **error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   error,
                   "SELECT substr (f.key, 6) FROM fact f "
                   "LEFT JOIN blob b ON b.sha256 = substr (f.key, 6) "
                   "WHERE f.key >= '" PREFIX "' AND f.key < 'left;' "
                   "AND CAST (f.value AS INTEGER) <= ?1 AND coalesce (b.sent, 1) = 1 LIMIT ?2",
                   "ii",
                   mc_store_now (store) - KEPT_MS,
                   (gint64)count);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (due, g_strdup (mc_query_text (query, 0)));
  if (problem == NULL)
    return g_steal_pointer (&due);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
mc_departed_sweep (McStore *store, guint count, guint *ret_removed, GError **error)
{
  g_autoptr (GPtrArray) due = find_due (store, count, error);
  guint removed = 0;
  gboolean ok = due != NULL;

  for (guint i = 0; ok && i < due->len; i++)
    ok = look_at (store, due->pdata[i], &removed, error);
  if (ret_removed != NULL)
    *ret_removed = removed;
  return ok;
}
