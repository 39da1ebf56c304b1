/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at everything on the disk, a little at a time: what rots there is found before somebody
 * needs it. */
#include "mc-scrub.h"

#include "mc-crypt-vfs.h"
#include "mc-desk.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include "mc-worker.h"
#include <glib/gstdio.h>

/* A page that is being written while it is looked at is half there. */
#define LOOKS 3
/* So many damaged scans are remembered by name. */
#define NAMED 20

/* A damaged page that was written anew since is none any more. */
static gboolean
look_again (McStore *store, const char *path, GError **error)
{
  gint64 page = mc_scrub_bad_page (store);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean end;

  if (page == 0)
    return TRUE;
  if (!mc_crypt_check_pages (path, store->data_key, (guint32)page, 1, bad, &end, error))
    return FALSE;
  return bad->len > 0 || mc_store_set_fact_int (store, "scrub_bad_page", 0, error);
}

static gboolean
scrub_pages (McStore *store, guint count, McScrubbed *found, gboolean *ret_end, GError **error)
{
  g_autofree char *path = g_build_filename (store->profile, "desk.sqlite", NULL);
  guint32 from = (guint32)mc_store_fact_int (store, "scrub_page", 1);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));

  *ret_end = TRUE;
  if (store->data_key == NULL || count == 0)
    return TRUE;
  if (!look_again (store, path, error))
    return FALSE;
  for (guint look = 0; look < LOOKS; look++)
    {
      g_array_set_size (bad, 0);
      if (!mc_crypt_check_pages (path, store->data_key, from, count, bad, ret_end, error))
        return FALSE;
      if (bad->len == 0)
        break;
    }
  found->pages = count;
  found->page_bad = bad->len > 0 ? g_array_index (bad, guint32, 0) : 0;
  if (bad->len > 0)
    mc_store_mark_changed (store);
  if (bad->len > 0 && !mc_store_set_fact_int (store, "scrub_bad_page", found->page_bad, error))
    return FALSE;
  return mc_store_set_fact_int (store, "scrub_page", *ret_end ? 1 : from + count, error);
}

static json_t *
read_found (McStore *store)
{
  g_autofree char *text = mc_store_fact (store, "scrub_found");
  json_t *found = text ? mc_json_parse (text, -1, NULL) : NULL;

  return json_is_array (found) ? found : json_array ();
}

static gboolean
note_found (McStore *store, const char *sha256, GError **error)
{
  g_autoptr (json_t) found = read_found (store);
  g_autofree char *text = NULL;

  json_array_insert_new (found,
                         0,
                         json_pack ("[s,I]", sha256, (json_int_t)mc_clock_wall (store->clock)));
  while (json_array_size (found) > NAMED)
    json_array_remove (found, NAMED);
  text = mc_json_text (found);
  return mc_store_set_fact (store, "scrub_found", text, error);
}

/* Set aside under another name, for whoever wants to look at it; the scan is fetched again. */
static gboolean
set_aside (McStore *store, const char *sha256, gboolean sent, McScrubbed *found, GError **error)
{
  g_autofree char *path = mc_store_blob_path (store, sha256);
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_rename (path, aside);
  found->files_bad++;
  if (!sent)
    found->files_lost++;
  mc_store_mark_changed (store);
  if (!note_found (store, sha256, error))
    return FALSE;
  /* Whether it was sent or not: another desk may have it, and the province hears no lie. */
  return mc_db_run (store->db, error, "UPDATE blob SET here = 0 WHERE sha256 = ?1", "s", sha256);
}

/* Chunks of one scan from where the last slice stopped. Returns: how many were looked at */
static guint
look_at_scan (McStore *store,
              const char *sha256,
              guint64 from,
              guint count,
              gboolean *ret_end,
              GError **error)
{
  g_autoptr (McBlobPlace) place = mc_store_blob_place (store, sha256);
  g_autoptr (McBlobReader) reader = mc_blob_place_read (place, error);
  guint64 chunks;

  *ret_end = TRUE;
  if (reader == NULL || !mc_blob_reader_check (reader, from, count, ret_end, error))
    return 1;
  chunks = (guint64)mc_blob_reader_size (reader) / MC_BLOB_CHUNK + 1;
  return *ret_end ? (guint)MIN (count, chunks > from ? chunks - from : 1) : count;
}

typedef struct
{
  char *sha256;
  gboolean sent;
} Scan;

static gboolean
next_scan (McStore *store, const char *after, gboolean same, Scan *ret_scan)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db,
                   NULL,
                   same ? "SELECT sha256, sent FROM blob WHERE here = 1 AND sha256 >= ?1 "
                          "ORDER BY sha256 LIMIT 1"
                        : "SELECT sha256, sent FROM blob WHERE here = 1 AND sha256 > ?1 "
                          "ORDER BY sha256 LIMIT 1",
                   "s",
                   after);

  if (query == NULL || !mc_query_next (query, NULL))
    return FALSE;
  *ret_scan = (Scan){ g_strdup (mc_query_text (query, 0)), mc_query_int (query, 1) != 0 };
  return TRUE;
}

