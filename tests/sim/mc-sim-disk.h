/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-sim-random.h"
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * McSimDisk:
 * The disk of one machine: a folder whose databases are kept in memory. What was written and not
 * yet synced is known, so that a power cut can take it back, in part or in halves. Contents are
 * shared until they are written to, so that an image of a disk costs next to nothing.
 */
typedef struct _McSimDisk McSimDisk;
typedef struct _McSimFile McSimFile;

/** mc_sim_disk_new: @folder: whose files are kept here and not in the file system */
McSimDisk *mc_sim_disk_new (const char *folder);
void mc_sim_disk_free (McSimDisk *disk);
/** mc_sim_disk_of: the disk that holds @path, or %NULL. */
McSimDisk *mc_sim_disk_of (const char *path);

typedef enum
{
  MC_SIM_DISK_SOUND,
  MC_SIM_DISK_CRASH, /* the machine stops at the n-th write: nothing gets through any more */
  MC_SIM_DISK_FULL,  /* no room from the n-th write on, until it is sound again */
  MC_SIM_DISK_FAIL,  /* the n-th write fails, the next ones do not */
} McSimDiskFault;

/** mc_sim_disk_set_fault: @at: which write, sync or truncate from now on, from 1 */
void mc_sim_disk_set_fault (McSimDisk *disk, McSimDiskFault fault, guint at);
McSimDiskFault mc_sim_disk_fault (McSimDisk *disk);
/** mc_sim_disk_hit: whether the fault has come about. */
gboolean mc_sim_disk_hit (McSimDisk *disk);
/** mc_sim_disk_dead: whether the machine has stopped. */
gboolean mc_sim_disk_dead (McSimDisk *disk);
/** mc_sim_disk_stop: it stops now. */
void mc_sim_disk_stop (McSimDisk *disk);
/**
 * mc_sim_disk_start: the machine starts again; every connection to it must have been closed.
 * @random: (nullable): with it there was a power cut: of what was not synced each write got
 *   through, or did not, or in half; without it only the program had ended, and all of it did
 * Returns: how many writes were torn
 */
guint mc_sim_disk_start (McSimDisk *disk, McSimRandom *random);

/** McSimImage: what was on a disk at some moment. */
typedef struct _McSimImage McSimImage;
McSimImage *mc_sim_disk_image (McSimDisk *disk);
/** mc_sim_disk_restore: nothing on it may be in use; files that are open stay so. @image:
 * (nullable): empty */
void mc_sim_disk_restore (McSimDisk *disk, McSimImage *image);
McSimImage *mc_sim_image_ref (McSimImage *image);
void mc_sim_image_unref (McSimImage *image);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSimImage, mc_sim_image_unref)

/* For the VFS. Each says whether it got through: %FALSE where the fault took it. */
McSimFile *mc_sim_disk_file (McSimDisk *disk, const char *path, gboolean make);
void mc_sim_disk_remove (McSimDisk *disk, const char *path);
gint64 mc_sim_file_size (McSimFile *file);
/** mc_sim_file_read: Returns: how many bytes there were */
gsize mc_sim_file_read (McSimFile *file, void *bytes, gsize length, gint64 offset);
gboolean mc_sim_file_write (McSimFile *file, const void *bytes, gsize length, gint64 offset);
gboolean mc_sim_file_truncate (McSimFile *file, gint64 size);
gboolean mc_sim_file_sync (McSimFile *file);
McSimDisk *mc_sim_file_disk (McSimFile *file);

/** mc_sim_vfs_register: every database is opened through this from now on. */
void mc_sim_vfs_register (void);
/** mc_sim_vfs_forget: the memory that programs share with @handle is empty, as after they ended. */
void mc_sim_vfs_forget (sqlite3 *handle);
/** mc_sim_vfs_close_kept: closes the connections that are kept for the next run. */
void mc_sim_vfs_close_kept (void);

G_END_DECLS
