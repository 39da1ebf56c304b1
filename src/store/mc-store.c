/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-look-back-private.h"
#include "mc-public-private.h"
#include "mc-worker.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-store-resources.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

static gboolean
fail_file (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error,
               MC_ERROR,
               saved == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
               "%s: %s",
               path,
               g_strerror (saved));
  return FALSE;
}

/* One window at a time writes; the kernel lets go of the lock however the window ends. */
static gboolean
lock_profile (McStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (store->profile, "lock", NULL);

  store->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (store->lock < 0)
    return fail_file (error, path);
  if (flock (store->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, MC_ERROR, MC_ERROR_BUSY, "%s is open in another window", store->profile);
  return FALSE;
}

static gboolean
make_folders (McStore *store, GError **error)
{
  g_autofree char *blobs = g_build_filename (store->profile, "blobs", NULL);

  return g_mkdir_with_parents (blobs, 0700) == 0 ? TRUE : fail_file (error, blobs);
}

static McStore *
store_new (const char *profile, const McClock *clock, McDataKey *key)
{
  McStore *store = g_new0 (McStore, 1);

  store->profile = g_strdup (profile);
  store->clock = clock;
  store->data_key = key ? mc_data_key_ref (key) : NULL;
  store->lock = -1;
  store->waiting = -1;
  store->procedures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mc_procedure_unref);
  store->put_off = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return store;
}

McStore *
mc_store_open (const char *profile, const McClock *clock, McDataKey *key, GError **error)
{
  g_autofree char *machine = mc_machine ();

  return mc_store_open_on (profile, clock, key, machine, error);
}

McStore *
mc_store_open_on (const char *profile,
                  const McClock *clock,
                  McDataKey *key,
                  const char *machine,
                  GError **error)
{
  return mc_store_open_telling (profile, clock, key, machine, NULL, NULL, error);
}

/* The key file of the profile, where it has one: a plain one has not, nor need a test. */
static gboolean
read_vault (McStore *store, McVault **ret_vault, GError **error)
{
  if (store->data_key == NULL || !mc_vault_exists (store->profile))
    return TRUE;
  *ret_vault = mc_vault_load (store->profile, error);
  return *ret_vault != NULL && mc_vault_check (*ret_vault, store->data_key, error);
}

McStore *
mc_store_open_telling (const char *profile,
                       const McClock *clock,
                       McDataKey *key,
                       const char *machine,
                       McProfileTell tell,
                       gpointer data,
                       GError **error)
{
  g_autoptr (McStore) store = store_new (profile, clock, key);
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autoptr (McVault) vault = NULL;

  /* Named here so that the linker keeps the migrations of a static library. */
  mc_store_get_resource ();
  if (!make_folders (store, error) || !lock_profile (store, error) ||
      !read_vault (store, &vault, error) || !mc_work_swap (profile, vault, error))
    return NULL;
  store->db = mc_db_open_under (path, MC_DB_WRITE, key, error);
  if (store->db == NULL ||
      !mc_db_migrate (store->db, "/vn/motcua/store", MC_STORE_VERSION, error) ||
      !mc_store_adopt_key (store, error) || !mc_store_raise_epoch (store, vault, FALSE, error) ||
      !mc_work_end (store, vault, tell, data, error) ||
      !mc_store_look_around (store, machine, error) || !mc_public_open (store, error) ||
      !mc_store_catch_up (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

McStore *
mc_store_open_reader (const char *profile, const McClock *clock, McDataKey *key, GError **error)
{
  g_autoptr (McStore) store = store_new (profile, clock, key);
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);

  store->db = mc_db_open_under (path, MC_DB_READ, key, error);
  return store->db ? g_steal_pointer (&store) : NULL;
}

void
mc_store_close (McStore *store)
{
  if (store == NULL)
    return;
  mc_store_look_now (store);
  g_clear_pointer (&store->db, mc_db_close);
  if (store->lock >= 0)
    close (store->lock);
  g_hash_table_unref (store->put_off);
  mc_store_forget_catalogue (store);
  g_hash_table_unref (store->procedures);
  if (store->key != NULL)
    mc_secret_key_wipe (store->key);
  g_free (store->key);
  mc_data_key_unref (store->data_key);
  g_free (store->wanted);
  g_free (store->machine);
  g_free (store->profile);
  g_free (store);
}

McDb *
mc_store_db (McStore *store)
{
  return store->db;
}

const char *
mc_store_profile (McStore *store)
{
  return store->profile;
}

McDataKey *
mc_store_key (McStore *store)
{
  return store->data_key;
}

const McClock *
mc_store_clock (McStore *store)
{
  return store->clock;
}

char *
mc_store_fact (McStore *store, const char *key)
{
  return mc_db_text (store->db, NULL, "SELECT value FROM fact WHERE key = ?1", "s", key);
}

gint64
mc_store_fact_int (McStore *store, const char *key, gint64 otherwise)
{
  g_autofree char *value = mc_store_fact (store, key);

  return value ? g_ascii_strtoll (value, NULL, 10) : otherwise;
}

gboolean
mc_store_set_fact (McStore *store, const char *key, const char *value, GError **error)
{
  return mc_db_run (store->db,
                    error,
                    "INSERT INTO fact (key, value) VALUES (?1, ?2) "
                    "ON CONFLICT (key) DO UPDATE SET value = ?2",
                    "ss",
                    key,
                    value);
}

gboolean
mc_store_set_fact_int (McStore *store, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return mc_store_set_fact (store, key, text, error);
}

gint64
mc_store_now (McStore *store)
{
  gint64 wall = mc_clock_wall (store->clock) + mc_store_fact_int (store, "offset", 0);

  if (store->back != NULL)
    return mc_look_back_ms (store->back);
  return MAX (wall, mc_stamp_ms (mc_store_fact_int (store, "stamp", 0)));
}

void
mc_store_mark_changed (McStore *store)
{
  store->changed = TRUE;
}

gboolean
mc_store_take_changed (McStore *store)
{
  gboolean changed = store->changed;

  store->changed = FALSE;
  return changed;
}

/* For each group written, what is on the screen now; a settlement names every tip. */
static json_t *
screen_base (McRecord *record, const McOp *shape)
{
  g_autoptr (GPtrArray) writes = record->creator ? mc_op_writes (shape) : g_ptr_array_new ();
  json_t *base = json_object ();

  for (guint i = 0; i < writes->len; i++)
    {
      McWrite *write = writes->pdata[i];

      json_object_set_new (base,
                           write->group,
                           mc_record_base (record,
                                           write->group,
                                           g_str_equal (shape->verb, MC_VERB_SETTLE)));
    }
  return base;
}

/* The next number of this device and the stamp, taken in the caller's transaction. */
static gboolean
take_number (McStore *store, gint64 *ret_n, gint64 *ret_at, GError **error)
{
  gint64 wall = mc_clock_wall (store->clock) + mc_store_fact_int (store, "offset", 0);

  *ret_n = mc_store_fact_int (store, "n", 0) + 1;
  *ret_at = mc_stamp_next (mc_store_fact_int (store, "stamp", 0), wall);
  return mc_store_set_fact_int (store, "n", *ret_n, error) &&
         mc_store_set_fact_int (store, "stamp", *ret_at, error);
}

static gboolean
keep (McStore *store, const McOp *op, GError **error)
{
  g_autoptr (McRecord) record = NULL;
  g_autoptr (McRuling) ruling =
      mc_ledger_take (store->db, op, NULL, NULL, MC_JUDGE_PLAIN, &record, error);

  if (ruling == NULL)
    return FALSE;
  if (ruling->refused)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "%s", ruling->reason);
      return FALSE;
    }
  return mc_store_project (store, record, error);
}

