/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a dossier off a public desk. What is said of its lines in the feed stays, without a word
 * of their content, so that the running hash goes on; everything else goes.
 */
#include "mc-public-private.h"

#include "mc-hygiene.h"
#include "mc-worker.h"
#include <glib/gstdio.h>

/* So many in one transaction: the desk's people wait behind it. */
#define BATCH 100
#define FACT_UNCLEAN "let_go_unclean" /* rows are gone, what they lay in is not cleaned */

static const char *const of_op[] = {
  "DELETE FROM said WHERE op = ?1",
  "DELETE FROM missing WHERE op = ?1",
  "DELETE FROM notice WHERE op = ?1",
  "DELETE FROM corrected WHERE op = ?1 OR by = ?1",
};

static gboolean
drop_op (McStore *store, const char *op, const char *record, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (of_op); i++)
    if (!mc_db_run (store->db, error, of_op[i], "s", op))
      return FALSE;
  /* A ruling may repeat what the op said, for older readers. */
  return mc_db_run (store->db,
                    error,
                    "UPDATE feed SET record = ?2, ruling = '' WHERE op = ?1",
                    "ss",
                    op,
                    record) &&
         mc_db_run (store->db, error, "DELETE FROM op WHERE id = ?1", "s", op);
}

/* Another dossier or a draft may have the same page of paper. */
static gboolean
named_elsewhere (McStore *store, const char *sha256)
{
  gint64 one = 0;

  return mc_db_int (store->db,
                    NULL,
                    &one,
                    "SELECT EXISTS (SELECT 1 FROM op WHERE instr (line, ?1) > 0) "
                    "OR EXISTS (SELECT 1 FROM draft WHERE instr (reception, ?1) > 0)",
                    "s",
                    sha256) &&
         one != 0;
}

/* Before the row: a file without a row would be found by nobody. */
static gboolean
drop_scan (McStore *store, const char *sha256, McRemoved *removed, GError **error)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  GStatBuf info;

  if (named_elsewhere (store, sha256))
    return TRUE;
  if (g_stat (path, &info) == 0)
    {
      removed->scans++;
      removed->bytes += (guint64)info.st_size;
    }
  mc_shred (part);
  return mc_shred (path) &&
         mc_db_run (store->db, error, "DELETE FROM blob WHERE sha256 = ?1", "s", sha256);
}

static McRemoved *
removed_new (McStore *store, const char *code)
{
  McRemoved *removed = g_new0 (McRemoved, 1);

  removed->at_ms = mc_store_now (store);
  removed->code = g_strdup (code);
  return removed;
}

static gboolean
let_go (McStore *store, const McPublicMatter *matter, McRemoved *removed, GError **error)
{
  removed->changes = matter->ops->len;
  if (!mc_store_unproject (store, matter->id, error) ||
      !mc_db_run (store->db, error, "DELETE FROM record WHERE id = ?1", "s", matter->id))
    return FALSE;
  for (guint i = 0; i < matter->ops->len; i++)
    if (!drop_op (store, matter->ops->pdata[i], matter->id, error))
      return FALSE;
  for (guint i = 0; i < matter->scans->len; i++)
    if (!drop_scan (store, matter->scans->pdata[i], removed, error))
      return FALSE;
  return mc_public_passes (store, matter->id, error);
}

/* To @names what the files of the scans are called that ops or drafts name. */
static gboolean
add_named (McStore *store, GHashTable *names, const char *sql, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = mc_db_query (store->db, error, sql, "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, &problem))
    {
      g_autoptr (json_t) json = mc_json_parse (mc_query_text (query, 0), -1, NULL);
      g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_free);

      mc_public_add_scans (scans, json);
      for (guint i = 0; i < scans->len; i++)
        {
          g_autofree char *path = mc_store_blob_path (store, scans->pdata[i]);

          g_hash_table_add (names, g_path_get_basename (path));
        }
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
shred_unnamed (const char *folder, GHashTable *names, gint64 before_s, McRemoved *removed)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (GStrv) parts = g_strsplit (name, ".", 2);
      GStatBuf info;

      if (g_stat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        shred_unnamed (path, names, before_s, removed);
      else if (!g_hash_table_contains (names, parts[0]) && info.st_mtime <= before_s &&
               mc_shred (path))
        {
          removed->scans++;
          removed->bytes += (guint64)info.st_size;
        }
    }
}

/* Read in for something that was never saved: no row knows of them. */
static gboolean
drop_loose_scans (McStore *store, gint64 quiet_ms, GPtrArray *removed, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *blobs = g_build_filename (store->profile, "blobs", NULL);
  McRemoved *loose;

  if (!add_named (store, names, "SELECT json_object ('sha256', sha256) FROM blob", error) ||
      !add_named (store, names, "SELECT reception FROM draft", error))
    return FALSE;
  loose = removed_new (store, NULL);
  shred_unnamed (blobs, names, (g_get_real_time () / 1000 - quiet_ms) / 1000, loose);
  if (loose->scans > 0)
    g_ptr_array_add (removed, loose);
  else
    mc_removed_free (loose);
  return TRUE;
}

/* The last numbers of the log are given again: what gets them is still to be sent. */
static gboolean
lower_floor (McStore *store, GError **error)
{
  gint64 floor = mc_store_fact_int (store, "outbox_floor", 0);
  gint64 last = 0;

  return mc_db_int (store->db, error, &last, "SELECT coalesce (max (seq), 0) FROM op", "") &&
         (last >= floor || mc_store_set_fact_int (store, "outbox_floor", last, error));
}

static gboolean
take_batch (McStore *store,
            GPtrArray *matters,
            guint from,
            gint64 quiet_ms,
            GPtrArray *removed,
            GError **error)
{
  for (guint i = from; i < MIN (from + BATCH, matters->len); i++)
    {
      const McPublicMatter *matter = matters->pdata[i];
      McRemoved *line;

      if (matter->why != MC_STAY_NONE)
        continue;
      line = removed_new (store, matter->code);
      g_ptr_array_add (removed, line);
      if (!let_go (store, matter, line, error))
        return FALSE;
    }
  return (from + BATCH < matters->len || drop_loose_scans (store, quiet_ms, removed, error)) &&
         (removed->len == 0 ||
          (mc_public_note (store, removed, error) && lower_floor (store, error) &&
           mc_store_set_fact_int (store, FACT_UNCLEAN, 1, error)));
}

static gboolean
run_batch (McStore *store,
           GPtrArray *matters,
           guint from,
           gint64 quiet_ms,
           guint *count,
           GError **error)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_removed_free);

  if (!mc_db_begin (store->db, error) ||
      !mc_db_finish (store->db, take_batch (store, matters, from, quiet_ms, removed, error), error))
    return FALSE;
  for (guint i = 0; i < removed->len; i++)
    *count += ((McRemoved *)removed->pdata[i])->code != NULL ? 1 : 0;
  if (removed->len > 0)
    mc_store_mark_changed (store);
  return TRUE;
}

