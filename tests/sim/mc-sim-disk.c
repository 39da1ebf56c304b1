/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-sim-disk.h"

#include "mc-sim-content.h"
#include <string.h>

#define SECTOR 512

/* One change that was not synced yet. */
typedef struct
{
  gboolean truncates;
  gint64 offset; /* or the new size */
  gsize length;
  guint8 *bytes;
} Change;

struct _McSimFile
{
  McSimDisk *disk;
  McSimContent now;
  McSimContent safe; /* as of the last sync */
  GArray *changes;   /* since then */
};

struct _McSimDisk
{
  char *folder;
  GHashTable *files; /* base name → McSimFile */
  McSimDiskFault fault;
  guint at;
  guint calls;
  gboolean hit;
  gboolean dead;
};

struct _McSimImage
{
  guint users;
  GHashTable *contents; /* base name → McSimContent */
};

static GHashTable *disks; /* folder → McSimDisk, borrowed */

static void
change_clear (gpointer data)
{
  g_free (((Change *)data)->bytes);
}

static void
file_free (gpointer data)
{
  McSimFile *file = data;

  mc_sim_content_clear (&file->now);
  mc_sim_content_clear (&file->safe);
  g_array_unref (file->changes);
  g_free (file);
}

McSimDisk *
mc_sim_disk_new (const char *folder)
{
  McSimDisk *disk = g_new0 (McSimDisk, 1);

  if (disks == NULL)
    disks = g_hash_table_new (g_str_hash, g_str_equal);
  disk->folder = g_strdup (folder);
  disk->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  g_hash_table_insert (disks, disk->folder, disk);
  return disk;
}

void
mc_sim_disk_free (McSimDisk *disk)
{
  g_hash_table_remove (disks, disk->folder);
  g_hash_table_unref (disk->files);
  g_free (disk->folder);
  g_free (disk);
}

McSimDisk *
mc_sim_disk_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return disks ? g_hash_table_lookup (disks, folder) : NULL;
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash ? slash + 1 : path;
}

static McSimFile *
add_file (McSimDisk *disk, const char *name)
{
  McSimFile *file = g_new0 (McSimFile, 1);

  file->disk = disk;
  mc_sim_content_init (&file->now);
  mc_sim_content_init (&file->safe);
  file->changes = g_array_new (FALSE, TRUE, sizeof (Change));
  g_array_set_clear_func (file->changes, change_clear);
  g_hash_table_replace (disk->files, g_strdup (name), file);
  return file;
}

McSimFile *
mc_sim_disk_file (McSimDisk *disk, const char *path, gboolean make)
{
  McSimFile *file = g_hash_table_lookup (disk->files, base_name (path));

  return file == NULL && make ? add_file (disk, base_name (path)) : file;
}

void
mc_sim_disk_remove (McSimDisk *disk, const char *path)
{
  if (!disk->dead)
    g_hash_table_remove (disk->files, base_name (path));
}

void
mc_sim_disk_set_fault (McSimDisk *disk, McSimDiskFault fault, guint at)
{
  disk->fault = fault;
  disk->at = at;
  disk->calls = 0;
  disk->hit = FALSE;
}

McSimDiskFault
mc_sim_disk_fault (McSimDisk *disk)
{
  return disk->fault;
}

gboolean
mc_sim_disk_hit (McSimDisk *disk)
{
  return disk->hit;
}

gboolean
mc_sim_disk_dead (McSimDisk *disk)
{
  return disk->dead;
}

void
mc_sim_disk_stop (McSimDisk *disk)
{
  disk->dead = TRUE;
}

/* Counts a call; whether it gets through. */
static gboolean
call (McSimDisk *disk)
{
  gboolean now;

  if (disk->dead)
    return FALSE;
  if (disk->fault == MC_SIM_DISK_SOUND)
    return TRUE;
  disk->calls++;
  now = disk->fault == MC_SIM_DISK_FAIL ? disk->calls == disk->at : disk->calls >= disk->at;
  disk->hit = disk->hit || now;
  disk->dead = now && disk->fault == MC_SIM_DISK_CRASH;
  return !now;
}

McSimDisk *
mc_sim_file_disk (McSimFile *file)
{
  return file->disk;
}

gint64
mc_sim_file_size (McSimFile *file)
{
  return file->now.size;
}