static gboolean
scrub_scans (McStore *store, guint count, McScrubbed *found, gboolean *ret_end, GError **error)
{
  g_autofree char *at = mc_store_fact (store, "scrub_scan");
  guint64 chunk = (guint64)mc_store_fact_int (store, "scrub_chunk", 0);
  gboolean same = chunk > 0;
  Scan scan;

  *ret_end = FALSE;
  if (at == NULL)
    at = g_strdup ("");
  while (found->chunks < count)
    {
      g_autoptr (GError) problem = NULL;
      gboolean end = TRUE;
      guint looked;

      if (!next_scan (store, at, same, &scan))
        {
          *ret_end = TRUE;
          g_clear_pointer (&at, g_free);
          at = g_strdup ("");
          chunk = 0;
          break;
        }
      if (!g_str_equal (scan.sha256, at))
        chunk = 0;
      g_free (at);
      at = scan.sha256;
      looked = look_at_scan (store, at, chunk, count - found->chunks, &end, &problem);
      found->chunks += looked;
      if (problem != NULL && !set_aside (store, at, scan.sent, found, error))
        return FALSE;
      same = problem == NULL && !end;
      chunk = same ? chunk + looked : 0;
    }
  return mc_store_set_fact (store, "scrub_scan", at, error) &&
         mc_store_set_fact_int (store, "scrub_chunk", (gint64)chunk, error);
}

/* First the pages of the round, then its scans. */
static gboolean
slice (McStore *store, guint pages, guint chunks, McScrubbed *found, GError **error)
{
  gint64 done = mc_store_fact_int (store, "scrub_done", 0);
  gboolean end = TRUE;

  if (done == 0)
    return scrub_pages (store, pages, found, &end, error) &&
           mc_store_set_fact_int (store, "scrub_done", end ? 1 : 0, error);
  if (!scrub_scans (store, chunks, found, &end, error))
    return FALSE;
  found->round = end;
  if (end && !mc_store_set_fact_int (store, "scrub_at", mc_clock_wall (store->clock), error))
    return FALSE;
  return mc_store_set_fact_int (store, "scrub_done", end ? 0 : 1, error);
}

gboolean
mc_scrub_slice (McStore *store, guint pages, guint chunks, McScrubbed *ret_found, GError **error)
{
  McScrubbed found = { 0 };
  gboolean ok;

  if (!mc_db_begin (store->db, error))
    return FALSE;
  ok = slice (store, pages, chunks, &found, error);
  if (!mc_db_finish (store->db, ok, error))
    return FALSE;
  if (ret_found != NULL)
    *ret_found = found;
  return TRUE;
}

gint64
mc_scrub_bad_page (McStore *store)
{
  return mc_store_fact_int (store, "scrub_bad_page", 0);
}

gint64
mc_scrub_last (McStore *store)
{
  return mc_store_fact_int (store, "scrub_at", 0);
}

void
mc_scrub_file_free (McScrubFile *file)
{
  if (file == NULL)
    return;
  g_free (file->sha256);
  g_free (file->dossier);
  g_free (file->name);
  g_free (file);
}

/* Which document of which dossier it is. Seldom asked, so no index is kept for it. */
static void
name_file (McStore *store, McScrubFile *file)
{
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           NULL,
                                           "SELECT d.code, d.id FROM record r JOIN dossier d "
                                           "ON d.id = r.id WHERE instr (r.state, ?1) > 0 LIMIT 1",
                                           "s",
                                           file->sha256);
  g_autoptr (McRecord) record = NULL;
  GHashTableIter iter;
  gpointer group;

  if (query == NULL || !mc_query_next (query, NULL))
    return;
  file->dossier = g_strdup (mc_query_text (query, 0));
  record = mc_ledger_record (store->db, mc_query_text (query, 1), NULL);
  if (record == NULL)
    return;
  g_hash_table_iter_init (&iter, record->groups);
  while (g_hash_table_iter_next (&iter, &group, NULL))
    {
      g_autoptr (json_t) part = mc_record_json (record, group);
      json_t *document = json_object_get (part, "document");

      if (g_strcmp0 (mc_json_string (document, "sha256"), file->sha256) == 0)
        {
          g_free (file->name);
          file->name = g_strdup (mc_json_string (document, "name"));
        }
    }
}

GPtrArray *
mc_scrub_files (McStore *store)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_scrub_file_free);
  g_autoptr (json_t) found = read_found (store);

  for (size_t i = 0; i < json_array_size (found); i++)
    {
      json_t *one = json_array_get (found, i);
      const char *sha256 = json_string_value (json_array_get (one, 0));
      McScrubFile *file;

      if (sha256 == NULL)
        continue;
      file = g_new0 (McScrubFile, 1);
      file->sha256 = g_strdup (sha256);
      file->at_ms = json_integer_value (json_array_get (one, 1));
      file->here = mc_store_blob_here (store, sha256);
      name_file (store, file);
      g_ptr_array_add (files, file);
    }
  return files;
}
