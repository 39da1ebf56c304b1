/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A VFS in front of the system's: counts what reaches the disk and fails at the call it is told. */
#include "mc-fault-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

/* Of a copy that is being made, one page is like the other: each so many counts. */
#define COPY_STRIDE 64

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
  gboolean copy;
  guint written;
} File;

static sqlite3_vfs shim;
static sqlite3_vfs *system_vfs;
static McFault fault;
static guint fail_at;
static guint calls;

/* Whether this call is the one; KILL does not come back. */
static gboolean
hit (void)
{
  calls++;
  if (fault == MC_FAULT_KILL && calls == fail_at)
    kill (getpid (), SIGKILL);
  return fault != MC_FAULT_NONE && calls >= fail_at;
}

gboolean
mc_fault_hit (void (*torn) (gpointer data), gpointer data)
{
  if (!hit ())
    return FALSE;
  if (fault != MC_FAULT_TORN)
    return TRUE;
  if (torn != NULL)
    torn (data);
  kill (getpid (), SIGKILL);
  return TRUE;
}

static int
file_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  sqlite3_file *real = ((File *)file)->real;
  gboolean skip = ((File *)file)->copy && ((File *)file)->written++ % COPY_STRIDE != 0;

  if (skip || !hit ())
    return real->pMethods->xWrite (real, bytes, length, offset);
  if (fault == MC_FAULT_TORN)
    {
      real->pMethods->xWrite (real, bytes, length / 2, offset);
      kill (getpid (), SIGKILL);
    }
  return SQLITE_FULL;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  sqlite3_file *real = ((File *)file)->real;

  return hit () && fault == MC_FAULT_FULL ? SQLITE_IOERR_TRUNCATE
                                          : real->pMethods->xTruncate (real, size);
}

/* Counted, not done: what a killed process has written stays with the kernel, and a disk that waits
 * for hundreds of syncs would teach nothing. */
static int
file_sync (sqlite3_file *file, int flags)
{
  return hit () && fault == MC_FAULT_FULL ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

#define REAL(file) (((File *)(file))->real)
#define PASS(name, params, ...)                                                                    \
  static int file_##name params { return REAL (file)->pMethods->name (REAL (file), ##__VA_ARGS__); }

PASS (xRead,
      (sqlite3_file * file, void *bytes, int length, sqlite3_int64 offset),
      bytes,
      length,
      offset)
PASS (xFileSize, (sqlite3_file * file, sqlite3_int64 *size), size)
PASS (xLock, (sqlite3_file * file, int level), level)
PASS (xUnlock, (sqlite3_file * file, int level), level)
PASS (xCheckReservedLock, (sqlite3_file * file, int *result), result)
PASS (xFileControl, (sqlite3_file * file, int op, void *arg), op, arg)
PASS (xShmMap,
      (sqlite3_file * file, int page, int size, int extend, void volatile **at),
      page,
      size,
      extend,
      at)
PASS (xShmLock, (sqlite3_file * file, int offset, int n, int flags), offset, n, flags)
PASS (xShmUnmap, (sqlite3_file * file, int delete), delete)

static int
file_close (sqlite3_file *file)
{
  int rc = REAL (file)->pMethods->xClose (REAL (file));

  sqlite3_free (REAL (file));
  return rc;
}

static int
file_sector (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
file_character (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static void
file_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_xRead,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_xFileSize,
  .xLock = file_xLock,
  .xUnlock = file_xUnlock,
  .xCheckReservedLock = file_xCheckReservedLock,
  .xFileControl = file_xFileControl,
  .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_character,
  .xShmMap = file_xShmMap,
  .xShmLock = file_xShmLock,
  .xShmBarrier = file_barrier,
  .xShmUnmap = file_xShmUnmap,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  File *wrapped = (File *)file;
  int rc;

  *wrapped = (File){ .copy = name != NULL && (g_str_has_suffix (name, ".part") ||
                                              g_str_has_suffix (name, ".new")) };
  wrapped->real = sqlite3_malloc (system_vfs->szOsFile);
  rc = system_vfs->xOpen (system_vfs, name, wrapped->real, flags, out_flags);
  if (rc == SQLITE_OK)
    wrapped->base.pMethods = &methods;
  else
    sqlite3_free (wrapped->real);
  return rc;
}

void
mc_fault_vfs (McFault what, guint at)
{
  fault = what;
  fail_at = at;
  calls = 0;
  if (system_vfs != NULL)
    return;
  system_vfs = sqlite3_vfs_find (NULL);
  shim = *system_vfs;
  shim.zName = "mc-fault";
  shim.szOsFile = sizeof (File);
  shim.xOpen = vfs_open;
  sqlite3_vfs_register (&shim, 1);
}

guint
mc_fault_vfs_calls (void)
{
  return calls;
}
