/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-vault.h"
#include <sodium.h>

G_BEGIN_DECLS

#define MC_VAULT_FILE "vault"
#define MC_VAULT_TWIN "vault.old"
#define MC_SEAL_BYTES (MC_DATA_KEY_BYTES + crypto_box_SEALBYTES)
#define MC_SALT_BYTES crypto_pwhash_SALTBYTES
#define MC_MAC_BYTES 32

/** McEntry: a person as the file has it. */
typedef struct
{
  char *login;
  char *name;
  McSecretKind kind;
  char *machine; /* which machine's secret is mixed in; NULL for a passphrase */
  guint8 salt[MC_SALT_BYTES];
  guint64 ops;
  guint64 memory; /* bytes */
  guint8 public[crypto_box_PUBLICKEYBYTES];
  guint8 seal[MC_SEAL_BYTES];
} McEntry;
void mc_entry_free (McEntry *entry);

struct _McVault
{
  char *folder;
  char *profile;
  char *key_id;
  guint64 epoch;
  McVaultWork work;
  McDataKey *fresh;  /* NULL once a person opens it */
  GPtrArray *people; /* McEntry */
  gboolean is_old;
  gboolean older_allowed;
  /* As read, for mc_vault_check(): */
  char *body;
  guint8 mac[MC_MAC_BYTES];
};

/** mc_vault_write: both copies, durably; each is read back. */
gboolean mc_vault_write (McVault *vault, McDataKey *key, GError **error);

/** McSealPair: an X25519 pair, as long as it takes to open one seal. */
typedef struct
{
  guint8 public[crypto_box_PUBLICKEYBYTES];
  guint8 secret[crypto_box_SECRETKEYBYTES];
} McSealPair;
void mc_seal_pair_wipe (McSealPair *pair);
/** mc_seal: @key sealed to an X25519 public key. */
void mc_seal (McDataKey *key, const guint8 *public, guint8 ret_seal[MC_SEAL_BYTES]);
/** mc_unseal: Returns: (transfer full) (nullable): %NULL where it is not sealed to this pair. */
McDataKey *mc_unseal (const guint8 seal[MC_SEAL_BYTES], const guint8 *public, const guint8 *secret);

G_END_DECLS
