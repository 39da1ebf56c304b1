/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-vault-private.h"

#include "mc-error.h"
#include "mc-secret.h"
#include "mc-text.h"
#include <string.h>

/* Under half a second on a PC of 2012; see ARCHITECTURE.md for what was measured. */
static guint64 cost_ops = 3;
static guint64 cost_memory = 64 * 1024 * 1024;

void
mc_vault_set_cost (guint64 ops, guint64 memory)
{
  cost_ops = ops;
  cost_memory = memory;
}

void
mc_vault_person_free (McVaultPerson *person)
{
  if (person == NULL)
    return;
  g_free (person->login);
  g_free (person->name);
  g_free (person);
}

const char *
mc_vault_profile (McVault *vault)
{
  return vault->profile;
}

gboolean
mc_vault_is_old (McVault *vault)
{
  return vault->is_old;
}

McDataKey *
mc_vault_fresh_key (McVault *vault)
{
  return vault->fresh ? mc_data_key_ref (vault->fresh) : NULL;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const McVaultPerson *one = *(McVaultPerson *const *)a;
  const McVaultPerson *other = *(McVaultPerson *const *)b;

  return g_utf8_collate (one->name, other->name);
}

GPtrArray *
mc_vault_people (McVault *vault)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_vault_person_free);

  for (guint i = 0; i < vault->people->len; i++)
    {
      const McEntry *entry = vault->people->pdata[i];
      McVaultPerson *person = g_new (McVaultPerson, 1);

      *person = (McVaultPerson){ g_strdup (entry->login), g_strdup (entry->name), entry->kind };
      g_ptr_array_add (people, person);
    }
  g_ptr_array_sort (people, by_name);
  return people;
}

static McEntry *
find (McVault *vault, const char *login)
{
  for (guint i = 0; i < vault->people->len; i++)
    {
      McEntry *entry = vault->people->pdata[i];

      if (g_str_equal (entry->login, login))
        return entry;
    }
  return NULL;
}

gboolean
mc_vault_knows (McVault *vault, const char *login)
{
  return find (vault, login) != NULL;
}

/* The pair that comes out of a secret: Argon2id makes each guess dear, what the machine holds makes
 * guessing on another machine hopeless. @held: (nullable): for a passphrase */
static gboolean
make_pair (const McEntry *entry, const char *secret, const McHeld *held, McSealPair *ret_pair)
{
  g_autofree char *clean = mc_text_clean (secret);
  guint8 hard[crypto_generichash_KEYBYTES];
  guint8 seed[crypto_box_SEEDBYTES];
  gboolean ok = crypto_pwhash (hard,
                               sizeof hard,
                               clean,
                               strlen (clean),
                               entry->salt,
                               entry->ops,
                               (size_t)entry->memory,
                               crypto_pwhash_ALG_ARGON2ID13) == 0;

  crypto_generichash (seed,
                      sizeof seed,
                      held ? held->bytes : (const guint8 *)"passphrase",
                      held ? held->length : strlen ("passphrase"),
                      hard,
                      sizeof hard);
  crypto_box_seed_keypair (ret_pair->public, ret_pair->secret, seed);
  sodium_memzero (clean, strlen (clean));
  sodium_memzero (hard, sizeof hard);
  sodium_memzero (seed, sizeof seed);
  return ok;
}

/* The machine was told at the last opening; a crash leaves it at most behind. A torn file's twin
 * may be one behind the machine. */
static gboolean
not_older (McVault *vault, const McMachineSecret *machine, GError **error)
{
  McMachineNote note = { 0 };
  gboolean known = machine->get (machine, vault->profile, &note, NULL);
  guint64 seen = note.epoch;

  mc_machine_note_wipe (&note);
  if (!known || vault->older_allowed || seen <= vault->epoch + (vault->is_old ? 1 : 0))
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_OLDER,
               "profile: of opening %" G_GUINT64_FORMAT
               ", this machine has seen %" G_GUINT64_FORMAT,
               vault->epoch,
               seen);
  return FALSE;
}

