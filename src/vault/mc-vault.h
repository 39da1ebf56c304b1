/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-data-key.h"
#include "mc-keys.h"
#include "mc-machine-secret.h"

G_BEGIN_DECLS

/**
 * McVault:
 * The key file of a profile, "vault": who opens it here, and the data key sealed to each of them.
 * Nothing of a resident is in it. It is replaced as a whole and durably; the one before stays as
 * "vault.old" until the new one was read back, and is used where "vault" is torn.
 *
 * A person's key pair comes out of Argon2id over the secret together with the machine's secret, so
 * that the data key can be sealed to people who are not there (a new data key for all of them).
 */
typedef struct _McVault McVault;

/* 1: before chips; 2: what a chip sealed. */
#define MC_VAULT_VERSION 2

typedef enum
{
  MC_SECRET_PIN,        /* opens only together with what the machine holds */
  MC_SECRET_PASSPHRASE, /* opens by itself; mc_secret_strong() */
} McSecretKind;

/** McVaultPerson: somebody who opens this profile here. */
typedef struct
{
  char *login;
  char *name; /* as shown */
  McSecretKind kind;
} McVaultPerson;
void mc_vault_person_free (McVaultPerson *person);

/** mc_vault_exists: whether @folder has a key file, sound or not. */
gboolean mc_vault_exists (const char *folder);
/**
 * mc_vault_make_fresh:
 * A key file for a new profile. Until the first person there is no secret to protect the key with:
 * it lies in the file. The profile may hold the enrolment then and nothing of a resident; see
 * mc_profile_first_person().
 * Returns: (transfer full)
 */
McVault *mc_vault_make_fresh (const char *folder, GError **error);
/** McVaultWork: what was begun with the profile's files and has to be ended before it is opened. */
typedef enum
{
  MC_VAULT_WORK_NONE,
  MC_VAULT_WORK_SWAP,    /* "desk.sqlite.new" takes the place of "desk.sqlite" */
  MC_VAULT_WORK_UPGRADE, /* the same, then plain files are encrypted one by one */
} McVaultWork;
/** mc_vault_make: a key file that nobody opens yet, for @key; kept with the first
 * mc_vault_set_person(). Returns: (transfer full) */
McVault *mc_vault_make (const char *folder, McDataKey *key, McVaultWork work);
/**
 * mc_vault_load:
 * Errors: #MC_ERROR_NOT_FOUND (no key file), #MC_ERROR_DAMAGED (torn, and so is the one before),
 *   #MC_ERROR_NEWER, #MC_ERROR_STORE
 * Returns: (transfer full)
 */
McVault *mc_vault_load (const char *folder, GError **error);
/** mc_vault_load_file: one that lies alone, in a backup; it is only read. */
McVault *mc_vault_load_file (const char *path, GError **error);
void mc_vault_free (McVault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McVault, mc_vault_free)

/** mc_vault_profile: the profile's id: the name under which the machine keeps its secret. Borrowed
 */
const char *mc_vault_profile (McVault *vault);
/** mc_vault_is_old: whether "vault" was torn and the one before it was read. */
gboolean mc_vault_is_old (McVault *vault);
/** mc_vault_fresh_key: the key of a profile that no person has opened yet, or %NULL. Returns:
 * (transfer full) (nullable) */
McDataKey *mc_vault_fresh_key (McVault *vault);
/** mc_vault_people: Returns: (transfer full) (element-type McVaultPerson): by name */
GPtrArray *mc_vault_people (McVault *vault);
/** mc_vault_knows: whether @login has opened this profile here. */
gboolean mc_vault_knows (McVault *vault, const char *login);

/**
 * mc_vault_open:
 * Takes up to a second: not on the window's thread.
 * Errors: #MC_ERROR_SECRET (wrong), #MC_ERROR_NOT_FOUND (@login never opened this profile here),
 *   #MC_ERROR_REFUSED "machine" (the machine no longer has its secret: a passphrase, or the way
 *   through the province), "chip" (its chip takes no PIN for a while, after too many wrong ones),
 * #MC_ERROR_DAMAGED (the file was changed by somebody without the key), #MC_ERROR_OLDER "profile"
 * (this machine has seen a later state of it; mc_vault_allow_older()) Returns: (transfer full)
 */
