/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk.h"
#include "mc-practice.h"
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include "mc-worker.h"

#include "mc-error.h"
#include <errno.h>
#include <glib/gstdio.h>

/* A scan that has waited this long goes next, whatever its size (design §4 "Blobs"). */
#define PATIENCE_MS (4 * 3600 * G_GINT64_CONSTANT (1000))

char *
mc_store_blob_path (McStore *store, const char *sha256)
{
  g_autofree char *name =
      store->data_key ? mc_data_key_name (store->data_key, sha256) : g_strdup (sha256);
  char folder[3] = { name[0], name[1], '\0' };

  return g_build_filename (store->profile, "blobs", folder, name, NULL);
}

McBlobPlace *
mc_store_blob_place (McStore *store, const char *sha256)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);

  return mc_blob_place_new (path, store->data_key, sha256);
}

static char *
part_path (McStore *store, const char *sha256)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);

  return g_strconcat (path, ".part", NULL);
}

McBlobPlace *
mc_store_blob_part (McStore *store, const char *sha256)
{
  g_autofree char *path = part_path (store, sha256);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  return mc_blob_place_new (path, store->data_key, sha256);
}

gboolean
mc_store_blob_here (McStore *store, const char *sha256)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

gboolean
mc_store_hold_blob (McStore *store, const char *sha256, gint64 size, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT INTO blob (sha256, size, here, sent, since) VALUES (?1, ?2, 1, 0, ?3) "
                    "ON CONFLICT (sha256) DO UPDATE SET here = 1",
                    "sii",
                    sha256,
                    size,
                    mc_store_now (store));
}

gboolean
mc_store_name_blob (McStore *store, const char *sha256, gint64 size, GError **error)
{
  /* Not attached here: the province has it, or will have it from the desk that attached it. */
  return mc_db_run (store->db,
                    error,
                    "INSERT OR IGNORE INTO blob (sha256, size, here, sent, since) "
                    "VALUES (?1, ?2, 0, 1, ?3)",
                    "sii",
                    sha256,
                    size,
                    mc_store_now (store));
}

void
mc_blob_job_free (McBlobJob *job)
{
  if (job == NULL)
    return;
  g_free (job->sha256);
  g_free (job->url);
  g_free (job);
}

static gboolean
is_put_off (McStore *store, const char *sha256)
{
  gint64 *until = g_hash_table_lookup (store->put_off, sha256);

  return until != NULL && mc_clock_mono (store->clock) < *until;
}

void
mc_store_blob_put_off (McStore *store, const char *sha256, guint seconds)
{
  gint64 *until = g_new (gint64, 1);

  *until = mc_clock_mono (store->clock) + (gint64)seconds * 1000;
  g_hash_table_replace (store->put_off, g_strdup (sha256), until);
}

guint
mc_store_blob_next_try (McStore *store)
{
  gint64 now = mc_clock_mono (store->clock);
  gint64 next = G_MAXINT64;
  GHashTableIter iter;
  gpointer until;

  g_hash_table_iter_init (&iter, store->put_off);
  while (g_hash_table_iter_next (&iter, NULL, &until))
    if (*(gint64 *)until <= now)
      g_hash_table_iter_remove (&iter);
    else
      next = MIN (next, *(gint64 *)until);
  return next == G_MAXINT64 ? 0 : (guint)((next - now + 999) / 1000);
}

/* The first @most jobs of @query whose turn it is. */
static void
add_jobs (McStore *store, McQuery *query, guint most, GPtrArray *jobs)
{
  while (jobs->len < most && query != NULL && mc_query_next (query, NULL))
    {
      McBlobJob *job;

      if (is_put_off (store, mc_query_text (query, 0)))
        continue;
      job = g_new0 (McBlobJob, 1);
      job->sha256 = g_strdup (mc_query_text (query, 0));
      job->size = (guint64)mc_query_int (query, 1);
      job->done = mc_query_int (query, 2);
      job->url = g_strdup (mc_query_text (query, 3));
      job->wanted = g_strcmp0 (job->sha256, store->wanted) == 0;
      g_ptr_array_add (jobs, job);
    }
}

static GPtrArray *
new_jobs (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)mc_blob_job_free);
}

static McBlobJob *
only_job (GPtrArray *jobs)
{
  McBlobJob *job = jobs->len > 0 ? g_steal_pointer (&jobs->pdata[0]) : NULL;

  g_ptr_array_unref (jobs);
  return job;
}