gboolean
mc_store_note_correction (McStore *store, const McOp *op, GError **error)
{
  return op->instead == NULL ||
         mc_db_run (store->db,
                    error,
                    "INSERT OR REPLACE INTO corrected (op, by, at) VALUES (?1, ?2, ?3)",
                    "ssi",
                    op->instead,
                    op->id,
                    mc_stamp_ms (op->at));
}

static gboolean
decides (McRecord *record, const json_t *body)
{
  const McWorkflow *workflow = mc_workflow_of (mc_record_peek (record, MC_GROUP_CASE),
                                               mc_op_version_for (MC_VERB_STEP, body));
  const McStep *step = mc_workflow_step (workflow, mc_json_string (body, "step"));

  return step != NULL && step->decides;
}

McOp *
mc_store_append (McStore *store,
                 const char *by,
                 const char *on,
                 const char *verb,
                 json_t *body,
                 json_t *base,
                 const char *instead,
                 GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (store->db, on, error);
  g_autoptr (McOp) op = NULL;
  g_autoptr (json_t) screen = NULL;
  g_autofree char *device = mc_store_fact (store, "device");
  g_autofree char *id = NULL;
  g_autofree char *read = NULL;
  McOp shape = { .verb = (char *)verb, .body = body };
  McOpDraft draft = { .device = device,
                      .by = by,
                      .on = on,
                      .verb = verb,
                      .body = body,
                      .instead = instead };
  McSecretKey key;

  if (mc_store_copied (store))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "copy");
      return NULL;
    }
  if (record == NULL || !mc_store_device_key (store, &key, error) ||
      !take_number (store, &draft.n, &draft.at, error))
    return NULL;
  screen = base ? json_incref (base) : screen_base (record, &shape);
  draft.base = screen;
  draft.id = id = mc_id_new (mc_stamp_ms (draft.at));
  if (g_str_equal (verb, MC_VERB_STEP) && decides (record, body))
    draft.read = read = mc_record_read (record);
  op = mc_op_sign (&draft, &key);
  mc_secret_key_wipe (&key);
  if (op == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "the change is too long");
      return NULL;
    }
  if (!mc_op_check (op, error) || !keep (store, op, error) ||
      !mc_store_note_correction (store, op, error))
    return NULL;
  store->waiting = -1;
  mc_store_mark_changed (store);
  return g_steal_pointer (&op);
}
