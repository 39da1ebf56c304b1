/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals and temporary files, in memory. A rollback journal is only written while a database is
 * being made; one that is not finished then is made anew. */
#include "mc-crypt-private.h"

#include <string.h>

typedef struct
{
  sqlite3_file base;
  GByteArray *bytes;
} Memory;

static GByteArray *
bytes_of (sqlite3_file *file)
{
  return ((Memory *)file)->bytes;
}

static int
memory_close (sqlite3_file *file)
{
  g_clear_pointer (&((Memory *)file)->bytes, g_byte_array_unref);
  return SQLITE_OK;
}

static int
memory_read (sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
  GByteArray *from = bytes_of (file);
  gsize there = offset < from->len ? MIN ((gsize)length, from->len - (gsize)offset) : 0;

  if (there > 0)
    memcpy (bytes, from->data + offset, there);
  memset ((guint8 *)bytes + there, 0, (gsize)length - there);
  return there == (gsize)length ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
memory_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  GByteArray *to = bytes_of (file);
  guint old = to->len;

  if (offset + length > G_MAXINT)
    return SQLITE_FULL;
  if (offset + length > old)
    {
      g_byte_array_set_size (to, (guint)(offset + length));
      memset (to->data + old, 0, to->len - old);
    }
  memcpy (to->data + offset, bytes, (gsize)length);
  return SQLITE_OK;
}

static int
memory_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (size < bytes_of (file)->len)
    g_byte_array_set_size (bytes_of (file), (guint)size);
  return SQLITE_OK;
}

static int
memory_sync (sqlite3_file *file, int flags)
{
  return SQLITE_OK;
}

static int
memory_size (sqlite3_file *file, sqlite3_int64 *size)
{
  *size = bytes_of (file)->len;
  return SQLITE_OK;
}

static int
memory_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK;
}

static int
memory_check_lock (sqlite3_file *file, int *result)
{
  *result = 0;
  return SQLITE_OK;
}

static int
memory_control (sqlite3_file *file, int op, void *arg)
{
  return SQLITE_NOTFOUND;
}

static int
memory_number (sqlite3_file *file)
{
  return 0;
}

static const sqlite3_io_methods methods = {
  .iVersion = 1,
  .xClose = memory_close,
  .xRead = memory_read,
  .xWrite = memory_write,
  .xTruncate = memory_truncate,
  .xSync = memory_sync,
  .xFileSize = memory_size,
  .xLock = memory_lock,
  .xUnlock = memory_lock,
  .xCheckReservedLock = memory_check_lock,
  .xFileControl = memory_control,
  .xSectorSize = memory_number,
  .xDeviceCharacteristics = memory_number,
};

int
mc_memory_file (sqlite3_file *file)
{
  Memory *memory = (Memory *)file;

  memory->base.pMethods = &methods;
  memory->bytes = g_byte_array_new ();
  return SQLITE_OK;
}

int
mc_memory_file_size (void)
{
  return sizeof (Memory);
}