void
mc_vault_allow_older (McVault *vault)
{
  vault->older_allowed = TRUE;
}

void
mc_vault_note_machine (McVault *vault, const McMachineSecret *machine)
{
  McMachineNote note = { 0 };

  if (machine->get (machine, vault->profile, &note, NULL) && note.epoch != vault->epoch)
    {
      note.epoch = vault->epoch;
      machine->put (machine, vault->profile, &note, NULL);
    }
  mc_machine_note_wipe (&note);
}

static McDataKey *
open_entry (McVault *vault, const McEntry *entry, const McSealPair *pair, GError **error)
{
  g_autoptr (McDataKey) key = NULL;

  if (sodium_memcmp (pair->public, entry->public, sizeof entry->public) != 0)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_SECRET, "wrong secret");
      return NULL;
    }
  key = mc_unseal (entry->seal, pair->public, pair->secret);
  if (key == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "vault: a seal was changed");
      return NULL;
    }
  return mc_vault_check (vault, key, error) ? g_steal_pointer (&key) : NULL;
}

McDataKey *
mc_vault_open (McVault *vault,
               const char *login,
               const char *secret,
               const McMachineSecret *machine,
               GError **error)
{
  g_autofree char *name = mc_text_clean (login);
  const McEntry *entry = find (vault, name);
  McHeld held = { 0 };
  McSealPair pair;
  McDataKey *key = NULL;
  gboolean pin;

  if (entry == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s has not opened this profile", name);
      return NULL;
    }
  pin = entry->kind == MC_SECRET_PIN;
  if (pin && !mc_held_get (vault, entry, secret, machine, &held, error))
    return NULL;
  if (make_pair (entry, secret, pin ? &held : NULL, &pair))
    key = open_entry (vault, entry, &pair, error);
  else
    g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "not enough memory for Argon2id");
  mc_held_wipe (&held);
  mc_seal_pair_wipe (&pair);
  if (key != NULL && !not_older (vault, machine, error))
    g_clear_pointer (&key, mc_data_key_unref);
  return key;
}

gboolean
mc_vault_secret_allowed (McVault *vault,
                         const char *secret,
                         const McMachineSecret *machine,
                         GError **error)
{
  if (mc_secret_strong (secret))
    return TRUE;
  if (mc_secret_acceptable (secret))
    return mc_held_machine (vault, machine, error);
  g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "weak");
  return FALSE;
}

static McEntry *
make_entry (McVault *vault,
            McDataKey *key,
            const char *secret,
            const McMachineSecret *machine,
            GError **error)
{
  McEntry *entry = g_new0 (McEntry, 1);
  McHeld held = { 0 };
  McSealPair pair;
  gboolean pin = !mc_secret_strong (secret);
  gboolean ok;

  entry->kind = pin ? MC_SECRET_PIN : MC_SECRET_PASSPHRASE;
  entry->ops = cost_ops;
  entry->memory = cost_memory;
  randombytes_buf (entry->salt, sizeof entry->salt);
  ok = !pin || mc_held_make (vault, entry, secret, machine, &held, error);
  if (ok)
    {
      ok = make_pair (entry, secret, pin ? &held : NULL, &pair);
      if (!ok)
        g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "not enough memory for Argon2id");
    }
  if (ok)
    {
      memcpy (entry->public, pair.public, sizeof entry->public);
      mc_seal (key, entry->public, entry->seal);
      mc_seal_pair_wipe (&pair);
    }
  mc_held_wipe (&held);
  if (ok)
    return entry;
  mc_entry_free (entry);
  return NULL;
}