/* Copies of the database from before a migration or an encryption. */
static void
shred_copies (const char *profile)
{
  g_autoptr (GDir) dir = g_dir_open (profile, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".bak") || g_str_has_suffix (name, ".bak.part"))
      {
        g_autofree char *path = g_build_filename (profile, name, NULL);

        mc_shred (path);
      }
}

/* Words stay in the index until its pieces are merged, and rows in pages that nobody has written
 * over and in the log: all of it is written anew. */
static gboolean
clean (McStore *store, GError **error)
{
  gint64 busy = 0;

  if (mc_store_fact_int (store, FACT_UNCLEAN, 0) == 0)
    return TRUE;
  if (!mc_db_script (store->db,
                     "INSERT INTO dossier_search (dossier_search) VALUES ('rebuild');"
                     "VACUUM;",
                     error) ||
      !mc_db_int (store->db, error, &busy, "PRAGMA wal_checkpoint (TRUNCATE)", ""))
    return FALSE;
  /* Somebody reads at this moment: the log is still needed. */
  if (busy != 0)
    return TRUE;
  shred_copies (store->profile);
  return mc_store_set_fact_int (store, MC_FACT_BACKUP_STALE, 1, error) &&
         mc_store_set_fact_int (store, FACT_UNCLEAN, 0, error);
}

/* The stick may be in somebody's pocket: asked again each time. */
static gboolean
forget_backups (McStore *store, GError **error)
{
  return mc_store_fact_int (store, MC_FACT_BACKUP_STALE, 0) == 0 || !mc_backup_forget (store) ||
         mc_store_set_fact_int (store, MC_FACT_BACKUP_STALE, 0, error);
}

gboolean
mc_public_let_go (McStore *store, gint64 quiet_ms, guint *ret_count, GError **error)
{
  g_autoptr (GPtrArray) matters = NULL;
  guint count = 0;
  guint from = 0;

  if (ret_count != NULL)
    *ret_count = 0;
  if (!mc_store_public (store))
    return TRUE;
  matters = mc_public_matters (store, quiet_ms, error);
  if (matters == NULL)
    return FALSE;
  do
    {
      if (!run_batch (store, matters, from, quiet_ms, &count, error))
        return FALSE;
      from += BATCH;
    }
  while (from < matters->len);
  if (ret_count != NULL)
    *ret_count = count;
  return clean (store, error) && forget_backups (store, error);
}

static gboolean
drop_drafts (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_removed_free);
  McRemoved *line = removed_new (store, NULL);
  gint64 count = 0;

  g_ptr_array_add (removed, line);
  if (!mc_db_int (store->db, error, &count, "SELECT count(*) FROM draft", ""))
    return FALSE;
  line->drafts = (guint)count;
  return count == 0 || (mc_db_run (store->db, error, "DELETE FROM draft", "") &&
                        mc_public_note (store, removed, error) &&
                        mc_store_set_fact_int (store, FACT_UNCLEAN, 1, error));
}

gboolean
mc_public_drop_drafts (McStore *store, GError **error)
{
  if (!mc_store_public (store))
    return TRUE;
  if (!mc_db_begin (store->db, error) ||
      !mc_db_finish (store->db, drop_drafts (store, error), error))
    return FALSE;
  mc_store_mark_changed (store);
  /* With the scans that were read in for them. */
  return mc_public_let_go (store, 0, NULL, error);
}
