/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk.h"
#include "mc-store-private.h"

#include "mc-error.h"
#include "mc-keys.h"
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

static void G_GNUC_PRINTF (2, 3) fault (GPtrArray *faults, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_ptr_array_add (faults, g_strdup_vprintf (format, values));
  va_end (values);
}

static gboolean
check_record (McStore *store, const char *id, GPtrArray *faults, GError **error)
{
  g_autoptr (GPtrArray) ops = NULL;
  g_autoptr (GPtrArray) forced = NULL;
  g_autoptr (GPtrArray) rulings = NULL;
  g_autoptr (GArray) replay = mc_store_replay_of (store, id, &ops, &forced, error);
  g_autoptr (McRecord) made = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *kept = NULL;

  if (replay == NULL)
    return FALSE;
  made = mc_ledger_replay (id, (const McReplay *)(void *)replay->data, replay->len, &rulings);
  expected = mc_record_dump (made);
  kept = mc_db_text (store->db, NULL, "SELECT state FROM record WHERE id = ?1", "s", id);
  if (g_strcmp0 (expected, kept ? kept : "") != 0)
    fault (faults, "record %s: its state is not what its ops say", id);
  for (guint i = 0; i < ops->len; i++)
    {
      McOp *op = ops->pdata[i];
      g_autofree char *text = mc_ruling_text (rulings->pdata[i]);
      g_autofree char *shown = mc_ledger_ruling (store->db, op->id);

      if (g_strcmp0 (text, shown) != 0)
        fault (faults, "op %s: shown as %s", op->id, shown);
    }
  return TRUE;
}

static gboolean
check_records (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT DISTINCT record FROM op ORDER BY record", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    if (!check_record (store, mc_query_text (query, 0), faults, error))
      return FALSE;
  return TRUE;
}

/* The whole projections as text, to be compared before and after they are made anew. */
static char *
dump_projections (McStore *store)
{
  static const char *const tables[] = {
    "SELECT 'dossier', row, id, code, applicant, applicant_id, phone, procedure, state, received, "
    "due, "
    "contested FROM dossier ORDER BY row",
    "SELECT 'search', rowid, text FROM dossier_search ORDER BY rowid",
    "SELECT 'staff', id, login, name, role, office, verifier, active FROM staff ORDER BY id",
    "SELECT 'office', id, code, name FROM office ORDER BY id",
    "SELECT 'procedure', id, code, json FROM procedure ORDER BY id",
    "SELECT 'calendar', id, json FROM calendar ORDER BY id",
  };
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      sqlite3_stmt *statement = NULL;

      if (sqlite3_prepare_v2 (mc_db_handle (store->db), tables[i], -1, &statement, NULL) !=
          SQLITE_OK)
        continue;
      while (sqlite3_step (statement) == SQLITE_ROW)
        {
          for (int c = 0; c < sqlite3_column_count (statement); c++)
            {
              const char *text = (const char *)sqlite3_column_text (statement, c);

              g_string_append_printf (dump, "%s\t", text ? text : "-");
            }
          g_string_append_c (dump, '\n');
        }
      sqlite3_finalize (statement);
    }
  return g_string_free (dump, FALSE);
}

static gboolean
project_all (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (McQuery) query = mc_db_query (store->db, error, "SELECT id FROM record", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    g_ptr_array_add (ids, g_strdup (mc_query_text (query, 0)));
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (McRecord) record = mc_ledger_record (store->db, ids->pdata[i], error);

      if (record == NULL || !mc_store_project (store, record, error))
        return FALSE;
    }
  return TRUE;
}

static void
compare_dumps (const char *before, const char *after, GPtrArray *faults)
{
  g_auto (GStrv) old_lines = g_strsplit (before, "\n", -1);
  g_auto (GStrv) new_lines = g_strsplit (after, "\n", -1);

  for (guint i = 0; old_lines[i] != NULL || new_lines[i] != NULL; i++)
    {
      if (g_strcmp0 (old_lines[i], new_lines[i]) != 0)
        fault (faults,
               "projection: kept \"%s\", the ops say \"%s\"",
               old_lines[i] ? old_lines[i] : "",
               new_lines[i] ? new_lines[i] : "");
      if (old_lines[i] == NULL || new_lines[i] == NULL)
        break;
    }
}

/* Makes the projections anew inside a transaction that is always rolled back. */
static gboolean
check_projections (McStore *store, GPtrArray *faults, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean ok;

  if (!mc_db_begin (store->db, error))
    return FALSE;
  before = dump_projections (store);
  ok = mc_db_script (
           store->db,
           "DELETE FROM staff; DELETE FROM office; DELETE FROM procedure; DELETE FROM calendar;",
           error) &&
       project_all (store, error);
  after = dump_projections (store);
  mc_db_rollback (store->db);
  if (ok)
    compare_dumps (before, after, faults);
  return ok;
}

/* Rows that no record stands behind. */
static gboolean
check_orphans (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (McQuery) query = mc_db_query (
      store->db,
      error,
      "SELECT id FROM dossier WHERE id NOT IN (SELECT id FROM record WHERE creator IS NOT NULL)",
      "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    fault (faults, "dossier %s: no op made it", mc_query_text (query, 0));
  return TRUE;
}

/* Own ops are signed by this desk's key; the others' keys are the province's to check. */
static gboolean
check_signatures (McStore *store, GPtrArray *faults, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autoptr (McQuery) query = NULL;
  McSecretKey secret;
  McPublicKey key;

  if (device == NULL || !mc_store_device_key (store, &secret, NULL))
    return TRUE;
  mc_secret_key_public (&secret, &key);
  mc_secret_key_wipe (&secret);
  query = mc_db_query (store->db, error, "SELECT id, line FROM op WHERE device = ?1", "s", device);
  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 1), -1, NULL);

      if (op == NULL || !g_str_equal (op->id, mc_query_text (query, 0)) || !mc_op_verify (op, &key))
        fault (faults, "op %s: not as it was signed", mc_query_text (query, 0));
    }
  return TRUE;
}

static gboolean
check_blobs (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT sha256, size FROM blob WHERE here = 1", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autofree char *path = mc_store_blob_path (store, mc_query_text (query, 0));
      GStatBuf info;

      if (g_stat (path, &info) != 0 || info.st_size != mc_query_int (query, 1))
        fault (faults, "scan %s: its file is missing or of another size", mc_query_text (query, 0));
    }
  return TRUE;
}

gboolean
mc_store_check (McStore *store, GPtrArray **ret_faults, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  if (!check_records (store, faults, error) || !check_projections (store, faults, error) ||
      !check_orphans (store, faults, error) || !check_signatures (store, faults, error) ||
      !check_blobs (store, faults, error))
    return FALSE;
  *ret_faults = g_steal_pointer (&faults);
  return TRUE;
}