gsize
mc_sim_file_read (McSimFile *file, void *bytes, gsize length, gint64 offset)
{
  return mc_sim_content_read (&file->now, bytes, length, offset);
}

static void
write_now (McSimFile *file, const void *bytes, gsize length, gint64 offset)
{
  Change change = { FALSE, offset, length, g_memdup2 (bytes, length) };

  g_array_append_val (file->changes, change);
  mc_sim_content_write (&file->now, bytes, length, offset);
}

gboolean
mc_sim_file_write (McSimFile *file, const void *bytes, gsize length, gint64 offset)
{
  gboolean was_dead = file->disk->dead;

  if (call (file->disk))
    {
      write_now (file, bytes, length, offset);
      return TRUE;
    }
  /* The write at which the machine stops may be half done. */
  if (file->disk->dead && !was_dead)
    write_now (file, bytes, length, offset);
  return FALSE;
}

gboolean
mc_sim_file_truncate (McSimFile *file, gint64 size)
{
  Change change = { TRUE, size, 0, NULL };

  if (!call (file->disk))
    return FALSE;
  g_array_append_val (file->changes, change);
  mc_sim_content_resize (&file->now, size);
  return TRUE;
}

gboolean
mc_sim_file_sync (McSimFile *file)
{
  if (!call (file->disk))
    return FALSE;
  mc_sim_content_copy (&file->safe, &file->now);
  g_array_set_size (file->changes, 0);
  return TRUE;
}

/* What a power cut leaves of one change: all, nothing, or whole sectors at its front. */
static gboolean
leave (McSimFile *file, const Change *change, McSimRandom *random)
{
  guint fate = mc_sim_random_below (random, 3);
  gsize length = change->length;

  if (fate == 0)
    return FALSE;
  if (change->truncates)
    {
      mc_sim_content_resize (&file->safe, change->offset);
      return FALSE;
    }
  if (fate == 1)
    length = mc_sim_random_below (random, (guint)(length / SECTOR) + 1) * SECTOR;
  mc_sim_content_write (&file->safe, change->bytes, length, change->offset);
  return fate == 1;
}

guint
mc_sim_disk_start (McSimDisk *disk, McSimRandom *random)
{
  GHashTableIter iter;
  gpointer value;
  guint torn = 0;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      McSimFile *file = value;

      for (guint i = 0; random != NULL && i < file->changes->len; i++)
        torn += leave (file, &g_array_index (file->changes, Change, i), random) ? 1 : 0;
      g_array_set_size (file->changes, 0);
      mc_sim_content_copy (random ? &file->now : &file->safe, random ? &file->safe : &file->now);
    }
  disk->dead = FALSE;
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
  return torn;
}

static void
content_free (gpointer data)
{
  mc_sim_content_clear (data);
  g_free (data);
}

McSimImage *
mc_sim_disk_image (McSimDisk *disk)
{
  McSimImage *image = g_new0 (McSimImage, 1);
  GHashTableIter iter;
  gpointer name, value;

  image->users = 1;
  image->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, content_free);
  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McSimContent *content = g_new0 (McSimContent, 1);

      mc_sim_content_init (content);
      mc_sim_content_copy (content, &((McSimFile *)value)->now);
      g_hash_table_insert (image->contents, g_strdup (name), content);
    }
  return image;
}

static void
empty (McSimFile *file)
{
  mc_sim_content_resize (&file->now, 0);
  mc_sim_content_resize (&file->safe, 0);
  g_array_set_size (file->changes, 0);
}

void
mc_sim_disk_restore (McSimDisk *disk, McSimImage *image)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, disk->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    empty (value);
  disk->dead = FALSE;
  mc_sim_disk_set_fault (disk, MC_SIM_DISK_SOUND, 0);
  if (image == NULL)
    return;
  g_hash_table_iter_init (&iter, image->contents);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      McSimFile *file = mc_sim_disk_file (disk, name, TRUE);

      mc_sim_content_copy (&file->now, value);
      mc_sim_content_copy (&file->safe, value);
    }
}

McSimImage *
mc_sim_image_ref (McSimImage *image)
{
  image->users++;
  return image;
}

void
mc_sim_image_unref (McSimImage *image)
{
  if (image == NULL || --image->users > 0)
    return;
  g_hash_table_unref (image->contents);
  g_free (image);
}
