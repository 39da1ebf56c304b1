/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-profile.h"

G_BEGIN_DECLS

/*
 * A backup is a folder "motcua-<profile id>" in a second folder or on a stick: copies of the
 * database, each with its key file and a list of what belongs to it, and the scans, encrypted as
 * they are. The newest two copies stay. Only a copy whose list is there and true counts.
 */

/** McBackupDone: what a backup did. */
typedef struct
{
  gint64 at_ms;
  guint scans;     /* that it holds */
  guint scans_new; /* that were written this time */
  guint scans_bad; /* that are damaged here: not in it */
  guint64 bytes_new;
} McBackupDone;

/**
 * mc_backup_make:
 * Writes one copy to @folder and reads it back: every page, and every scan that is new; of the
 * others all where they are less than 1 GiB, else a fourteenth each day. Through a connection of
 * its own: on any thread, beside the worker.
 * @store: what is read of it is its folder, its key and its clock
 * Errors: #MC_ERROR_NOT_FOUND (no such folder: the stick is gone), #MC_ERROR_FULL,
 *   #MC_ERROR_REFUSED "read-only", #MC_ERROR_DAMAGED (what was written reads back otherwise, or the
 *   database here is damaged)
 */
gboolean
mc_backup_make (McStore *store, const char *folder, McBackupDone *ret_done, GError **error);
/** mc_backup_stop: one that is being made through @store ends soon, as #MC_ERROR_BUSY; nothing is
 * left of it. Any thread. */
void mc_backup_stop (McStore *store);
/** mc_backup_set_folder: where the daily backup goes; %NULL: nowhere. */
gboolean mc_backup_set_folder (McStore *store, const char *folder, GError **error);
/** mc_backup_folder: Returns: (transfer full) (nullable) */
char *mc_backup_folder (McStore *store);
/** mc_backup_due: whether a folder is set and a day has passed since the last good one, or an hour
 * since one that failed. */
gboolean mc_backup_due (McStore *store);
/** mc_backup_last: when the last good one was made, ms; 0: never. @ret_trouble: (optional)
 * (transfer full) (nullable): the name of what went wrong since: "gone", "full", "read-only",
 * "damaged", "other" */
gint64 mc_backup_last (McStore *store, char **ret_trouble);
/** mc_backup_note: how one that was made at @at_ms went. @problem: (nullable). On the worker's
 * thread. */
gboolean mc_backup_note (McStore *store, gint64 at_ms, const GError *problem, GError **error);
/** mc_backup_daily: makes it where it is due and notes how it went; waits for it. */
gboolean mc_backup_daily (McStore *store, GError **error);

/** McBackup: one that was found. */
typedef struct
{
  char *path;   /* the folder of the backup */
  char *copy;   /* which copy in it */
  char *office; /* name; NULL: not said */
  gint64 at_ms;
} McBackup;
void mc_backup_free (McBackup *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McBackup, mc_backup_free)
/** mc_backup_find: the backups in @folder, newest first. Returns: (transfer full) (element-type
 * McBackup) */
GPtrArray *mc_backup_find (const char *folder, GError **error);
/** mc_backup_vault: who opens it. Returns: (transfer full) */
McVault *mc_backup_vault (const McBackup *backup, GError **error);
/**
 * mc_backup_restore:
 * Makes the profile @profile, which must not exist, from @backup; @key came from
 * mc_vault_open (mc_backup_vault()) or from the province. The restored profile knows that it is
 * one: it enrols anew before anybody changes anything. @person gets to open it on this machine, and
 * so does everybody who has a passphrase. May be killed at any moment: until it is whole there is
 * no profile. Errors: #MC_ERROR_KEY, #MC_ERROR_DAMAGED (the list or the database is not what was
 * written), #MC_ERROR_FULL, #MC_ERROR_BUSY (there is a profile), #MC_ERROR_REFUSED (as
 *   mc_vault_secret_allowed())
 */
gboolean mc_backup_restore (const McBackup *backup,
                            McDataKey *key,
                            const char *profile,
                            const McProfilePerson *person,
                            McProfileTell tell,
                            gpointer data,
                            GError **error);

G_END_DECLS
