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
  char *machine; /* which machine's secret is mixed in, or MC_CHIP_ALONE; NULL for a passphrase */
  char *chip;    /* what the machine's chip sealed under the PIN; NULL without one */
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

/* mc-vault-held.c: what this machine has of a PIN. */

/** MC_CHIP_ALONE: instead of a machine's secret. */
#define MC_CHIP_ALONE "chip"

/** McHeld: what is mixed into a PIN: the machine's secret, what its chip sealed, or both. */
typedef struct
{
  guint8 bytes[MC_MACHINE_SECRET_BYTES + MC_CHIP_BYTES];
  gsize length;
} McHeld;
/** mc_held_get: for @secret, a PIN. Errors: #MC_ERROR_SECRET, #MC_ERROR_REFUSED "machine", "chip"
 */
gboolean mc_held_get (McVault *vault,
                      const McEntry *entry,
                      const char *secret,
                      const McMachineSecret *machine,
                      McHeld *ret_held,
                      GError **error);
/** mc_held_make: for a PIN that is set; fills in what @entry keeps of it. Its salt is set. Errors:
 * #MC_ERROR_REFUSED "machine": nothing here keeps a secret */
gboolean mc_held_make (McVault *vault,
                       McEntry *entry,
                       const char *secret,
                       const McMachineSecret *machine,
                       McHeld *ret_held,
                       GError **error);
void mc_held_wipe (McHeld *held);
/** mc_held_machine: whether this machine can hold anything for a PIN. Errors: as mc_held_make() */
gboolean mc_held_machine (McVault *vault, const McMachineSecret *machine, GError **error);

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
