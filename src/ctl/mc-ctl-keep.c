/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps the work safe: backup, restore, scrub, a new key, a damaged database. */
#include "mc-ctl.h"

#include "mc-error.h"
#include "mc-rebuild.h"
#include "mc-scrub.h"

#define AT_ONCE 4096

static void
print_done (McCtl *ctl, const char *folder, const McBackupDone *done)
{
  mc_ctl_print (ctl,
                json_pack ("{s:s,s:I,s:i,s:i,s:i,s:I}",
                           "folder",
                           folder,
                           "at",
                           (json_int_t)done->at_ms,
                           "scans",
                           (int)done->scans,
                           "scans_new",
                           (int)done->scans_new,
                           "scans_bad",
                           (int)done->scans_bad,
                           "bytes_new",
                           (json_int_t)done->bytes_new));
}

/* Into the folder of the daily backup; "daily FOLDER" makes that one it. */
gboolean
mc_ctl_backup (McCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean daily = argc == 2 && g_str_equal (argv[0], "daily");
  g_autofree char *folder = argc == 0 ? mc_backup_folder (ctl->store) : NULL;
  g_autoptr (GError) problem = NULL;
  McBackupDone done = { 0 };

  if (argc > 0)
    folder = g_canonicalize_filename (argv[argc - 1], NULL);
  if (folder == NULL || (argc == 2 && !daily))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "backup [daily] FOLDER");
      return FALSE;
    }
  if (daily && !mc_backup_set_folder (ctl->store, folder, error))
    return FALSE;
  mc_backup_make (ctl->store, folder, &done, &problem);
  /* One that went elsewhere says nothing of the daily one. */
  if (daily || argc == 0)
    mc_backup_note (ctl->store, mc_clock_wall (mc_store_clock (ctl->store)), problem, NULL);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  print_done (ctl, folder, &done);
  return TRUE;
}

static json_t *
backup_json (const McBackup *backup)
{
  guint missing = 0;
  gboolean whole = mc_backup_whole (backup, &missing, NULL);

  return json_pack ("{s:s,s:s?,s:s?,s:s?,s:I,s:b,s:i}",
                    "copy",
                    backup->copy,
                    "office",
                    backup->office,
                    "slot",
                    backup->slot,
                    "machine",
                    backup->machine,
                    "at",
                    (json_int_t)backup->at_ms,
                    "whole",
                    whole,
                    "scans_missing",
                    (int)missing);
}

static gboolean
list_backups (McCtl *ctl, GPtrArray *found)
{
  json_t *all = json_array ();

  for (guint i = 0; i < found->len; i++)
    json_array_append_new (all, backup_json (found->pdata[i]));
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

/* By the secret that opened the desk, or by a code of the province and a new secret. */
static gboolean
come_by (McCtl *ctl, McDoor *door, const char *login, const char *code, GError **error)
{
  g_autofree char *secret = mc_ctl_secret ();

  if (code == NULL)
    ctl->arrival = mc_door_open (door, login, secret, error);
  else
    ctl->arrival = mc_door_activate (door, login, code, NULL, error);
  return ctl->arrival != NULL &&
         (code == NULL || mc_door_choose (door, ctl->arrival, secret, error)) &&
         mc_door_restore (door, ctl->arrival, NULL, NULL, error);
}

gboolean
mc_ctl_restore (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) found = mc_backup_find (argv[0], error);
  g_autoptr (McDoor) door = NULL;

  if (found == NULL)
    return FALSE;
  if (argc == 1)
    return list_backups (ctl, found);
  if (found->len == 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "%s: no backup", argv[0]);
      return FALSE;
    }
  if (mc_profile_state (mc_door_profile (ctl->door), NULL) != MC_PROFILE_NONE)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_BUSY, "there is a profile: rebuild");
      return FALSE;
    }
  door = mc_door_new_backup (ctl->door, found->pdata[0]);
  if (!come_by (ctl, door, argv[1], argc > 2 ? argv[2] : NULL, error) ||
      !mc_ctl_open (ctl, error) ||
      !mc_desk_enter (ctl->desk, ctl->arrival->login, ctl->arrival->staff, error))
    return FALSE;
  mc_ctl_print (ctl, backup_json (found->pdata[0]));
  return TRUE;
}

static json_t *
files_json (McStore *store)
{
  g_autoptr (GPtrArray) files = mc_scrub_files (store);
  json_t *all = json_array ();

  for (guint i = 0; i < files->len; i++)
    {
      const McScrubFile *file = files->pdata[i];

      json_array_append_new (all,
                             json_pack ("{s:s,s:s?,s:s?,s:I,s:b}",
                                        "sha256",
                                        file->sha256,
                                        "dossier",
                                        file->dossier,
                                        "name",
                                        file->name,
                                        "at",
                                        (json_int_t)file->at_ms,
                                        "here",
                                        file->here));
    }
  return all;
}

/* To the end of the round that is under way, then once around. */
gboolean
mc_ctl_scrub (McCtl *ctl, int argc, char **argv, GError **error)
{
  McScrubbed all = { 0 };

  for (guint rounds = 0; rounds < 2;)
    {
      McScrubbed found;

      if (!mc_scrub_slice (ctl->store, AT_ONCE, AT_ONCE, &found, error))
        return FALSE;
      all.pages += found.pages;
      all.chunks += found.chunks;
      all.files_bad += found.files_bad;
      all.files_lost += found.files_lost;
      rounds += found.round ? 1 : 0;
    }
  mc_ctl_print (ctl,
                json_pack ("{s:i,s:i,s:I,s:o}",
                           "files_bad",
                           (int)all.files_bad,
                           "files_lost",
                           (int)all.files_lost,
                           "page_bad",
                           (json_int_t)mc_scrub_bad_page (ctl->store),
                           "files",
                           files_json (ctl->store)));
  return TRUE;
}

gboolean
mc_ctl_rekey (McCtl *ctl, int argc, char **argv, GError **error)
{
  const char *profile = mc_door_profile (ctl->door);
  McDataKey *next;

  if (!mc_ctl_let_in (ctl, error))
    return FALSE;
  next =
      mc_profile_rekey (profile, ctl->arrival->key, argc > 0 ? argv[0] : NULL, NULL, NULL, error);
  if (next == NULL)
    return FALSE;
  mc_data_key_unref (ctl->arrival->key);
  ctl->arrival->key = next;
  /* The province is given the new one with it. */
  if (!mc_ctl_open (ctl, error))
    return FALSE;
  mc_ctl_print (ctl,
                json_pack ("{s:s,s:b}",
                           "key",
                           mc_data_key_id (next),
                           "backup_outdated",
                           mc_backup_outdated (ctl->store)));
  return TRUE;
}

gboolean
mc_ctl_rebuild (McCtl *ctl, int argc, char **argv, GError **error)
{
  McRebuilt rebuilt = { 0 };

  if (!mc_ctl_let_in (ctl, error) || !mc_profile_rebuild (mc_door_profile (ctl->door),
                                                          mc_door_clock (ctl->door),
                                                          ctl->arrival->key,
                                                          NULL,
                                                          NULL,
                                                          &rebuilt,
                                                          error))
    return FALSE;
  mc_ctl_print (ctl,
                json_pack ("{s:b,s:b,s:i,s:i,s:i}",
                           "whole",
                           rebuilt.whole,
                           "enrols_anew",
                           rebuilt.anew,
                           "changes",
                           (int)rebuilt.ops,
                           "waiting",
                           (int)rebuilt.ops_behind,
                           "drafts",
                           (int)rebuilt.drafts));
  return TRUE;
}
