/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite on McSimDisk. A database has one connection at a time, so that locks have nothing to
 * decide; the WAL's index is shared memory that dies with the connection, as with a process.
 */
#include "mc-sim-disk.h"

#include <string.h>

typedef struct
{
  sqlite3_file base;
  McSimFile *file;
  GPtrArray *index; /* pages of the WAL's index */
  gsize page_size;  /* of those */
} Open;

static McSimFile *
file_of (sqlite3_file *file)
{
  return ((Open *)file)->file;
}

static int
file_unmap (sqlite3_file *file, int drop)
{
  g_clear_pointer (&((Open *)file)->index, g_ptr_array_unref);
  return SQLITE_OK;
}

static int
file_close (sqlite3_file *file)
{
  return file_unmap (file, 0);
}

static int
file_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  gsize got;

  if (mc_sim_disk_dead (mc_sim_file_disk (file_of (file))))
    return SQLITE_IOERR_READ;
  got = mc_sim_file_read (file_of (file), bytes, (gsize)length, offset);
  if (got == (gsize)length)
    return SQLITE_OK;
  memset ((guint8 *)bytes + got, 0, (gsize)length - got);
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  McSimDisk *disk = mc_sim_file_disk (file_of (file));

  if (mc_sim_file_write (file_of (file), bytes, (gsize)length, offset))
    return SQLITE_OK;
  return mc_sim_disk_fault (disk) == MC_SIM_DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return mc_sim_file_truncate (file_of (file), size) ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  return mc_sim_file_sync (file_of (file)) ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = mc_sim_file_size (file_of (file));
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
file_reserved (sqlite3_file *file, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file, int what, void *arg)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector (sqlite3_file *file)
{
  return 4096;
}

static int
file_character (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_map (sqlite3_file *file, int page, int size, int extend, void volatile **at)
{
  Open *open = (Open *)file;

  *at = NULL;
  open->page_size = (gsize)size;
  if (open->index == NULL)
    open->index = g_ptr_array_new_with_free_func (g_free);
  if ((guint)page >= open->index->len && !extend)
    return SQLITE_OK;
  while ((guint)page >= open->index->len)
    g_ptr_array_add (open->index, g_malloc0 ((gsize)size));
  *at = open->index->pdata[page];
  return SQLITE_OK;
}

static int
file_map_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return SQLITE_OK;
}

static void
file_barrier (sqlite3_file *file)
{
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_character,
  .xShmMap = file_map,
  .xShmLock = file_map_lock,
  .xShmBarrier = file_barrier,
  .xShmUnmap = file_unmap,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  McSimDisk *disk = name ? mc_sim_disk_of (name) : NULL;
  Open *open = (Open *)file;

  open->base.pMethods = NULL;
  open->index = NULL;
  if (disk == NULL || mc_sim_disk_dead (disk))
    return SQLITE_CANTOPEN;
  open->file = mc_sim_disk_file (disk, name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (open->file == NULL)
    return SQLITE_CANTOPEN;
  open->base.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  McSimDisk *disk = mc_sim_disk_of (name);

  if (disk == NULL || mc_sim_disk_dead (disk))
    return SQLITE_IOERR_DELETE;
  if (mc_sim_disk_file (disk, name, FALSE) == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  mc_sim_disk_remove (disk, name);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  McSimDisk *disk = mc_sim_disk_of (name);

  *result = disk != NULL && mc_sim_disk_file (disk, name, FALSE) != NULL;
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *vfs, const char *name, int length, char *out)
{
  g_strlcpy (out, name, (gsize)length);
  return SQLITE_OK;
}

static int
vfs_randomness (sqlite3_vfs *vfs, int length, char *bytes)
{
  mc_sim_random_fill (mc_sim_random_product (), bytes, (gsize)length);
  return length;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return microseconds;
}

static int
vfs_time (sqlite3_vfs *vfs, double *julian)
{
  *julian = 2461365.5; /* 21 November 2026: nothing of ours asks SQLite for the time */
  return SQLITE_OK;
}

void
mc_sim_vfs_forget (sqlite3 *handle)
{
  Open *open = NULL;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &open);
  for (guint i = 0; open->index != NULL && i < open->index->len; i++)
    memset (open->index->pdata[i], 0, open->page_size);
}

void
mc_sim_vfs_register (void)
{
  static sqlite3_vfs vfs = {
    .iVersion = 1,
    .szOsFile = sizeof (Open),
    .mxPathname = 512,
    .zName = "mc-sim",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
  };

  sqlite3_vfs_register (&vfs, 1);
}
