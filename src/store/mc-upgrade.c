/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plain profile becomes an encrypted one. An encrypted copy of the database is made and checked
 * against the plain one; the key file, written in one go, is the moment from which on it counts. A
 * kill before it leaves the plain profile, after it the next opening goes on (mc-work.c).
 */
#include "mc-profile.h"

#include "mc-error.h"
#include "mc-secret.h"
#include "mc-store-private.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

/* As many lines in what matters most: a copy that lost some is none. */
static gboolean
same_content (McDb *plain, const char *path, McDataKey *key, GError **error)
{
  static const char *const counts[] = {
    "SELECT count(*) FROM op",    "SELECT count(*) FROM feed", "SELECT count(*) FROM dossier",
    "SELECT count(*) FROM draft", "SELECT count(*) FROM fact", "SELECT total(length(line)) FROM op"
  };
  g_autoptr (McDb) copy = mc_db_open_under (path, MC_DB_READ, key, error);

  for (guint i = 0; copy != NULL && i < G_N_ELEMENTS (counts); i++)
    {
      gint64 before = 0;
      gint64 after = 0;

      if (!mc_db_int (plain, error, &before, counts[i], "") ||
          !mc_db_int (copy, error, &after, counts[i], ""))
        return FALSE;
      if (before != after)
        {
          g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "the encrypted copy is not the same");
          return FALSE;
        }
    }
  return copy != NULL;
}

/* The copy before the upgrade: as the plain file was, encrypted; it stays. */
static gboolean
back_up (const char *profile, const char *path, GError **error)
{
  g_autofree char *bak = g_build_filename (profile, "desk.sqlite.plain.bak", NULL);
  g_autofree char *part = g_strconcat (bak, ".part", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (part);
  g_autoptr (GError) problem = NULL;

  if (g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &problem) &&
      g_rename (part, bak) == 0)
    return TRUE;
  g_unlink (part);
  g_set_error (error,
               MC_ERROR,
               g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? MC_ERROR_FULL
                                                                          : MC_ERROR_STORE,
               "the copy before the upgrade cannot be kept");
  return FALSE;
}

static gboolean
make_ready (McStore *plain, McDataKey *key, McProfileTell tell, gpointer data, GError **error)
{
  g_autofree char *path = g_build_filename (plain->profile, "desk.sqlite.new", NULL);

  if (!mc_db_copy (plain->db, path, key, error) || !same_content (plain->db, path, key, error) ||
      !back_up (plain->profile, path, error))
    return FALSE;
  if (tell != NULL)
    tell (0.5, data);
  return TRUE;
}

/* The last time that a verifier of before is asked. */
static gboolean
check_before (McStore *store, const McProfilePerson *person, GError **error)
{
  g_autoptr (McStaff) staff = mc_store_staff_by_login (store, person->login);
  const char *before = person->before != NULL ? person->before : person->secret;

  if (staff != NULL && mc_secret_matches (staff->verifier, before))
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_SECRET, "wrong name or secret");
  return FALSE;
}

McDataKey *
mc_profile_upgrade (const char *profile,
                    const McClock *clock,
                    const McProfilePerson *person,
                    McProfileTell tell,
                    gpointer data,
                    GError **error)
{
  g_autofree char *machine = mc_machine ();
  g_autoptr (McStore) store = mc_store_open_on (profile, clock, NULL, machine, error);
  g_autoptr (McDataKey) key = mc_data_key_new ();
  g_autoptr (McVault) vault = mc_vault_make (profile, key, MC_VAULT_WORK_UPGRADE);

  if (store == NULL || !check_before (store, person, error) ||
      !mc_vault_secret_allowed (vault, person->secret, person->machine, error) ||
      !make_ready (store, key, tell, data, error))
    return NULL;
  g_clear_pointer (&store, mc_store_close);
  if (!mc_vault_set_person (vault,
                            key,
                            person->login,
                            person->name,
                            person->secret,
                            person->machine,
                            error))
    return NULL;
  store = mc_store_open_telling (profile, clock, key, machine, tell, data, error);
  return store ? g_steal_pointer (&key) : NULL;
}
