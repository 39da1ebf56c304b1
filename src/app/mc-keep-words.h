/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-backup.h"
#include "mc-scrub.h"

G_BEGIN_DECLS

/* What is said of backup and scrub: what happened, what is safe, what to do. Transfer full. */

/** mc_keep_trouble: why today's backup was not made. @trouble: as mc_backup_last() */
char *mc_keep_trouble (const char *trouble);
/** mc_keep_last: of the last good backup. @at_ms: 0: none yet */
char *mc_keep_last (gint64 at_ms, gint64 now_ms);
/** mc_keep_file: one scan that was found damaged. */
char *mc_keep_file (const McScrubFile *file);
/** mc_keep_found: the backup in a list of what was found. @whole: it can be restored from;
 * @missing: scans that the province has to bring */
char *mc_keep_found (const McBackup *backup, gboolean whole, guint missing, gint64 now_ms);

G_END_DECLS