McDataKey *mc_vault_open (McVault *vault,
                          const char *login,
                          const char *secret,
                          const McMachineSecret *machine,
                          GError **error);
/**
 * mc_vault_check:
 * Whether the file is as somebody with @key wrote it: for a key that did not come from
 * mc_vault_open() (the province's answer). #MC_ERROR_KEY: the key is another profile's or an
 * earlier one; #MC_ERROR_DAMAGED: the file was changed.
 */
gboolean mc_vault_check (McVault *vault, McDataKey *key, GError **error);

/** mc_vault_secret_allowed: what may be chosen on this machine. Errors: #MC_ERROR_REFUSED "weak"
 * (no rule would take it), "machine" (a PIN or short word, and this machine keeps no secret). */
gboolean mc_vault_secret_allowed (McVault *vault,
                                  const char *secret,
                                  const McMachineSecret *machine,
                                  GError **error);
/**
 * mc_vault_set_person:
 * @login opens the profile by @secret from now on: a new person, or another secret. The machine's
 * secret is made where there is none yet. Durable when it returns.
 * @login: (nullable-not)
 * @name: as shown
 * Errors: as mc_vault_secret_allowed(), #MC_ERROR_KEY, #MC_ERROR_FULL, #MC_ERROR_STORE
 */
gboolean mc_vault_set_person (McVault *vault,
                              McDataKey *key,
                              const char *login,
                              const char *name,
                              const char *secret,
                              const McMachineSecret *machine,
                              GError **error);
/** mc_vault_set_cost: what Argon2id takes for secrets set from now on, instead of what a thief
 * should pay for a guess: for tests that open hundreds of profiles. @memory: bytes */
void mc_vault_set_cost (guint64 ops, guint64 memory);
/** mc_vault_strengthen: a PIN that was set before this machine had a chip, or the program used it,
 * is bound to the chip too, while @secret, which has just opened the profile, is at hand. Otherwise
 * nothing is done. Errors: as mc_vault_set_person() */
gboolean mc_vault_strengthen (McVault *vault,
                              McDataKey *key,
                              const char *login,
                              const char *secret,
                              const McMachineSecret *machine,
                              GError **error);
/** mc_vault_remove_person: whoever left. Who may have kept the data key is only shut out by a new
 * one: mc_profile_rekey(). */
gboolean mc_vault_remove_person (McVault *vault, McDataKey *key, const char *login, GError **error);

/* How far the profile is: raised at each opening, here, in the database and in the machine's
 * secret, so that an older file put beside newer ones is seen (mc-profile.h). */
guint64 mc_vault_epoch (McVault *vault);
gboolean mc_vault_set_epoch (McVault *vault, McDataKey *key, guint64 epoch, GError **error);
/** mc_vault_allow_older: somebody has read that the profile is an earlier one and goes on with it:
 * mc_vault_open() opens it; mc_profile_take_older() follows. */
void mc_vault_allow_older (McVault *vault);
/** mc_vault_note_machine: tells the machine how far the profile is, where it keeps a secret for it.
 */
void mc_vault_note_machine (McVault *vault, const McMachineSecret *machine);

McVaultWork mc_vault_work (McVault *vault);
/** mc_vault_move: the key file of a profile restored from another one's backup, with an id of its
 * own, for @folder: whoever has a passphrase comes along, PINs belong to the other machine. Kept
 * with the first mc_vault_set_person(). Returns: (transfer full) */
McVault *mc_vault_move (McVault *from, const char *folder, McDataKey *key, guint64 epoch);
gboolean mc_vault_set_work (McVault *vault, McDataKey *key, McVaultWork work, GError **error);
/** mc_vault_begin_person: a fresh key file turns from @fresh to @key with the next
 * mc_vault_set_person(), in one write. */
void mc_vault_begin_person (McVault *vault, McDataKey *fresh, McDataKey *key, McVaultWork work);
/** mc_vault_turn: from @old to @new for everybody, as one write; @work is what remains to be done.
 * @drop: (nullable): a login that does not come along */
gboolean mc_vault_turn (McVault *vault,
                        McDataKey *old,
                        McDataKey *new_key,
                        const char *drop,
                        McVaultWork work,
                        GError **error);

G_END_DECLS
