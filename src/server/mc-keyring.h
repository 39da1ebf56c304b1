/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-keys.h"

G_BEGIN_DECLS

#define MC_KEYRING_MAC_BYTES 32

/**
 * McKeyring:
 * The province's secrets: what certificates and its own ops are signed with, and what receipts are
 * made with. They live in a folder apart from the database and outlive a restored one.
 */
typedef struct
{
  McSecretKey secret;
  McPublicKey public;
  guint8 mac[MC_KEYRING_MAC_BYTES];
} McKeyring;

/**
 * mc_keyring_make:
 * Makes the folder @dir (0700) and the keys in it (0600) that are not there yet; a key that is
 * there is kept, so that a province can be made anew around its old keys.
 */
gboolean mc_keyring_make (const char *dir, GError **error);
/** mc_keyring_load: Returns: (transfer full): or %NULL with #MC_ERROR_NOT_FOUND or
 * #MC_ERROR_DAMAGED. */
McKeyring *mc_keyring_load (const char *dir, GError **error);
/** mc_keyring_free: wipes the secrets. */
void mc_keyring_free (McKeyring *keyring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McKeyring, mc_keyring_free)

/** mc_keyring_receipt: the MAC over id, admitted or refused, reason. @reason: (nullable). Returns:
 * (transfer full): base64url of 16 bytes */
char *mc_keyring_receipt (const McKeyring *keyring, const char *op, const char *reason);
/** mc_keyring_code_hash: what is kept of an enrolment code, as typed: case, hyphens and spaces do
 * not count. @public: of a desk that keeps nothing. Returns: (transfer full) */
char *mc_keyring_code_hash (const McKeyring *keyring, const char *code, gboolean public);
/** mc_keyring_code_new: three groups of four, about 55 bits, no letters that look alike. Returns:
 * (transfer full) */
char *mc_keyring_code_new (void);
/** mc_keyring_seed_code_new: what a seed is sealed with: four groups of five, about 90 bits, for it
 * is kept nowhere and may be guessed at by who has the file. Returns: (transfer full) */
char *mc_keyring_seed_code_new (void);

/** mc_keyring_activation_hash: the same of an activation code, which is good for @staff only.
 * Returns: (transfer full) */
char *mc_keyring_activation_hash (const McKeyring *keyring, const char *staff, const char *code);
/** mc_keyring_activation_new: two groups of five, about 45 bits. Returns: (transfer full) */
char *mc_keyring_activation_new (void);

G_END_DECLS
