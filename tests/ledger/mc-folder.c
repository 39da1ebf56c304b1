/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

char *
mc_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("motcua-ledger-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
mc_folder_remove (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

McDb *
mc_folder_open (const char *folder, McDbMode mode)
{
  g_autofree char *path = g_build_filename (folder, "test.db", NULL);
  g_autoptr (GError) error = NULL;
  McDb *db = mc_db_open (path, mode, &error);

  g_assert_no_error (error);
  return db;
}

char *
mc_folder_hash (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &bytes, &size, NULL))
    return g_strdup ("");
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
}
