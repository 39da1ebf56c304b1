/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of a database rot one by one, and a page that does is met by name. What lies in the others
 * is still there: it is read around the damage, line by line, into a new database; what is derived
 * is derived anew. Where something is missing the feed is read again from its start, and what the
 * province had said until then is kept, as when the province is restored (mc-heal.c).
 */
#include "mc-rebuild.h"

#include "mc-backup-private.h"
#include "mc-carry.h"
#include "mc-crypt-vfs.h"
#include "mc-desk.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include "mc-sync-store.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* One page has hundreds of numbers at most; behind a page that leads to others there may be
 * thousands. */
#define SKIP_MAX 20000
#define AT_ONCE 4096

/* Table: what is not derived. */
typedef struct
{
  const char *name;
  const char *key;
  gboolean number; /* the key counts up: what lies behind the damage is found by trying */
  gboolean own;    /* of this desk alone: what is lost of it nobody else has */
} Table;

static const Table tables[] = {
  { "fact", "key", FALSE, TRUE },       { "own_device", "device", FALSE, TRUE },
  { "op", "seq", TRUE, TRUE },          { "code_count", "day", FALSE, TRUE },
  { "draft", "id", FALSE, FALSE },      { "feed", "n", TRUE, FALSE },
  { "said", "op", FALSE, FALSE },       { "hidden", "record", FALSE, FALSE },
  { "blob", "sha256", FALSE, FALSE },   { "notice", "id", TRUE, FALSE },
  { "corrected", "op", FALSE, FALSE },  { "missing", "op", FALSE, FALSE },
  { "sign_in", "login", FALSE, FALSE }, { "first", "record", FALSE, FALSE },
};

/* Reading: one table, from the damaged database into the new one. */
typedef struct
{
  sqlite3_stmt *up;   /* rows after ?1, upwards */
  sqlite3_stmt *down; /* the same, from the end */
  sqlite3_stmt *put;
  guint rows;
  gint64 last; /* the key of the last row, where it is a number */
} Reading;

static void
reading_clear (Reading *reading)
{
  sqlite3_finalize (reading->up);
  sqlite3_finalize (reading->down);
  sqlite3_finalize (reading->put);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static int
prepare (McDb *db, sqlite3_stmt **ret_statement, const char *sql)
{
  return sqlite3_prepare_v2 (mc_db_handle (db), sql, -1, ret_statement, NULL);
}

/* The key is the first column of every table here. */
static gboolean
prepare_table (Reading *reading, McDb *from, McDb *to, const Table *table, GError **error)
{
  g_autofree char *up = g_strdup_printf ("SELECT * FROM %s WHERE %s > coalesce (?1, %s) "
                                         "ORDER BY %s",
                                         table->name,
                                         table->key,
                                         table->number ? "-1" : "''",
                                         table->key);
  g_autofree char *down = g_strconcat (up, " DESC", NULL);
  g_autoptr (GString) put = g_string_new (NULL);
  int rc = prepare (from, &reading->up, up);

  if (rc == SQLITE_OK)
    rc = prepare (from, &reading->down, down);
  if (rc != SQLITE_OK)
    return mc_db_error (from, rc, error);
  g_string_append_printf (put, "INSERT OR IGNORE INTO %s VALUES (?", table->name);
  for (int i = 1; i < sqlite3_column_count (reading->up); i++)
    g_string_append (put, ", ?");
  g_string_append_c (put, ')');
  rc = prepare (to, &reading->put, put->str);
  return rc == SQLITE_OK || mc_db_error (to, rc, error);
}

/* Rows of @from until the end or the damage. Returns: %FALSE where they cannot be kept. */
static gboolean
read_on (Reading *reading, McDb *to, sqlite3_stmt *from, gboolean *ret_end, GError **error)
{
  int rc;
  int put = SQLITE_DONE;

  while (put == SQLITE_DONE && (rc = sqlite3_step (from)) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (from); i++)
        sqlite3_bind_value (reading->put, i + 1, sqlite3_column_value (from, i));
      put = sqlite3_step (reading->put);
      sqlite3_reset (reading->put);
      reading->rows++;
      reading->last = sqlite3_column_int64 (from, 0);
    }
  *ret_end = put == SQLITE_DONE && rc == SQLITE_DONE;
  sqlite3_reset (from);
  return put == SQLITE_DONE || mc_db_error (to, put, error);
}

