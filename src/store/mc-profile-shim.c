#include "mc-error.h"
#include "mc-profile.h"
McProfileState
mc_profile_state (const char *profile, GError **error)
{
  g_autofree char *db = g_build_filename (profile, "desk.sqlite", NULL);
  if (mc_vault_exists (profile))
    {
      g_autoptr (McVault) v = mc_vault_load (profile, error);
      if (v == NULL)
        return MC_PROFILE_LOCKED;
      g_autoptr (GPtrArray) p = mc_vault_people (v);
      return p->len == 0 ? MC_PROFILE_FRESH : MC_PROFILE_LOCKED;
    }
  return g_file_test (db, G_FILE_TEST_EXISTS) ? MC_PROFILE_PLAIN : MC_PROFILE_NONE;
}
McDataKey *
mc_profile_make (const char *profile, GError **error)
{
  g_mkdir_with_parents (profile, 0700);
  g_autoptr (McVault) v = mc_vault_make_fresh (profile, error);
  return v ? mc_vault_fresh_key (v) : NULL;
}
McDataKey *
mc_profile_fresh_key (const char *profile, GError **error)
{
  g_autoptr (McVault) v = mc_vault_load (profile, error);
  McDataKey *k = v ? mc_vault_fresh_key (v) : NULL;
  if (v && !k)
    g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "not fresh");
  return k;
}
McDataKey *
mc_profile_first_person (const char *profile, const McProfilePerson *person, GError **error)
{
  g_autoptr (McDataKey) k = mc_profile_fresh_key (profile, error);
  if (k == NULL) return NULL;
  g_autoptr (McVault) v = mc_vault_make (profile, k);
  return mc_vault_set_person (v,
                              k,
                              person->login,
                              person->name,
                              person->secret,
                              person->machine,
                              error)
             ? mc_data_key_ref (k)
             : NULL;
}
McDataKey *
mc_profile_upgrade (const char *profile,
                    const McClock *clock,
                    const McProfilePerson *person,
                    McProfileTell tell,
                    gpointer data,
                    GError **error)
{
  return mc_profile_first_person (profile, person, error);
}