GPtrArray *
mc_store_blobs_to_send (McStore *store, guint most)
{
  GPtrArray *jobs = new_jobs ();
  g_autoptr (McQuery) query = NULL;

  if (mc_store_practice (store))
    return jobs;
  query = mc_db_query (store->db,
                       NULL,
                       "SELECT sha256, size, done, url FROM blob WHERE here = 1 AND sent = 0 "
                       "ORDER BY since > ?1, CASE WHEN since > ?1 THEN size ELSE since END",
                       "i",
                       mc_store_now (store) - PATIENCE_MS);
  add_jobs (store, query, most, jobs);
  return jobs;
}

McBlobJob *
mc_store_blob_to_send (McStore *store)
{
  return only_job (mc_store_blobs_to_send (store, 1));
}

static void
add_wanted (McStore *store, GPtrArray *jobs)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT sha256, size, done, url FROM blob WHERE sha256 = ?1 AND here = 0",
                   "s",
                   store->wanted);

  add_jobs (store, query, 1, jobs);
}

GPtrArray *
mc_store_blobs_to_fetch (McStore *store, guint most)
{
  GPtrArray *jobs = new_jobs ();
  g_autoptr (McQuery) query = NULL;

  if (store->wanted != NULL)
    add_wanted (store, jobs);
  if (jobs->len > 0)
    return jobs;
  query = mc_db_query (store->db,
                       NULL,
                       "SELECT sha256, size, done, url FROM blob WHERE here = 0 ORDER BY size",
                       "");
  add_jobs (store, query, most, jobs);
  return jobs;
}

McBlobJob *
mc_store_blob_to_fetch (McStore *store)
{
  return only_job (mc_store_blobs_to_fetch (store, 1));
}

void
mc_store_blobs_waiting (McStore *store, guint *ret_count, guint64 *ret_bytes)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   "SELECT count(*), total(size) FROM blob WHERE here = 1 AND sent = 0",
                   "");

  *ret_count = 0;
  *ret_bytes = 0;
  if (query == NULL || !mc_query_next (query, NULL))
    return;
  *ret_count = (guint)mc_query_int (query, 0);
  *ret_bytes = (guint64)mc_query_int (query, 1);
}

guint
mc_store_blobs_coming (McStore *store)
{
  gint64 count = 0;

  mc_db_int (store->db,
             NULL,
             &count,
             "SELECT count(*) FROM (SELECT 1 FROM blob WHERE here = 0 LIMIT ?)",
             "i",
             (gint64)MC_COMING_MAX);
  return (guint)count;
}

gboolean
mc_store_blob_progress (McStore *store,
                        const char *sha256,
                        gint64 done,
                        const char *url,
                        GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "UPDATE blob SET done = ?2, url = ?3 WHERE sha256 = ?1",
                    "sis",
                    sha256,
                    done,
                    url);
}

gboolean
mc_store_blob_sent (McStore *store, const char *sha256, GError **error)
{
  return mc_db_run (store->db, error, "UPDATE blob SET sent = 1 WHERE sha256 = ?1", "s", sha256);
}

/* Read back from the disk: what is there is what counts. */
static gboolean
is_whole (McBlobPlace *place, const char *sha256)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (McBlobReader) reader = mc_blob_place_read (place, NULL);
  g_autofree guint8 *block = g_malloc (MC_BLOB_CHUNK);
  gint64 at = 0;
  gssize got = 0;

  while (reader != NULL && (got = mc_blob_reader_read (reader, at, block, MC_BLOB_CHUNK, NULL)) > 0)
    {
      g_checksum_update (sum, block, got);
      at += got;
    }
  return reader != NULL && got == 0 && g_str_equal (g_checksum_get_string (sum), sha256);
}

gboolean
mc_store_blob_arrived (McStore *store, const char *sha256, GError **error)
{
  g_autoptr (McBlobPlace) part = mc_store_blob_part (store, sha256);
  const char *path = mc_blob_place_path (part);
  g_autofree char *final = mc_store_blob_path (store, sha256);

  if (!is_whole (part, sha256))
    {
      g_unlink (path);
      g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "scan %.12s… arrived changed", sha256);
      return FALSE;
    }
  if (g_rename (path, final) != 0)
    {
      g_set_error (error,
                   MC_ERROR,
                   errno == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
                   "%s",
                   g_strerror (errno));
      return FALSE;
    }
  mc_store_mark_changed (store);
  return mc_db_run (store->db,
                    error,
                    "UPDATE blob SET here = 1, sent = 1 WHERE sha256 = ?1",
                    "s",
                    sha256);
}