/* The next number behind the damage is found by trying; there is no other way in. */
static gboolean
read_behind (Reading *reading, McDb *to, GError **error)
{
  gint64 after = reading->rows > 0 ? reading->last : -1;
  gboolean end = FALSE;

  for (guint tries = 0; !end && tries < SKIP_MAX; tries++)
    {
      guint rows = reading->rows;

      sqlite3_bind_int64 (reading->up, 1, ++after);
      if (!read_on (reading, to, reading->up, &end, error))
        return FALSE;
      if (reading->rows == rows)
        continue;
      after = reading->last;
      tries = 0;
    }
  return TRUE;
}

static gboolean
read_table (McDb *from, McDb *to, const Table *table, gboolean *ret_lost, GError **error)
{
  g_auto (Reading) reading = { 0 };
  gboolean end = FALSE;

  if (!prepare_table (&reading, from, to, table, error) ||
      !read_on (&reading, to, reading.up, &end, error))
    return FALSE;
  *ret_lost = !end;
  if (end)
    return TRUE;
  /* A key of letters cannot be guessed: from the other end, until the damage is met again. */
  return table->number ? read_behind (&reading, to, error)
                       : read_on (&reading, to, reading.down, &end, error);
}

static gboolean
read_tables (McDb *from, McStore *store, McRebuilt *rebuilt, GError **error)
{
  gboolean ok = mc_db_begin (store->db, error);

  rebuilt->whole = TRUE;
  for (guint i = 0; ok && i < G_N_ELEMENTS (tables); i++)
    {
      gboolean lost = FALSE;

      ok = read_table (from, store->db, &tables[i], &lost, error);
      rebuilt->whole = rebuilt->whole && !lost;
      rebuilt->anew = rebuilt->anew || (lost && tables[i].own);
    }
  return ok ? mc_db_commit (store->db, error) : mc_db_finish (store->db, FALSE, error);
}

static gboolean
can_sign (McStore *store, GError **error)
{
  g_autoptr (McEnrolment) enrolment = mc_store_enrolment (store);
  McSecretKey key;

  if (enrolment == NULL || enrolment->server == NULL || enrolment->province_key == NULL ||
      !mc_store_device_key (store, &key, NULL))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "what the desk signs with is lost");
      return FALSE;
    }
  mc_secret_key_wipe (&key);
  return TRUE;
}

/* What no feed brings again is derived from the lines that are here. */
static gboolean
derive (McStore *store, GError **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (McQuery) query = mc_db_query (store->db,
                                           error,
                                           "SELECT DISTINCT record FROM op "
                                           "WHERE record NOT IN (SELECT id FROM record)",
                                           "");

  while (query != NULL && mc_query_next (query, NULL))
    g_hash_table_add (records, g_strdup (mc_query_text (query, 0)));
  g_clear_pointer (&query, mc_query_done);
  return mc_store_rebase_all (store, records, TRUE, error);
}