gboolean
mc_vault_set_person (McVault *vault,
                     McDataKey *key,
                     const char *login,
                     const char *name,
                     const char *secret,
                     const McMachineSecret *machine,
                     GError **error)
{
  g_autofree char *clean = mc_text_clean (login);
  McEntry *entry;

  if (!mc_vault_check (vault, key, error) ||
      !mc_vault_secret_allowed (vault, secret, machine, error))
    return FALSE;
  entry = make_entry (vault, key, secret, machine, error);
  if (entry == NULL)
    return FALSE;
  entry->login = g_strdup (clean);
  entry->name = mc_text_clean (name ? name : login);
  g_ptr_array_remove (vault->people, find (vault, clean));
  g_ptr_array_add (vault->people, entry);
  return mc_vault_write (vault, key, error);
}

gboolean
mc_vault_strengthen (McVault *vault,
                     McDataKey *key,
                     const char *login,
                     const char *secret,
                     const McMachineSecret *machine,
                     GError **error)
{
  g_autofree char *clean = mc_text_clean (login);
  const McEntry *entry = find (vault, clean);
  g_autofree char *name = entry ? g_strdup (entry->name) : NULL;

  if (entry == NULL || entry->kind != MC_SECRET_PIN || entry->chip != NULL || machine->chip == NULL)
    return TRUE;
  return mc_vault_set_person (vault, key, clean, name, secret, machine, error);
}

gboolean
mc_vault_remove_person (McVault *vault, McDataKey *key, const char *login, GError **error)
{
  McEntry *entry = find (vault, login);

  if (!mc_vault_check (vault, key, error))
    return FALSE;
  if (entry == NULL)
    return TRUE;
  g_ptr_array_remove (vault->people, entry);
  return mc_vault_write (vault, key, error);
}

guint64
mc_vault_epoch (McVault *vault)
{
  return vault->epoch;
}

gboolean
mc_vault_set_epoch (McVault *vault, McDataKey *key, guint64 epoch, GError **error)
{
  if (!mc_vault_check (vault, key, error))
    return FALSE;
  vault->epoch = epoch;
  return mc_vault_write (vault, key, error);
}

McVaultWork
mc_vault_work (McVault *vault)
{
  return vault->work;
}

gboolean
mc_vault_set_work (McVault *vault, McDataKey *key, McVaultWork work, GError **error)
{
  if (!mc_vault_check (vault, key, error))
    return FALSE;
  vault->work = work;
  return mc_vault_write (vault, key, error);
}

McVault *
mc_vault_move (McVault *from, const char *folder, McDataKey *key, guint64 epoch)
{
  McVault *vault = mc_vault_make (folder, key, MC_VAULT_WORK_NONE);

  vault->epoch = epoch;
  for (guint i = 0; i < from->people->len; i++)
    {
      const McEntry *entry = from->people->pdata[i];
      McEntry *moved;

      if (entry->kind == MC_SECRET_PIN)
        continue;
      moved = g_memdup2 (entry, sizeof *entry);
      moved->login = g_strdup (entry->login);
      moved->name = g_strdup (entry->name);
      mc_seal (key, moved->public, moved->seal);
      g_ptr_array_add (vault->people, moved);
    }
  return vault;
}

void
mc_vault_begin_person (McVault *vault, McDataKey *fresh, McDataKey *key, McVaultWork work)
{
  g_return_if_fail (vault->fresh != NULL && mc_vault_check (vault, fresh, NULL));

  g_clear_pointer (&vault->fresh, mc_data_key_unref);
  g_clear_pointer (&vault->body, g_free);
  g_free (vault->key_id);
  vault->key_id = g_strdup (mc_data_key_id (key));
  vault->work = work;
}

gboolean
mc_vault_turn (McVault *vault,
               McDataKey *old,
               McDataKey *new_key,
               const char *drop,
               McVaultWork work,
               GError **error)
{
  if (!mc_vault_check (vault, old, error))
    return FALSE;
  g_clear_pointer (&vault->fresh, mc_data_key_unref);
  if (drop != NULL)
    g_ptr_array_remove (vault->people, find (vault, drop));
  for (guint i = 0; i < vault->people->len; i++)
    {
      McEntry *entry = vault->people->pdata[i];

      mc_seal (new_key, entry->public, entry->seal);
    }
  vault->work = work;
  return mc_vault_write (vault, new_key, error);
}
