/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-register.h"

#include "mc-error.h"
#include "mc-id.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define REGISTER_FILE "devices"
/* A line is a certificate, or one of these words and a device's id. */
#define SUSPEND "suspend "
#define RESUME "resume "
#define PUBLIC "public "
#define PRIVATE "private "

struct _McRegister
{
  char *path;
  GHashTable *devices; /* id → McRegistered */
};

static void
registered_free (McRegistered *registered)
{
  g_free (registered->certificate);
  g_free (registered);
}

static void
put (McRegister *devices, const McCertificate *certificate)
{
  McRegistered *registered = g_new0 (McRegistered, 1);

  registered->certificate = g_strdup (certificate->text);
  g_hash_table_replace (devices->devices, g_strdup (certificate->device), registered);
}

/* Whether the line is a word about a device; where it is known, it is followed. */
static gboolean
read_word (McRegister *devices, const char *line)
{
  static const struct
  {
    const char *word;
    gsize member;
    gboolean value;
  } words[] = {
    { SUSPEND, G_STRUCT_OFFSET (McRegistered, suspended), TRUE },
    { RESUME, G_STRUCT_OFFSET (McRegistered, suspended), FALSE },
    { PUBLIC, G_STRUCT_OFFSET (McRegistered, public), TRUE },
    { PRIVATE, G_STRUCT_OFFSET (McRegistered, public), FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (line, words[i].word))
      {
        McRegistered *registered =
            g_hash_table_lookup (devices->devices, line + strlen (words[i].word));

        if (registered != NULL)
          G_STRUCT_MEMBER (gboolean, registered, words[i].member) = words[i].value;
        return TRUE;
      }
  return FALSE;
}

static void
read_line (McRegister *devices, const char *line, const McPublicKey *province)
{
  g_autoptr (McCertificate) certificate = NULL;

  if (!read_word (devices, line) &&
      (certificate = mc_certificate_parse (line, province, NULL)) != NULL &&
      mc_id_valid (certificate->device))
    put (devices, certificate);
}

McRegister *
mc_register_load (const char *dir, const McPublicKey *province, GError **error)
{
  g_autoptr (McRegister) devices = g_new0 (McRegister, 1);
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (dir != NULL && province != NULL, NULL);

  devices->path = g_build_filename (dir, REGISTER_FILE, NULL);
  devices->devices =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)registered_free);
  if (!g_file_get_contents (devices->path, &text, NULL, &problem) &&
      !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, problem->message);
      return NULL;
    }
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (devices, lines[i], province);
  return g_steal_pointer (&devices);
}

void
mc_register_free (McRegister *devices)
{
  if (devices == NULL)
    return;
  g_clear_pointer (&devices->devices, g_hash_table_unref);
  g_free (devices->path);
  g_free (devices);
}

GHashTable *
mc_register_devices (McRegister *devices)
{
  return devices->devices;
}

/* Begins with a newline of its own: what a power cut left of the line before spoils no other. */
static gboolean
append (McRegister *devices, const char *first, const char *second, GError **error)
{
  g_autofree char *line = g_strconcat ("\n", first, second, "\n", NULL);
  gsize size = strlen (line);
  int fd = open (devices->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  gboolean ok = fd >= 0 && write (fd, line, size) == (gssize)size && fsync (fd) == 0;

  if (!ok)
    g_set_error (error,
                 MC_ERROR,
                 errno == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
                 "cannot write %s: %s",
                 devices->path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
mc_register_add (McRegister *devices, const McCertificate *certificate, GError **error)
{
  if (g_hash_table_contains (devices->devices, certificate->device))
    return TRUE;
  if (!append (devices, certificate->text, "", error))
    return FALSE;
  put (devices, certificate);
  return TRUE;
}

gboolean
mc_register_suspend (McRegister *devices, const char *device, gboolean suspended, GError **error)
{
  McRegistered *registered = g_hash_table_lookup (devices->devices, device);

  if (registered == NULL || registered->suspended == suspended)
    return TRUE;
  if (!append (devices, suspended ? SUSPEND : RESUME, device, error))
    return FALSE;
  registered->suspended = suspended;
  return TRUE;
}

gboolean
mc_register_public (McRegister *devices, const char *device, gboolean public, GError **error)
{
  McRegistered *registered = g_hash_table_lookup (devices->devices, device);

  if (registered == NULL || registered->public == public)
    return TRUE;
  if (!append (devices, public ? PUBLIC : PRIVATE, device, error))
    return FALSE;
  registered->public = public;
  return TRUE;
}
