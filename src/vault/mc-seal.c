/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data key, sealed so that only one key pair opens it. */
#include "mc-vault-private.h"

#include "mc-error.h"
#include <string.h>

G_STATIC_ASSERT (MC_SEAL_KEY_BYTES == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT (MC_SEAL_KEY_BYTES == crypto_box_SECRETKEYBYTES);

void
mc_seal (McDataKey *key, const guint8 *public, guint8 ret_seal[MC_SEAL_BYTES])
{
  if (crypto_box_seal (ret_seal, mc_data_key_bytes (key), MC_DATA_KEY_BYTES, public) != 0)
    g_error ("a key pair of our own making does not seal");
}

McDataKey *
mc_unseal (const guint8 seal[MC_SEAL_BYTES], const guint8 *public, const guint8 *secret)
{
  guint8 bytes[MC_DATA_KEY_BYTES];
  McDataKey *key = NULL;

  if (crypto_box_seal_open (bytes, seal, MC_SEAL_BYTES, public, secret) == 0)
    key = mc_data_key_new_from (bytes);
  sodium_memzero (bytes, sizeof bytes);
  return key;
}

void
mc_seal_pair_make (McSealPair *ret_pair)
{
  crypto_box_keypair (ret_pair->public, ret_pair->secret);
}

void
mc_seal_pair_wipe (McSealPair *pair)
{
  sodium_memzero (pair, sizeof *pair);
}

static McDataKey *
open_text (const char *sealed, const guint8 *public, const guint8 *secret, GError **error)
{
  guint8 seal[MC_SEAL_BYTES];
  McDataKey *key;

  if (sealed == NULL || !mc_base64_decode (sealed, seal, sizeof seal))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not a sealed key");
      return NULL;
    }
  key = mc_unseal (seal, public, secret);
  if (key == NULL)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_KEY, "the key is not sealed to this pair");
  return key;
}

char *
mc_seal_pass_on (const McSecretKey *province,
                 const char *sealed,
                 const guint8 to[MC_SEAL_KEY_BYTES],
                 GError **error)
{
  McSealPair own;
  McPublicKey signer;
  g_autoptr (McDataKey) key = NULL;
  guint8 seal[MC_SEAL_BYTES];

  mc_secret_key_public (province, &signer);
  if (crypto_sign_ed25519_pk_to_curve25519 (own.public, signer.bytes) != 0 ||
      crypto_sign_ed25519_sk_to_curve25519 (own.secret, province->bytes) != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not a province's key");
      return NULL;
    }
  key = open_text (sealed, own.public, own.secret, error);
  mc_seal_pair_wipe (&own);
  if (key == NULL)
    return NULL;
  /* A point of low order, which somebody sent instead of a key. */
  if (crypto_box_seal (seal, mc_data_key_bytes (key), MC_DATA_KEY_BYTES, to) != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "not a public key");
      return NULL;
    }
  return mc_base64_encode (seal, sizeof seal);
}

McDataKey *
mc_seal_open (const McSealPair *pair, const char *sealed, GError **error)
{
  return open_text (sealed, pair->public, pair->secret, error);
}
