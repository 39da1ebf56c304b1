/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"
#include "mc-vault.h"

G_BEGIN_DECLS

/*
 * A profile from outside: what lies in the folder, and how it is opened, given its first person,
 * given a new key. Everything here may take long: not on the window's thread.
 */

typedef enum
{
  MC_PROFILE_NONE,   /* nothing is there: mc_profile_make() */
  MC_PROFILE_FRESH,  /* no person has opened it yet: mc_profile_fresh_key() opens it */
  MC_PROFILE_PLAIN,  /* of a version that did not encrypt: mc_profile_upgrade() */
  MC_PROFILE_LOCKED, /* a person opens it: mc_vault_open() */
} McProfileState;

/** mc_profile_state: Errors: #MC_ERROR_DAMAGED (a database without a readable key file),
 * #MC_ERROR_NEWER; the value is then %MC_PROFILE_LOCKED. */
McProfileState mc_profile_state (const char *profile, GError **error);
/** mc_profile_make: a fresh profile, as far as mc_store_open() needs it. Returns: (transfer full):
 * its key */
McDataKey *mc_profile_make (const char *profile, GError **error);
/** mc_profile_fresh_key: Returns: (transfer full) */
McDataKey *mc_profile_fresh_key (const char *profile, GError **error);

/**
 * mc_profile_take_older:
 * Goes on with files of which one is older than the others (#MC_ERROR_OLDER), as a restored desk:
 * it enrols anew before anybody changes anything. Nobody has the profile open.
 */
gboolean mc_profile_take_older (const char *profile,
                                const McClock *clock,
                                McDataKey *key,
                                const McMachineSecret *machine,
                                GError **error);
/** mc_profile_note_machine: tells the machine how far the profile is now; after each opening. */
void mc_profile_note_machine (const char *profile, const McMachineSecret *machine);

/** McProfileTell: @share: 0…1, for a bar. */
typedef void (*McProfileTell) (double share, gpointer data);

/** McProfilePerson: who is to open it. */
typedef struct
{
  const char *login;
  const char *name;
  const char *secret; /* from now on */
  const char *before; /* (nullable): of a plain profile; %NULL: the same */
  const McMachineSecret *machine;
} McProfilePerson;

/**
 * mc_profile_first_person:
 * A fresh profile gets a new key that only @person (and the province) opens. Nobody has it open.
 * Whoever calls has checked the secret against the staff member's verifier.
 * Returns: (transfer full): the new key
 */
McDataKey *
mc_profile_first_person (const char *profile, const McProfilePerson *person, GError **error);
/**
 * mc_profile_upgrade:
 * Encrypts a plain profile in place, after a copy of its database. Checks the secret against the
 * staff member's verifier in it. May be killed at any moment: the next call, or the next
 * mc_store_open(), goes on.
 * Errors: #MC_ERROR_SECRET, #MC_ERROR_REFUSED (as mc_vault_secret_allowed()), #MC_ERROR_FULL, …
 * Returns: (transfer full): the key
 */
McDataKey *mc_profile_upgrade (const char *profile,
                               const McClock *clock,
                               const McProfilePerson *person,
                               McProfileTell tell,
                               gpointer data,
                               GError **error);
/**
 * mc_profile_rekey:
 * A new data key for everybody but @drop. Nobody has the profile open. May be killed at any moment:
 * either the old key still opens everything or the new one does.
 * @drop: (nullable): a login that is shut out
 * Returns: (transfer full): the new key
 */
McDataKey *mc_profile_rekey (const char *profile,
                             McDataKey *key,
                             const char *drop,
                             McProfileTell tell,
                             gpointer data,
                             GError **error);

/** mc_profile_rekey_begun: whether a new data key was begun and did not come to hold: what was
 * there is as it was, and it can be begun again. */
gboolean mc_profile_rekey_begun (McStore *store);

G_END_DECLS
