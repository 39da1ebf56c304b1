/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-machine-secret.h"

#include "mc-error.h"
#include "mc-keys.h"
#include <libsecret/secret.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void
mc_machine_note_wipe (McMachineNote *note)
{
  sodium_memzero (note, sizeof *note);
}

static const SecretSchema *
machine_schema (void)
{
  static const SecretSchema schema = {
    "vn.motcua.MotCua.MachineKey",
    SECRET_SCHEMA_NONE,
    { { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

/* "EPOCH SECRET" */
static gboolean
read_note (const char *text, McMachineNote *ret_note)
{
  const char *space = strchr (text, ' ');

  if (space == NULL || !mc_base64_decode (space + 1, ret_note->secret, sizeof ret_note->secret))
    return FALSE;
  ret_note->epoch = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static char *
write_note (const McMachineNote *note)
{
  g_autofree char *secret = mc_base64_encode (note->secret, sizeof note->secret);

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", note->epoch, secret);
}

static gboolean
service_get (const McMachineSecret *self,
             const char *profile,
             McMachineNote *ret_note,
             GError **error)
{
  char *text = secret_password_lookup_nonpageable_sync (machine_schema (),
                                                        NULL,
                                                        error,
                                                        "profile",
                                                        profile,
                                                        NULL);
  gboolean ok = text != NULL && read_note (text, ret_note);

  secret_password_free (text);
  return ok;
}

static gboolean
service_put (const McMachineSecret *self,
             const char *profile,
             const McMachineNote *note,
             GError **error)
{
  char *text = write_note (note);
  McMachineNote back = { 0 };
  gboolean ok = secret_password_store_sync (machine_schema (),
                                            SECRET_COLLECTION_DEFAULT,
                                            "Một Cửa",
                                            text,
                                            NULL,
                                            error,
                                            "profile",
                                            profile,
                                            NULL);

  sodium_memzero (text, strlen (text));
  g_free (text);
  if (!ok)
    return FALSE;
  /* A service that takes and does not give would lock everybody out. */
  ok = service_get (self, profile, &back, error) &&
       sodium_memcmp (back.secret, note->secret, sizeof back.secret) == 0;
  mc_machine_note_wipe (&back);
  if (!ok && error != NULL && *error == NULL)
    g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, "the Secret Service keeps nothing");
  return ok;
}

const McMachineSecret *
mc_machine_secret_service (void)
{
  static McMachineSecret service = { service_get, service_put, NULL, NULL };
  static gsize looked;

  if (g_once_init_enter (&looked))
    {
      service.chip = mc_chip_here ();
      g_once_init_leave (&looked, 1);
    }
  return &service;
}

static gboolean
none_get (const McMachineSecret *self, const char *profile, McMachineNote *ret_note, GError **error)
{
  return FALSE;
}

static gboolean
none_put (const McMachineSecret *self,
          const char *profile,
          const McMachineNote *note,
          GError **error)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this machine keeps no secrets");
  return FALSE;
}

const McMachineSecret *
mc_machine_secret_none (void)
{
  static const McMachineSecret none = { none_get, none_put, NULL, NULL };

  return &none;
}

static GMutex memory_lock;
static GHashTable *memory; /* profile → McMachineNote */

static gboolean
memory_get (const McMachineSecret *self,
            const char *profile,
            McMachineNote *ret_note,
            GError **error)
{
  const McMachineNote *note;

  g_mutex_lock (&memory_lock);
  note = memory ? g_hash_table_lookup (memory, profile) : NULL;
  if (note != NULL)
    *ret_note = *note;
  g_mutex_unlock (&memory_lock);
  return note != NULL;
}

static gboolean
memory_put (const McMachineSecret *self,
            const char *profile,
            const McMachineNote *note,
            GError **error)
{
  g_mutex_lock (&memory_lock);
  if (memory == NULL)
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (memory, g_strdup (profile), g_memdup2 (note, sizeof *note));
  g_mutex_unlock (&memory_lock);
  return TRUE;
}

const McMachineSecret *
mc_machine_secret_memory (void)
{
  static const McMachineSecret kept = { memory_get, memory_put, NULL, NULL };

  return &kept;
}

static const SecretSchema *
device_schema (void)
{
  static const SecretSchema schema = {
    "vn.motcua.MotCua.DeviceKey",
    SECRET_SCHEMA_NONE,
    { { "device", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

char *
mc_old_device_key (const char *device)
{
  char *found;
  char *text;

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    return NULL;
  found = secret_password_lookup_sync (device_schema (), NULL, NULL, "device", device, NULL);
  text = g_strdup (found);
  secret_password_free (found);
  return text;
}

void
mc_old_device_key_forget (const char *device)
{
  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL)
    secret_password_clear_sync (device_schema (), NULL, NULL, "device", device, NULL);
}