/* A scan whose line is lost lies here all the same, and may not have been sent. */
static gboolean
adopt_scans (McStore *store, const char *profile, GError **error)
{
  McStore place = { .profile = (char *)profile, .data_key = store->data_key };
  g_autoptr (GPtrArray) here = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256 FROM blob WHERE here = 0", "");

  while (query != NULL && mc_query_next (query, NULL))
    if (mc_store_blob_here (&place, mc_query_text (query, 0)))
      g_ptr_array_add (here, g_strdup (mc_query_text (query, 0)));
  g_clear_pointer (&query, mc_query_done);
  for (guint i = 0; i < here->len; i++)
    if (!mc_db_run (store->db,
                    error,
                    "UPDATE blob SET here = 1, sent = 0 WHERE sha256 = ?1",
                    "s",
                    here->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
note_state (McStore *store, const McRebuilt *rebuilt, guint64 epoch, GError **error)
{
  gint64 here = mc_store_fact_int (store, "epoch", 0);

  return mc_store_set_fact_int (store, "epoch", MAX (here, (gint64)epoch), error) &&
         mc_store_set_fact_int (store, "scrub_bad_page", 0, error) &&
         mc_store_set_fact_int (store, "scrub_page", 1, error) &&
         (!rebuilt->anew || mc_store_mark_copied (store, "device", error));
}

static gboolean
settle (McStore *store, const char *profile, McRebuilt *rebuilt, guint64 epoch, GError **error)
{
  gboolean ok = mc_db_begin (store->db, error);

  /* Without any point in common: back to the start. */
  ok = ok && (rebuilt->whole || mc_store_go_back (store, NULL, error)) && derive (store, error) &&
       adopt_scans (store, profile, error) && note_state (store, rebuilt, epoch, error);
  return mc_db_finish (store->db, ok, error);
}

static void
count (McStore *store, McRebuilt *rebuilt)
{
  gint64 ops = 0;
  gint64 behind = 0;
  gint64 drafts = 0;

  mc_db_int (store->db, NULL, &ops, "SELECT count(*) FROM op", "");
  mc_db_int (store->db,
             NULL,
             &behind,
             "SELECT count(*) FROM op o WHERE NOT EXISTS (SELECT 1 FROM feed f WHERE f.op = o.id) "
             "AND NOT EXISTS (SELECT 1 FROM said s WHERE s.op = o.id)",
             "");
  mc_db_int (store->db, NULL, &drafts, "SELECT count(*) FROM draft", "");
  rebuilt->ops = (guint)ops;
  rebuilt->ops_behind = (guint)behind;
  rebuilt->drafts = (guint)drafts;
}

/* Into a store of its own below the profile, then as "desk.sqlite.new" beside the damaged one. */
static gboolean
make_beside (const char *profile,
             const McClock *clock,
             McDb *damaged,
             McVault *vault,
             McRebuilt *rebuilt,
             GError **error)
{
  McDataKey *key = mc_db_key (damaged);
  g_autofree char *folder = g_build_filename (profile, MC_REBUILD_FOLDER, NULL);
  g_autofree char *beside = g_build_filename (profile, "desk.sqlite.new", NULL);
  g_autoptr (McStore) store = mc_store_open_on (folder, clock, key, "", error);
  gboolean ok = store != NULL && read_tables (damaged, store, rebuilt, error) &&
                can_sign (store, error) &&
                settle (store, profile, rebuilt, mc_vault_epoch (vault), error) &&
                mc_db_copy (store->db, beside, key, error);

  if (ok)
    count (store, rebuilt);
  return ok;
}

/* For whoever can get more out of it; a later one takes its place. */
static gboolean
keep_damaged (const char *profile, GError **error)
{
  static const char *const endings[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (profile, "/desk.sqlite", endings[i], NULL);
      g_autofree char *to = g_strconcat (profile, "/desk.sqlite.damaged", endings[i], NULL);

      if (!g_file_test (from, G_FILE_TEST_EXISTS))
        g_unlink (to);
      else if (!mc_backup_copy_file (from, to, NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
mc_profile_rebuild (const char *profile,
                    const McClock *clock,
                    McDataKey *key,
                    McProfileTell tell,
                    gpointer data,
                    McRebuilt *ret_rebuilt,
                    GError **error)
{
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autofree char *folder = g_build_filename (profile, MC_REBUILD_FOLDER, NULL);
  g_autoptr (McVault) vault = mc_vault_load (profile, error);
  g_autoptr (McDb) damaged = NULL;
  g_autoptr (McStore) store = NULL;
  McRebuilt rebuilt = { 0 };
  gboolean ok;

  if (vault == NULL || !mc_vault_check (vault, key, error) || !mc_work_swap (profile, vault, error))
    return FALSE;
  damaged = mc_db_open_under (path, MC_DB_READ, key, error);
  if (damaged == NULL || !keep_damaged (profile, error))
    return FALSE;
  mc_work_remove_tree (folder);
  ok = make_beside (profile, clock, damaged, vault, &rebuilt, error);
  mc_work_remove_tree (folder);
  g_clear_pointer (&damaged, mc_db_close);
  if (tell != NULL)
    tell (0.9, data);
  if (!ok || !mc_vault_set_work (vault, key, MC_VAULT_WORK_SWAP, error))
    return FALSE;
  store = mc_store_open_on (profile, clock, key, "", error);
  if (ret_rebuilt != NULL)
    *ret_rebuilt = rebuilt;
  return store != NULL;
}

gint64
mc_profile_bad_page (const char *profile, McDataKey *key)
{
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (guint32));
  gboolean end = FALSE;

  for (guint32 from = 1; !end && bad->len == 0; from += AT_ONCE)
    if (!mc_crypt_check_pages (path, key, from, AT_ONCE, bad, &end, NULL))
      break;
  return bad->len > 0 ? g_array_index (bad, guint32, 0) : 0;
}

/* Lines of work that can be read, in the order held; those that the backup has are known there. */
static gboolean
carry_lines (McDb *damaged, McStore *to, GError **error)
{
  g_autofree char *folder = g_build_filename (to->profile, MC_REBUILD_FOLDER, NULL);
  g_autoptr (McStore) between =
      mc_store_open_on (folder, to->clock, mc_db_key (damaged), "", error);
  McRebuilt rebuilt = { 0 };
  gint64 after = 0;
  gboolean ok = between != NULL && read_tables (damaged, between, &rebuilt, error);

  while (ok)
    {
      g_autoptr (GPtrArray) lines = mc_store_carry_out (between, &after, AT_ONCE, error);

      ok = lines != NULL && (lines->len == 0 || mc_store_carry_in (to, lines, NULL, error));
      if (ok && lines->len == 0)
        break;
    }
  g_clear_pointer (&between, mc_store_close);
  mc_work_remove_tree (folder);
  return ok;
}

static gboolean
carry_drafts (McDb *damaged, McStore *to, GError **error)
{
  static const Table draft = { "draft", "id", FALSE, FALSE };
  gboolean lost;
  gboolean ok = mc_db_begin (to->db, error);

  ok = ok && read_table (damaged, to->db, &draft, &lost, error);
  return mc_db_finish (to->db, ok, error);
}

/* What the new disk did, and not the old one: there is room to be made, and then all comes along.
 */
static gboolean
could_not_write (const GError *problem)
{
  return g_error_matches (problem, MC_ERROR, MC_ERROR_FULL) ||
         g_error_matches (problem, MC_ERROR, MC_ERROR_STORE);
}

/* What cannot be read stays aside; a restored profile is better than none. Returns: %FALSE where
 * something that can be read could not be kept. */
static gboolean
carry_over (const char *profile,
            const char *beside,
            McDataKey *key,
            const McClock *clock,
            GError **error)
{
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDb) damaged = mc_db_open_under (path, MC_DB_READ, key, &problem);
  gint64 there = 0;

  if (damaged != NULL &&
      mc_db_int (damaged, &problem, &there, "SELECT count (*) FROM sqlite_schema", ""))
    {
      g_autoptr (McStore) to = mc_store_open_on (beside, clock, key, "", &problem);

      if (to != NULL && carry_lines (damaged, to, &problem) && carry_drafts (damaged, to, &problem))
        return TRUE;
      if (to == NULL || could_not_write (problem))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  g_message ("not all could be carried over: %s", problem->message);
  return TRUE;
}

/* In one go where the file system can; else with a moment in which there is none. */
static gboolean
swap_folders (const char *beside, const char *profile, GError **error)
{
  g_autofree char *between = g_strconcat (beside, ".old", NULL);

  if (renameat2 (AT_FDCWD, beside, AT_FDCWD, profile, RENAME_EXCHANGE) == 0 ||
      (g_rename (profile, between) == 0 && g_rename (beside, profile) == 0 &&
       g_rename (between, beside) == 0))
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s: %s", profile, g_strerror (errno));
  return FALSE;
}

gboolean
mc_profile_replace (const McBackup *backup,
                    McDataKey *key,
                    const char *profile,
                    const McClock *clock,
                    const McProfilePerson *person,
                    McProfileTell tell,
                    gpointer data,
                    GError **error)
{
  /* What is restored is called so until the two change names. */
  g_autofree char *beside =
      g_strdup_printf ("%s.damaged-%" G_GINT64_FORMAT, profile, mc_clock_wall (clock));
  g_autofree char *above = g_path_get_dirname (profile);

  if (!mc_backup_restore (backup, key, beside, person, tell, data, error))
    return FALSE;
  if (!carry_over (profile, beside, key, clock, error))
    {
      mc_work_remove_tree (beside);
      return FALSE;
    }
  return swap_folders (beside, profile, error) && mc_work_sync_folder (above);
}
