/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-hygiene.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Printing, poppler and GTK make temporary files where TMPDIR says: in memory, seen by nobody else,
 * gone when the session ends. Where there is no such place the default stays. */
static void
move_temporary_files (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *folder = runtime ? g_build_filename (runtime, "motcua", NULL) : NULL;
  GStatBuf info;

  if (folder == NULL || (g_mkdir (folder, 0700) != 0 && !g_file_test (folder, G_FILE_TEST_IS_DIR)))
    return;
  if (g_lstat (folder, &info) == 0 && S_ISDIR (info.st_mode) && info.st_uid == getuid () &&
      (info.st_mode & 077) == 0)
    g_setenv ("TMPDIR", folder, TRUE);
}

void
mc_vault_hygiene (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
  move_temporary_files ();
}

gboolean
mc_shred (const char *path)
{
  static const char zeros[64 * 1024];
  int fd = g_open (path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  struct stat info;

  if (fd >= 0)
    {
      gint64 left = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) ? info.st_size : 0;

      while (left > 0)
        {
          gssize put = write (fd, zeros, (gsize)MIN (left, (gint64)sizeof zeros));

          left = put > 0 ? left - put : 0;
        }
      fdatasync (fd);
      close (fd);
    }
  return g_unlink (path) == 0 || !g_file_test (path, G_FILE_TEST_EXISTS);
}
