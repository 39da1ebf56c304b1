/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The key file as bytes: one line of JSON, a line with its checksum (whether it is whole, which
 * anybody can tell), a line with its MAC (whether somebody with the key wrote it). Two copies of
 * it, written one after the other, so that one is whole at any moment.
 */
#include "mc-vault-private.h"

#include "mc-error.h"
#include "mc-json.h"
#include <errno.h>
#include <gio/gio.h>
#include <string.h>

static const char *const works[] = { "none", "swap", "upgrade" };

void
mc_entry_free (McEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->login);
  g_free (entry->name);
  g_free (entry->machine);
  g_free (entry->chip);
  g_free (entry);
}

void
mc_vault_free (McVault *vault)
{
  if (vault == NULL)
    return;
  g_free (vault->folder);
  g_free (vault->profile);
  g_free (vault->key_id);
  g_free (vault->body);
  mc_data_key_unref (vault->fresh);
  g_ptr_array_unref (vault->people);
  g_free (vault);
}

static void
put_bytes (json_t *object, const char *key, const guint8 *bytes, gsize length)
{
  g_autofree char *text = mc_base64_encode (bytes, length);

  json_object_set_new (object, key, json_string (text));
}

static gboolean
get_bytes (json_t *object, const char *key, guint8 *bytes, gsize length)
{
  const char *text = mc_json_string (object, key);

  return text != NULL && mc_base64_decode (text, bytes, length);
}

static json_t *
entry_json (const McEntry *entry)
{
  json_t *json = json_pack ("{s:s,s:s,s:s,s:I,s:I}",
                            "login",
                            entry->login,
                            "name",
                            entry->name,
                            "kind",
                            entry->kind == MC_SECRET_PIN ? "pin" : "passphrase",
                            "ops",
                            (json_int_t)entry->ops,
                            "memory",
                            (json_int_t)entry->memory);

  if (entry->machine != NULL)
    json_object_set_new (json, "machine", json_string (entry->machine));
  if (entry->chip != NULL)
    json_object_set_new (json, "chip", json_string (entry->chip));
  put_bytes (json, "salt", entry->salt, sizeof entry->salt);
  put_bytes (json, "public", entry->public, sizeof entry->public);
  put_bytes (json, "seal", entry->seal, sizeof entry->seal);
  return json;
}

static McEntry *
read_entry (json_t *json)
{
  g_autofree char *login = g_strdup (mc_json_string (json, "login"));
  const char *kind = mc_json_string (json, "kind");
  McEntry *entry = g_new0 (McEntry, 1);
  gint64 ops = mc_json_int (json, "ops", 0);
  gint64 memory = mc_json_int (json, "memory", 0);

  entry->login = g_steal_pointer (&login);
  entry->name = g_strdup (mc_json_string (json, "name"));
  entry->machine = g_strdup (mc_json_string (json, "machine"));
  entry->chip = g_strdup (mc_json_string (json, "chip"));
  entry->kind = g_strcmp0 (kind, "pin") == 0 ? MC_SECRET_PIN : MC_SECRET_PASSPHRASE;
  entry->ops = (guint64)ops;
  entry->memory = (guint64)memory;
  /* The limits are in the file: one that somebody made must not take the machine's memory. */
  if (entry->login != NULL && entry->name != NULL && kind != NULL && ops >= 1 && ops <= 64 &&
      memory >= (gint64)crypto_pwhash_MEMLIMIT_MIN &&
      memory <= (gint64)crypto_pwhash_MEMLIMIT_SENSITIVE &&
      (entry->kind == MC_SECRET_PASSPHRASE || entry->machine != NULL) &&
      get_bytes (json, "salt", entry->salt, sizeof entry->salt) &&
      get_bytes (json, "public", entry->public, sizeof entry->public) &&
      get_bytes (json, "seal", entry->seal, sizeof entry->seal))
    return entry;
  mc_entry_free (entry);
  return NULL;
}

/* The oldest that can say it: a program of before has no chip, and would call the PIN wrong. */
static int
version_for (McVault *vault)
{
  for (guint i = 0; i < vault->people->len; i++)
    if (((McEntry *)vault->people->pdata[i])->chip != NULL)
      return 2;
  return 1;
}

