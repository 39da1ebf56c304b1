/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-data-key.h"

#include <sodium.h>
#include <string.h>

#define NAME_BYTES 20
#define ID_BYTES 8

G_STATIC_ASSERT (MC_DATA_KEY_BYTES == 2 * crypto_kdf_KEYBYTES);

struct _McDataKey
{
  gint users;    /* atomic */
  guint8 *bytes; /* sodium_malloc(): the key, then what names files */
  char id[2 * ID_BYTES + 1];
};

static const char context[crypto_kdf_CONTEXTBYTES] = { 'M', 'o', 't', 'C', 'u', 'a', ' ', '1' };

McDataKey *
mc_data_key_new_from (const guint8 *bytes)
{
  McDataKey *key = g_new0 (McDataKey, 1);
  guint8 id[MC_SUBKEY_BYTES];

  key->users = 1;
  key->bytes = sodium_malloc (MC_DATA_KEY_BYTES);
  if (key->bytes == NULL)
    g_error ("no memory that can be locked for a key");
  memcpy (key->bytes, bytes, MC_DATA_KEY_BYTES);
  sodium_mprotect_readonly (key->bytes);
  mc_data_key_derive (key, MC_SUBKEY_ID, id);
  sodium_bin2hex (key->id, sizeof key->id, id, ID_BYTES);
  return key;
}

McDataKey *
mc_data_key_new (void)
{
  guint8 bytes[MC_DATA_KEY_BYTES];
  McDataKey *key;

  randombytes_buf (bytes, sizeof bytes);
  key = mc_data_key_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

McDataKey *
mc_data_key_renew (McDataKey *key)
{
  guint8 bytes[MC_DATA_KEY_BYTES];
  McDataKey *renewed;

  randombytes_buf (bytes, crypto_kdf_KEYBYTES);
  memcpy (bytes + crypto_kdf_KEYBYTES, key->bytes + crypto_kdf_KEYBYTES, crypto_kdf_KEYBYTES);
  renewed = mc_data_key_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return renewed;
}

McDataKey *
mc_data_key_ref (McDataKey *key)
{
  g_atomic_int_inc (&key->users);
  return key;
}

void
mc_data_key_unref (McDataKey *key)
{
  if (key == NULL || !g_atomic_int_dec_and_test (&key->users))
    return;
  sodium_free (key->bytes);
  g_free (key);
}

const guint8 *
mc_data_key_bytes (McDataKey *key)
{
  return key->bytes;
}

void
mc_data_key_derive (McDataKey *key, McSubkey what, guint8 ret_key[MC_SUBKEY_BYTES])
{
  crypto_kdf_derive_from_key (ret_key, MC_SUBKEY_BYTES, (guint64)what, context, key->bytes);
}

const char *
mc_data_key_id (McDataKey *key)
{
  return key->id;
}

char *
mc_data_key_name (McDataKey *key, const char *sha256)
{
  guint8 hash[NAME_BYTES];
  char *name = g_malloc (2 * NAME_BYTES + 1);

  crypto_generichash (hash,
                      sizeof hash,
                      (const guint8 *)sha256,
                      strlen (sha256),
                      key->bytes + crypto_kdf_KEYBYTES,
                      crypto_kdf_KEYBYTES);
  return sodium_bin2hex (name, 2 * NAME_BYTES + 1, hash, sizeof hash);
}
