/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-store-private.h"

#include "mc-error.h"
#include "mc-hygiene.h"
#include "mc-machine-secret.h"
#include "mc-practice.h"
#include "mc-worker.h"
#include <sodium.h>
#include <string.h>

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
  enrolment->practice = mc_store_practice (store);
  return enrolment;
}

/* Where version 1 kept the key: the first one has the plain name; one that a copied desk enrolled
 * anew with has its device's name beside it. */
static char *
old_key (McStore *store, const char *device)
{
  g_autofree char *own = g_strconcat (device, ".key", NULL);
  g_autofree char *own_path = g_build_filename (store->profile, own, NULL);
  g_autofree char *path = g_build_filename (store->profile, "device.key", NULL);
  char *text = NULL;

  if (g_file_get_contents (own_path, &text, NULL, NULL) ||
      g_file_get_contents (path, &text, NULL, NULL))
    return text;
  return mc_old_device_key (device);
}

static void
forget_old_key (McStore *store, const char *device)
{
  g_autofree char *own = g_strconcat (device, ".key", NULL);
  g_autofree char *own_path = g_build_filename (store->profile, own, NULL);
  g_autofree char *path = g_build_filename (store->profile, "device.key", NULL);

  mc_shred (own_path);
  mc_shred (path);
  mc_old_device_key_forget (device);
}

static gboolean
set_key_fact (McStore *store, const char *fact, const McSecretKey *key, GError **error)
{
  g_autofree char *text = mc_base64_encode (key->bytes, sizeof key->bytes);
  gboolean ok = mc_store_set_fact (store, fact, text, error);

  sodium_memzero (text, strlen (text));
  return ok;
}

static gboolean
key_fact (McStore *store, const char *fact, McSecretKey *ret_key)
{
  g_autofree char *text = mc_store_fact (store, fact);
  gboolean ok = text != NULL && mc_base64_decode (text, ret_key->bytes, sizeof ret_key->bytes);

  if (text != NULL)
    sodium_memzero (text, strlen (text));
  return ok;
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

  if (!mc_db_begin (store->db, error))
    return FALSE;
  mc_store_mark_changed (store);
  g_clear_pointer (&store->key, g_free);
  for (guint i = 0; ok && i < G_N_ELEMENTS (facts); i++)
    ok = mc_store_set_fact (store, facts[i].name, facts[i].value ? facts[i].value : "", error);
  /* Known from the first hour, so that nothing is sent before the feed says it. */
  ok = ok && (!enrolment->practice || mc_store_set_practice (store, error));
  ok = ok && mc_store_first_begin (store, error) &&
       set_key_fact (store, "device_key", key, error) &&
       mc_store_set_fact (store, "next_key", "", error) &&
       mc_store_set_fact (store, "invitation", "", error) &&
       mc_store_set_fact_int (store, "n", 0, error) &&
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

/* "" where there is none. */
static char *
word_fact (McStore *store, const char *fact)
{
  g_autofree char *text = mc_store_fact (store, fact);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

char *
mc_store_invitation (McStore *store)
{
  return word_fact (store, "invitation");
}

char *
mc_store_invitation_refused (McStore *store)
{
  return word_fact (store, "invitation_refused");
}

static gboolean
note_invitation (McStore *store, const char *code, const char *refused, GError **error)
{
  mc_store_mark_changed (store);
  return mc_db_begin (store->db, error) &&
         mc_db_finish (store->db,
                       mc_store_set_fact (store, "invitation", code, error) &&
                           mc_store_set_fact (store, "invitation_refused", refused, error),
                       error);
}

gboolean
mc_store_set_invitation (McStore *store, const char *code, GError **error)
{
  return note_invitation (store, code, "", error);
}

gboolean
mc_store_refuse_invitation (McStore *store, const char *why, GError **error)
{
  return note_invitation (store, "", why, error);
}

gboolean
mc_store_next_key (McStore *store, McSecretKey *ret_key, GError **error)
{
  g_autofree char *where = mc_store_fact (store, "next_key_machine");
  McPublicKey public;

  /* A copy that was taken meanwhile must not become the same device. */
  if (g_strcmp0 (where, store->machine) == 0 && key_fact (store, "next_key", ret_key))
    return TRUE;
  mc_keys_make (&public, ret_key);
  /* Both or neither: another's key under this machine's name would make two PCs one device. */
  if (!mc_db_begin (store->db, error))
    return FALSE;
  return mc_db_finish (store->db,
                       mc_store_set_fact (store, "next_key_machine", store->machine, error) &&
                           set_key_fact (store, "next_key", ret_key, error),
                       error);
}

gboolean
mc_store_adopt_key (McStore *store, GError **error)
{
  g_autofree char *device = mc_store_fact (store, "device");
  g_autofree char *text = NULL;
  McSecretKey key;
  gboolean ok;

  if (device == NULL)
    return TRUE;
  if (key_fact (store, "device_key", &key))
    {
      mc_secret_key_wipe (&key);
      return TRUE;
    }
  text = old_key (store, device);
  if (text == NULL || !mc_base64_decode (g_strstrip (text), key.bytes, sizeof key.bytes))
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_DAMAGED,
                           "the key of this desk cannot be read");
      return FALSE;
    }
  ok = set_key_fact (store, "device_key", &key, error);
  sodium_memzero (text, strlen (text));
  mc_secret_key_wipe (&key);
  return ok;
}

void
mc_store_drop_old_key (McStore *store)
{
  g_autofree char *device = mc_store_fact (store, "device");

  if (device != NULL)
    forget_old_key (store, device);
}

gboolean
mc_store_device_key (McStore *store, McSecretKey *ret_key, GError **error)
{
  g_autofree char *device = NULL;

  if (store->key != NULL)
    {
      *ret_key = *store->key;
      return TRUE;
    }
  device = mc_store_fact (store, "device");
  if (device == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_NOT_FOUND, "this desk is not enrolled");
      return FALSE;
    }
  if (!key_fact (store, "device_key", ret_key))
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_DAMAGED,
                           "the key of this desk cannot be read");
      return FALSE;
    }
  store->key = g_new (McSecretKey, 1);
  *store->key = *ret_key;
  return TRUE;
}