static char *
vault_body (McVault *vault)
{
  g_autoptr (json_t) json = json_pack ("{s:i,s:s,s:s,s:I,s:s}",
                                       "vault",
                                       version_for (vault),
                                       "profile",
                                       vault->profile,
                                       "key",
                                       vault->key_id,
                                       "epoch",
                                       (json_int_t)vault->epoch,
                                       "work",
                                       works[vault->work]);
  json_t *people = json_array ();

  for (guint i = 0; i < vault->people->len; i++)
    json_array_append_new (people, entry_json (vault->people->pdata[i]));
  json_object_set_new (json, "people", people);
  if (vault->fresh != NULL)
    put_bytes (json, "fresh", mc_data_key_bytes (vault->fresh), MC_DATA_KEY_BYTES);
  return mc_json_text (json);
}

static void
mac_of (const char *body, McDataKey *key, guint8 ret_mac[MC_MAC_BYTES])
{
  guint8 subkey[MC_SUBKEY_BYTES];

  mc_data_key_derive (key, MC_SUBKEY_VAULT, subkey);
  crypto_generichash (ret_mac,
                      MC_MAC_BYTES,
                      (const guint8 *)body,
                      strlen (body),
                      subkey,
                      sizeof subkey);
  sodium_memzero (subkey, sizeof subkey);
}

static char *
checksum_of (const char *body)
{
  return mc_sha256 (body, strlen (body));
}

gboolean
mc_vault_check (McVault *vault, McDataKey *key, GError **error)
{
  guint8 mac[MC_MAC_BYTES];

  if (!g_str_equal (vault->key_id, mc_data_key_id (key)))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_KEY, "vault: of another key");
      return FALSE;
    }
  if (vault->body == NULL)
    return TRUE;
  mac_of (vault->body, key, mac);
  if (sodium_memcmp (mac, vault->mac, sizeof mac) == 0)
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "vault: changed without the key");
  return FALSE;
}

static gboolean
read_fresh (McVault *vault, json_t *json)
{
  guint8 bytes[MC_DATA_KEY_BYTES];

  if (mc_json_string (json, "fresh") == NULL)
    return TRUE;
  if (!get_bytes (json, "fresh", bytes, sizeof bytes))
    return FALSE;
  vault->fresh = mc_data_key_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return TRUE;
}

static gboolean
read_work (McVault *vault, json_t *json)
{
  const char *work = mc_json_string (json, "work");

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_strcmp0 (work, works[i]) == 0)
      {
        vault->work = (McVaultWork)i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_members (McVault *vault, json_t *json)
{
  json_t *people = json_object_get (json, "people");

  vault->profile = g_strdup (mc_json_string (json, "profile"));
  vault->key_id = g_strdup (mc_json_string (json, "key"));
  vault->epoch = (guint64)mc_json_int (json, "epoch", 0);
  if (vault->profile == NULL || vault->key_id == NULL || !json_is_array (people) ||
      !read_fresh (vault, json) || !read_work (vault, json))
    return FALSE;
  for (gsize i = 0; i < json_array_size (people); i++)
    {
      McEntry *entry = read_entry (json_array_get (people, i));

      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (vault->people, entry);
    }
  return TRUE;
}

static gboolean
bad_file (const char *path, const char *why, McError code, GError **error)
{
  g_set_error (error, MC_ERROR, code, "%s: %s", path, why);
  return FALSE;
}

/* Whole, and of a version that is known here. */
static gboolean
read_text (McVault *vault, const char *path, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 5);
  g_autoptr (json_t) json = NULL;
  g_autofree char *checksum = NULL;

  if (g_strv_length (lines) != 4 || *lines[3] != '\0')
    return bad_file (path, "half written", MC_ERROR_DAMAGED, error);
  checksum = checksum_of (lines[0]);
  json = mc_json_parse (lines[0], -1, NULL);
  if (!g_str_equal (checksum, lines[1]) || json == NULL ||
      !mc_base64_decode (lines[2], vault->mac, sizeof vault->mac))
    return bad_file (path, "damaged", MC_ERROR_DAMAGED, error);
  if (mc_json_int (json, "vault", 0) > MC_VAULT_VERSION)
    return bad_file (path, "of a newer version", MC_ERROR_NEWER, error);
  if (!read_members (vault, json))
    return bad_file (path, "damaged", MC_ERROR_DAMAGED, error);
  vault->body = g_strdup (lines[0]);
  return TRUE;
}

