/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-backup.h"

G_BEGIN_DECLS

/** McRebuilt: what came over from a damaged database. */
typedef struct
{
  gboolean whole;   /* everything that is not derived; else the rest comes from the province */
  gboolean anew;    /* something of this desk's own may be gone: it enrols anew before it acts */
  guint ops;        /* lines of work */
  guint ops_behind; /* of these, such as the province has not judged */
  guint drafts;
} McRebuilt;

/**
 * mc_profile_rebuild:
 * The database made anew beside a damaged one, under the same key, from all that can still be read
 * of it; lists and search are derived again. The damaged one stays as "desk.sqlite.damaged". Nobody
 * has the profile open. May be killed at any moment: either the damaged one is there or the new.
 * Errors: #MC_ERROR_DAMAGED (what the desk signs with cannot be read: only a backup helps),
 *   #MC_ERROR_FULL, #MC_ERROR_KEY, …
 * @ret_rebuilt: (optional)
 */
gboolean mc_profile_rebuild (const char *profile,
                             const McClock *clock,
                             McDataKey *key,
                             McProfileTell tell,
                             gpointer data,
                             McRebuilt *ret_rebuilt,
                             GError **error);

/** mc_profile_bad_page: the first page of the database that is damaged, 0: none; reads it all. */
gint64 mc_profile_bad_page (const char *profile, McDataKey *key);
/**
 * mc_profile_replace:
 * As mc_backup_restore(), where a profile is there that nothing can be made of any more: work and
 * drafts that can still be read of it come along, and it stays aside as "….damaged-TIME".
 */
gboolean mc_profile_replace (const McBackup *backup,
                             McDataKey *key,
                             const char *profile,
                             const McClock *clock,
                             const McProfilePerson *person,
                             McProfileTell tell,
                             gpointer data,
                             GError **error);

G_END_DECLS
