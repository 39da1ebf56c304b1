/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-check-private.h"
#include "mc-desk.h"

#include "mc-error.h"
#include "mc-keys.h"
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>

void
mc_check_fault (GPtrArray *faults, const char *format, ...)
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
  if (mc_store_hidden (store, id))
    return TRUE;
  made = mc_ledger_replay (id, (const McReplay *)(void *)replay->data, replay->len, &rulings);
  expected = mc_record_dump (made);
  kept = mc_db_text (store->db, NULL, "SELECT state FROM record WHERE id = ?1", "s", id);
  if (g_strcmp0 (expected, kept ? kept : "") != 0)
    mc_check_fault (faults, "record %s: its state is not what its ops say", id);
  for (guint i = 0; i < ops->len; i++)
    {
      McOp *op = ops->pdata[i];
      g_autofree char *text = mc_ruling_text (rulings->pdata[i]);
      g_autofree char *shown = mc_ledger_ruling (store->db, op->id);

      if (g_strcmp0 (text, shown) != 0)
        mc_check_fault (faults, "op %s: shown as %s", op->id, shown);
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
    "SELECT json_array (row, id, code, applicant, applicant_id, phone, procedure, procedure_name,"
    " state, received, due, contested, assignee, parent, linked) FROM dossier ORDER BY row",
    "SELECT json_array (row, text) FROM (SELECT row, text FROM search_new UNION ALL "
    "SELECT rowid, text FROM dossier_search WHERE rowid NOT IN (SELECT row FROM search_new)) "
    "ORDER BY row",
    "SELECT json_array (id, login, name, role, office, active) FROM staff ORDER BY id",
    "SELECT json_array (id, code, name) FROM office ORDER BY id",
    "SELECT json_array (id, code, json) FROM procedure ORDER BY id",
    "SELECT json_array (id, json) FROM calendar ORDER BY id",
    "SELECT code FROM same_code ORDER BY code",
  };
  GString *dump = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (McQuery) query = mc_db_query (store->db, NULL, tables[i], "");

      while (query != NULL && mc_query_next (query, NULL))
        {
          g_string_append (dump, mc_query_text (query, 0));
          g_string_append_c (dump, '\n');
        }
      g_string_append_c (dump, '\n');
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
        mc_check_fault (faults,
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
           "DELETE FROM staff; DELETE FROM office; DELETE FROM procedure; DELETE FROM calendar; "
           "DELETE FROM same_code;",
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
    mc_check_fault (faults, "dossier %s: no op made it", mc_query_text (query, 0));
  return TRUE;
}

/* The key of a device that this desk is or was: of the present one its own half, of an earlier one
 * what its certificate says. */
static gboolean
key_of (McStore *store, const char *device, const char *certificate, McPublicKey *ret_key)
{
  g_autofree char *present = mc_store_fact (store, "device");
  g_autofree char *province_text = mc_store_fact (store, "province_key");
  g_autoptr (McCertificate) parsed = NULL;
  McPublicKey province;
  McSecretKey secret;

  if (g_strcmp0 (present, device) == 0)
    {
      if (!mc_store_device_key (store, &secret, NULL))
        return FALSE;
      mc_secret_key_public (&secret, ret_key);
      mc_secret_key_wipe (&secret);
      return TRUE;
    }
  if (province_text == NULL ||
      !mc_base64_decode (province_text, province.bytes, sizeof province.bytes))
    return FALSE;
  parsed = mc_certificate_parse (certificate, &province, NULL);
  if (parsed != NULL)
    *ret_key = parsed->key;
  return parsed != NULL;
}

static gboolean
check_signatures_of (McStore *store,
                     const char *device,
                     const McPublicKey *key,
                     GPtrArray *faults,
                     GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT id, line FROM op WHERE device = ?1", "s", device);

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      g_autoptr (McOp) op = mc_op_parse (mc_query_text (query, 1), -1, NULL);

      if (op == NULL || !g_str_equal (op->id, mc_query_text (query, 0)) || !mc_op_verify (op, key))
        mc_check_fault (faults, "op %s: not as it was signed", mc_query_text (query, 0));
    }
  return TRUE;
}

/* Own ops are signed by this desk's keys; the others' keys are the province's to check. */
static gboolean
check_signatures (McStore *store, GPtrArray *faults, GError **error)
{
  g_autoptr (McQuery) query =
      mc_db_query (store->db, error, "SELECT device, certificate FROM own_device", "");

  if (query == NULL)
    return FALSE;
  while (mc_query_next (query, NULL))
    {
      McPublicKey key;

      if (key_of (store, mc_query_text (query, 0), mc_query_text (query, 1), &key) &&
          !check_signatures_of (store, mc_query_text (query, 0), &key, faults, error))
        return FALSE;
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
      g_autoptr (McBlobPlace) place = mc_store_blob_place (store, mc_query_text (query, 0));
      g_autoptr (McBlobReader) reader = mc_blob_place_read (place, NULL);

      if (reader == NULL || mc_blob_reader_size (reader) != mc_query_int (query, 1))
        mc_check_fault (faults,
                        "scan %s: its file is missing or of another size",
                        mc_query_text (query, 0));
    }
  return TRUE;
}

gboolean
mc_store_check (McStore *store, GPtrArray **ret_faults, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

  if (!mc_check_feed (store, faults, error) || !check_records (store, faults, error) ||
      !check_projections (store, faults, error) || !check_orphans (store, faults, error) ||
      !check_signatures (store, faults, error) || !check_blobs (store, faults, error))
    return FALSE;
  *ret_faults = g_steal_pointer (&faults);
  return TRUE;
}
