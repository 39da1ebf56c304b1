/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changes the disk past SQLite, put by the linker before the product's calls of it: the same
 * faults as in mc-fault-vfs.c, in one count with it.
 */
#include "mc-fault-vfs.h"

#include <errno.h>
#include <gio/gio.h>
#include <unistd.h>

#define DECLARE(type, name, ...)                                                                   \
  type __real_##name (__VA_ARGS__);                                                                \
  type __wrap_##name (__VA_ARGS__)

DECLARE (int, rename, const char *from, const char *to);
DECLARE (int, unlink, const char *path);
DECLARE (int, fsync, int fd);
DECLARE (int, fdatasync, int fd);
DECLARE (int, ftruncate, int fd, off_t size);
DECLARE (ssize_t, pwrite, int fd, const void *bytes, size_t length, off_t at);
DECLARE (ssize_t, write, int fd, const void *bytes, size_t length);
DECLARE (gboolean,
         g_file_set_contents_full,
         const char *path,
         const char *text,
         gssize length,
         GFileSetContentsFlags flags,
         int mode,
         GError **error);

static int
no_space (void)
{
  errno = ENOSPC;
  return -1;
}

int
__wrap_rename (const char *from, const char *to)
{
  return mc_fault_hit (NULL, NULL) ? no_space () : __real_rename (from, to);
}

/* Room is never what it lacks. */
int
__wrap_unlink (const char *path)
{
  mc_fault_hit (NULL, NULL);
  return __real_unlink (path);
}

/* Counted, not done: see mc-fault-vfs.c. */
int
__wrap_fsync (int fd)
{
  return mc_fault_hit (NULL, NULL) ? no_space () : 0;
}

int
__wrap_fdatasync (int fd)
{
  return mc_fault_hit (NULL, NULL) ? no_space () : 0;
}

int
__wrap_ftruncate (int fd, off_t size)
{
  return mc_fault_hit (NULL, NULL) ? no_space () : __real_ftruncate (fd, size);
}

typedef struct
{
  int fd;
  const void *bytes;
  size_t length;
  off_t at; /* -1: where the file is */
} Writing;

static ssize_t
write_part (const Writing *writing, size_t length)
{
  return writing->at < 0 ? __real_write (writing->fd, writing->bytes, length)
                         : __real_pwrite (writing->fd, writing->bytes, length, writing->at);
}

static void
write_half (gpointer writing)
{
  if (write_part (writing, ((Writing *)writing)->length / 2) < 0)
    _exit (9);
}

ssize_t
__wrap_pwrite (int fd, const void *bytes, size_t length, off_t at)
{
  Writing writing = { fd, bytes, length, at };

  return mc_fault_hit (write_half, &writing) ? no_space () : write_part (&writing, length);
}

ssize_t
__wrap_write (int fd, const void *bytes, size_t length)
{
  Writing writing = { fd, bytes, length, -1 };

  return mc_fault_hit (write_half, &writing) ? no_space () : write_part (&writing, length);
}

/* A file that is replaced as a whole: before it, and after it. */
gboolean
__wrap_g_file_set_contents_full (const char *path,
                                 const char *text,
                                 gssize length,
                                 GFileSetContentsFlags flags,
                                 int mode,
                                 GError **error)
{
  gboolean ok;

  if (mc_fault_hit (NULL, NULL))
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "no space");
      return FALSE;
    }
  ok = __real_g_file_set_contents_full (path,
                                        text,
                                        length,
                                        flags & ~G_FILE_SET_CONTENTS_DURABLE,
                                        mode,
                                        error);
  mc_fault_hit (NULL, NULL);
  return ok;
}
