/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-error.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void
mc_enrolment_free (McEnrolment *enrolment)
{
  if (enrolment == NULL)
    return;
  g_free (enrolment->device);
  g_free (enrolment->office);
  g_free (enrolment->office_code);
  g_free (enrolment->office_name);
  g_free (enrolment->slot);
  g_free (enrolment->server);
  g_free (enrolment->certificate);
  g_free (enrolment->province_key);
  g_free (enrolment);
}

McEnrolment *
mc_store_enrolment (McStore *store)
{
  g_autofree char *device = mc_store_fact (store, "device");
  McEnrolment *enrolment;

  if (device == NULL)
    return NULL;
  enrolment = g_new0 (McEnrolment, 1);
  enrolment->device = g_steal_pointer (&device);
  enrolment->office = mc_store_fact (store, "office");
  enrolment->office_code = mc_store_fact (store, "office_code");
  enrolment->office_name = mc_store_fact (store, "office_name");
  enrolment->slot = mc_store_fact (store, "slot");
  enrolment->server = mc_store_fact (store, "server");
  enrolment->certificate = mc_store_fact (store, "certificate");
  enrolment->province_key = mc_store_fact (store, "province_key");
  return enrolment;
}

static const SecretSchema *
key_schema (void)
{
  static const SecretSchema schema = {
    "vn.motcua.MotCua.DeviceKey",
    SECRET_SCHEMA_NONE,
    { { "device", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };

  return &schema;
}

static gboolean
secret_service_wanted (void)
{
  return g_strcmp0 (g_getenv ("MC_KEYS"), "file") != 0 &&
         g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL;
}

/* The first key has the plain name. One that a copied desk enrols anew with has its device's name
 * beside it, so that until the database says otherwise the old device can still speak. */
static char *
key_path (McStore *store, const char *device)
{
  g_autofree char *own = g_strconcat (device, ".key", NULL);
  g_autofree char *path = g_build_filename (store->profile, own, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  return g_build_filename (store->profile, "device.key", NULL);
}

static char *
new_key_path (McStore *store, const char *device)
{
  g_autofree char *known = mc_store_fact (store, "device");
  g_autofree char *own = g_strconcat (known ? device : "device", ".key", NULL);

  return g_build_filename (store->profile, own, NULL);
}

static gboolean
write_key_file (McStore *store, const char *device, const char *text, GError **error)
{
  g_autofree char *path = new_key_path (store, device);

  return g_file_set_contents_full (path,
                                   text,
                                   -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

/* Into the Secret Service where one answers and gives it back, else into a file that only its owner
 * reads. */
static gboolean
keep_key (McStore *store, const char *device, const McSecretKey *key, GError **error)
{
  g_autofree char *text = mc_base64_encode (key->bytes, sizeof key->bytes);
  gboolean kept = FALSE;

  if (secret_service_wanted ())
    {
      g_autofree char *back = NULL;

      kept = secret_password_store_sync (key_schema (),
                                         SECRET_COLLECTION_DEFAULT,
                                         "Một Cửa",
                                         text,
                                         NULL,
                                         NULL,
                                         "device",
                                         device,
                                         NULL);
      if (kept)
        back = secret_password_lookup_sync (key_schema (), NULL, NULL, "device", device, NULL);
      kept = kept && g_strcmp0 (back, text) == 0;
    }
  return kept || write_key_file (store, device, text, error);
}

gboolean
mc_store_set_enrolment (McStore *store,
                        const McEnrolment *enrolment,
                        const McSecretKey *key,
                        GError **error)
{
  const struct
  {
    const char *name;
    const char *value;
  } facts[] = {
    { "office", enrolment->office },
    { "office_code", enrolment->office_code },
    { "office_name", enrolment->office_name },
    { "slot", enrolment->slot },
    { "server", enrolment->server },
    { "certificate", enrolment->certificate },
    { "province_key", enrolment->province_key },
    { "device", enrolment->device },
  };
  gboolean ok = TRUE;

  /* The key first: a device without its key could never say anything. */
  if (!keep_key (store, enrolment->device, key, error) || !mc_db_begin (store->db, error))
    return FALSE;
  g_clear_pointer (&store->key, g_free);
  for (guint i = 0; ok && i < G_N_ELEMENTS (facts); i++)
    ok = mc_store_set_fact (store, facts[i].name, facts[i].value ? facts[i].value : "", error);
  ok = ok && mc_store_set_fact_int (store, "n", 0, error) &&
       mc_store_set_fact (store, "copy", "", error) &&
       mc_store_set_fact (store, "machine", store->machine, error) &&
       mc_db_run (store->db,
                  error,
                  "INSERT OR REPLACE INTO own_device (device, certificate) VALUES (?1, ?2)",
                  "ss",
                  enrolment->device,
                  enrolment->certificate ? enrolment->certificate : "");
  return mc_db_finish (store->db, ok, error);
}

gboolean
mc_store_key_in_file (McStore *store)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autofree char *path = key_path (store, device ? device : "device");

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
read_key (McStore *store, McSecretKey *key, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autofree char *path = key_path (store, device ? device : "device");
  g_autofree char *text = NULL;

  if (device == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
      return FALSE;
    }
  if (secret_service_wanted ())
    text = secret_password_lookup_sync (key_schema (), NULL, NULL, "device", device, NULL);
  if (text == NULL)
    g_file_get_contents (path, &text, NULL, NULL);
  if (text != NULL && mc_base64_decode (g_strstrip (text), key->bytes, sizeof key->bytes))
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_DAMAGED, "the key of this desk cannot be read");
  return FALSE;
}

gboolean
mc_store_device_key (McStore *store, McSecretKey *ret_key, GError **error)
{
  if (store->key == NULL)
    {
      McSecretKey key;

      if (!read_key (store, &key, error))
        return FALSE;
      store->key = g_new (McSecretKey, 1);
      *store->key = key;
      mc_secret_key_wipe (&key);
    }
  *ret_key = *store->key;
  return TRUE;
}
