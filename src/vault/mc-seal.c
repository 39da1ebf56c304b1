/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data key, sealed so that only one key pair opens it. */
#include "mc-vault-private.h"

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
mc_seal_pair_wipe (McSealPair *pair)
{
  sodium_memzero (pair, sizeof *pair);
}
