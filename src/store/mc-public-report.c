/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was removed from a public desk: one fact a day, so that a line costs little to add. */
#include "mc-public-private.h"

#include "mc-backup-private.h"
#include "mc-hygiene.h"
#include <glib/gstdio.h>
#include <string.h>

#define FACT_DAY "removed "

void
mc_removed_free (McRemoved *removed)
{
  if (removed == NULL)
    return;
  g_free (removed->code);
  g_free (removed);
}

static char *
day_fact (McStore *store)
{
  g_autoptr (GDateTime) now = mc_local (mc_store_now (store));

  return g_date_time_format (now, FACT_DAY "%Y-%m-%d");
}

gboolean
mc_public_note (McStore *store, GPtrArray *removed, GError **error)
{
  g_autofree char *fact = day_fact (store);
  g_autofree char *before = mc_store_fact (store, fact);
  g_autoptr (json_t) day = before ? mc_json_parse (before, -1, NULL) : NULL;
  g_autofree char *text = NULL;

  if (day == NULL)
    day = json_array ();
  for (guint i = 0; i < removed->len; i++)
    json_array_append_new (day, mc_removed_json (removed->pdata[i]));
  text = mc_json_text (day);
  return mc_store_set_fact (store, fact, text, error);
}

json_t *
mc_removed_json (const McRemoved *removed)
{
  return json_pack ("{s:I,s:s*,s:i,s:i,s:I,s:i}",
                    "at",
                    (json_int_t)removed->at_ms,
                    "code",
                    removed->code,
                    "changes",
                    (int)removed->changes,
                    "scans",
                    (int)removed->scans,
                    "bytes",
                    (json_int_t)removed->bytes,
                    "drafts",
                    (int)removed->drafts);
}

static void
add_day (GPtrArray *all, const char *text)
{
  g_autoptr (json_t) day = mc_json_parse (text, -1, NULL);

  for (size_t i = json_array_size (day); i-- > 0;)
    {
      const json_t *line = json_array_get (day, i);
      McRemoved *one = g_new0 (McRemoved, 1);

      one->at_ms = mc_json_int (line, "at", 0);
      one->code = g_strdup (mc_json_string (line, "code"));
      one->changes = (guint)mc_json_int (line, "changes", 0);
      one->scans = (guint)mc_json_int (line, "scans", 0);
      one->bytes = (guint64)mc_json_int (line, "bytes", 0);
      one->drafts = (guint)mc_json_int (line, "drafts", 0);
      g_ptr_array_add (all, one);
    }
}

GPtrArray *
mc_public_removed (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_removed_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT value FROM fact WHERE key GLOB '" FACT_DAY "*' "
                                           "ORDER BY key DESC",
                                           "");

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    add_day (all, mc_query_text (query, 0));
  if (problem == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      count += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return count;
}

gboolean
mc_public_left (McStore *store, McLeft *ret_left, GError **error)
{
  g_autofree char *blobs = g_build_filename (store->profile, "blobs", NULL);
  g_autoptr (GPtrArray) staying = mc_public_staying (store, 0, error);
  gint64 drafts = 0;

  if (staying == NULL || !mc_db_int (store->db, error, &drafts, "SELECT count(*) FROM draft", ""))
    return FALSE;
  *ret_left = (McLeft){ .dossiers = staying->len,
                        .drafts = (guint)drafts,
                        .scans = count_files (blobs),
                        .backup = mc_store_fact_int (store, MC_FACT_BACKUP_STALE, 0) != 0 };
  return TRUE;
}

static gboolean
shred_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gboolean ok = TRUE;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        ok = shred_tree (path) && ok;
      else
        ok = mc_shred (path) && ok;
    }
  return (g_rmdir (folder) == 0 || !g_file_test (folder, G_FILE_TEST_EXISTS)) && ok;
}

gboolean
mc_backup_forget (McStore *store)
{
  g_autofree char *folder = mc_backup_folder (store);
  g_autoptr (McVault) vault = mc_vault_load (store->profile, NULL);
  g_autofree char *name = vault ? g_strconcat ("motcua-", mc_vault_profile (vault), NULL) : NULL;
  g_autofree char *path = folder && name ? g_build_filename (folder, name, NULL) : NULL;

  if (mc_backup_last (store, NULL) == 0)
    return TRUE;
  return path != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) && shred_tree (path) &&
         mc_store_set_fact_int (store, "backup_at", 0, NULL) &&
         mc_store_set_fact_int (store, "backup_tried", 0, NULL);
}
