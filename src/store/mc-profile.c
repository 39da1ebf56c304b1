/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-profile.h"

#include "mc-crypt-vfs.h"
#include "mc-error.h"
#include "mc-store-private.h"
#include <glib/gstdio.h>

static McProfileState
state_without_vault (const char *profile, GError **error)
{
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autofree char *key = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return MC_PROFILE_NONE;
  key = mc_crypt_file_key (path, error);
  if (key != NULL && *key == '\0')
    return MC_PROFILE_PLAIN;
  if (key != NULL)
    g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "%s: its key file is gone", path);
  return MC_PROFILE_LOCKED;
}

McProfileState
mc_profile_state (const char *profile, GError **error)
{
  g_autoptr (McVault) vault = NULL;
  g_autoptr (McDataKey) fresh = NULL;

  if (!mc_vault_exists (profile))
    return state_without_vault (profile, error);
  vault = mc_vault_load (profile, error);
  fresh = vault ? mc_vault_fresh_key (vault) : NULL;
  return fresh ? MC_PROFILE_FRESH : MC_PROFILE_LOCKED;
}

McDataKey *
mc_profile_make (const char *profile, GError **error)
{
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  g_autoptr (McVault) vault = NULL;
  g_autoptr (McDataKey) key = NULL;

  if (g_mkdir_with_parents (profile, 0700) != 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_STORE, "%s cannot be made", profile);
      return NULL;
    }
  vault = mc_vault_make_fresh (profile, error);
  key = vault ? mc_vault_fresh_key (vault) : NULL;
  return key != NULL && mc_db_make (path, key, error) ? g_steal_pointer (&key) : NULL;
}

McDataKey *
mc_profile_fresh_key (const char *profile, GError **error)
{
  g_autoptr (McVault) vault = mc_vault_load (profile, error);
  McDataKey *key = vault ? mc_vault_fresh_key (vault) : NULL;

  if (key == NULL && vault != NULL)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_KEY, "a person opens this profile");
  return key;
}

gboolean
mc_profile_take_older (const char *profile,
                       const McClock *clock,
                       McDataKey *key,
                       const McMachineSecret *machine,
                       GError **error)
{
  g_autoptr (McVault) vault = mc_vault_load (profile, error);
  g_autofree char *path = g_build_filename (profile, "desk.sqlite", NULL);
  McStore bare = { .data_key = key, .clock = clock };
  gboolean ok;

  if (vault == NULL || !mc_vault_check (vault, key, error) || !mc_work_swap (profile, vault, error))
    return FALSE;
  bare.db = mc_db_open_under (path, MC_DB_WRITE, key, error);
  ok = bare.db != NULL && mc_store_mark_copied (&bare, "machine", error) &&
       mc_store_raise_epoch (&bare, vault, TRUE, error);
  mc_db_close (bare.db);
  if (ok)
    mc_vault_note_machine (vault, machine);
  return ok;
}