static McVault *
vault_new (const char *folder)
{
  McVault *vault = g_new0 (McVault, 1);

  vault->folder = g_strdup (folder);
  vault->people = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_entry_free);
  return vault;
}

static McVault *
load_file (const char *folder, const char *name, GError **error)
{
  g_autoptr (McVault) vault = vault_new (folder);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;

  if (!g_file_get_contents (path, &text, NULL, &problem))
    {
      bad_file (path,
                problem->message,
                g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? MC_ERROR_NOT_FOUND
                                                                            : MC_ERROR_STORE,
                error);
      return NULL;
    }
  return read_text (vault, path, text, error) ? g_steal_pointer (&vault) : NULL;
}

McVault *
mc_vault_load_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  return load_file (folder, name, error);
}

gboolean
mc_vault_exists (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, MC_VAULT_FILE, NULL);
  g_autofree char *twin = g_build_filename (folder, MC_VAULT_TWIN, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (twin, G_FILE_TEST_EXISTS);
}

McVault *
mc_vault_load (const char *folder, GError **error)
{
  g_autoptr (GError) problem = NULL;
  McVault *vault = load_file (folder, MC_VAULT_FILE, &problem);

  if (vault == NULL && !g_error_matches (problem, MC_ERROR, MC_ERROR_NEWER))
    {
      vault = load_file (folder, MC_VAULT_TWIN, NULL);
      if (vault != NULL)
        vault->is_old = TRUE;
    }
  if (vault == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return vault;
}

static gboolean
write_copy (McVault *vault, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (vault->folder, name, NULL);
  g_autofree char *back = NULL;
  g_autoptr (GError) problem = NULL;

  if (g_file_set_contents_full (path,
                                text,
                                -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600,
                                &problem) &&
      g_file_get_contents (path, &back, NULL, &problem))
    return g_str_equal (back, text)
               ? TRUE
               : bad_file (path, "reads back otherwise", MC_ERROR_DAMAGED, error);
  return bad_file (path,
                   problem->message,
                   g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? MC_ERROR_FULL
                                                                               : MC_ERROR_STORE,
                   error);
}

gboolean
mc_vault_write (McVault *vault, McDataKey *key, GError **error)
{
  g_autofree char *body = NULL;
  g_autofree char *checksum = NULL;
  g_autofree char *mac = NULL;
  g_autofree char *text = NULL;
  guint8 bytes[MC_MAC_BYTES];

  g_free (vault->key_id);
  vault->key_id = g_strdup (mc_data_key_id (key));
  body = vault_body (vault);
  checksum = checksum_of (body);
  mac_of (body, key, bytes);
  mac = mc_base64_encode (bytes, sizeof bytes);
  text = g_strdup_printf ("%s\n%s\n%s\n", body, checksum, mac);
  if (!write_copy (vault, MC_VAULT_FILE, text, error) ||
      !write_copy (vault, MC_VAULT_TWIN, text, error))
    return FALSE;
  vault->is_old = FALSE;
  memcpy (vault->mac, bytes, sizeof bytes);
  g_free (vault->body);
  vault->body = g_steal_pointer (&body);
  return TRUE;
}

McVault *
mc_vault_make (const char *folder, McDataKey *key, McVaultWork work)
{
  McVault *vault = vault_new (folder);
  guint8 id[16];

  randombytes_buf (id, sizeof id);
  vault->profile = g_malloc (2 * sizeof id + 1);
  sodium_bin2hex (vault->profile, 2 * sizeof id + 1, id, sizeof id);
  vault->key_id = g_strdup (mc_data_key_id (key));
  vault->work = work;
  return vault;
}

McVault *
mc_vault_make_fresh (const char *folder, GError **error)
{
  g_autoptr (McDataKey) key = mc_data_key_new ();
  g_autoptr (McVault) vault = mc_vault_make (folder, key, MC_VAULT_WORK_NONE);

  vault->fresh = mc_data_key_ref (key);
  return mc_vault_write (vault, key, error) ? g_steal_pointer (&vault) : NULL;
}
