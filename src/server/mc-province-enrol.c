/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <sodium.h>
#include <stdlib.h>

#define SLOTS 10000
/* How often one device may enrol anew in a day. */
#define AGAIN_MAX 10
#define AGAIN_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static char *
invite (McProvince *province, const char *office, gboolean public, GError **error)
{
  g_autofree char *code = mc_keyring_code_new ();
  g_autofree char *hash = mc_keyring_code_hash (province->keyring, code, public);
  if (!mc_db_run (province->db,
                  error,
                  "INSERT INTO invite (hash, office, made) VALUES (?, ?, ?)",
                  "ssi",
                  hash,
                  office,
                  mc_province_now (province)))
    return NULL;
  return g_steal_pointer (&code);
}

char *
mc_province_invite (McProvince *province, const char *office, GError **error)
{
  g_return_val_if_fail (province != NULL && office != NULL, NULL);

  return invite (province, office, FALSE, error);
}

char *
mc_province_invite_public (McProvince *province, const char *office, GError **error)
{
  g_return_val_if_fail (province != NULL && office != NULL, NULL);

  return invite (province, office, TRUE, error);
}

static void
use_slot (gboolean *used, const char *slot)
{
  int number = slot != NULL ? atoi (slot) : -1;

  if (number >= 0 && number < SLOTS)
    used[number] = TRUE;
}

/* What the register has and the database forgot is printed on paper too. */
static void
use_registered (McProvince *province, gboolean *used)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, mc_register_devices (province->devices));
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      g_autoptr (McCertificate) paper = mc_certificate_parse (((McRegistered *)entry)->certificate,
                                                              mc_province_key (province),
                                                              NULL);

      use_slot (used, paper != NULL ? paper->slot : NULL);
    }
}

/* At random from the free ones: a restored server that counted up would print numbers twice. */
static char *
draw_slot (McProvince *province, GError **error)
{
  g_autoptr (GPtrArray) taken =
      _mc_province_column (province, "SELECT slot FROM device", NULL, error);
  g_autofree gboolean *used = g_new0 (gboolean, SLOTS);
  guint free_slots = 0;
  guint pick;

  if (taken == NULL)
    return NULL;
  for (guint i = 0; i < taken->len; i++)
    use_slot (used, taken->pdata[i]);
  use_registered (province, used);
  for (guint slot = 0; slot < SLOTS; slot++)
    free_slots += used[slot] ? 0 : 1;
  if (free_slots == 0)
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_REFUSED,
                           "every slot of the province is taken");
      return NULL;
    }
  pick = randombytes_uniform (free_slots);
  for (guint slot = 0; slot < SLOTS; slot++)
    if (!used[slot] && pick-- == 0)
      return g_strdup_printf ("%04u", slot);
  g_return_val_if_reached (NULL);
}

static gboolean
wrong_code (GError **error)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_SECRET, "the enrolment code is wrong or used");
  return FALSE;
}

/* The device that has spent the code, where it asks again with the key it had. */
static McDevice *
enrolled_before (McProvince *province, const char *id, const McPublicKey *key, GError **error)
{
  g_autoptr (McDevice) device = mc_province_device (province, id, error);

  if (device == NULL)
    return NULL;
  if (sodium_memcmp (device->key.bytes, key->bytes, MC_KEY_PUBLIC_BYTES) != 0 || device->suspended)
    {
      wrong_code (error);
      return NULL;
    }
  return g_steal_pointer (&device);
}

static McDevice *
make_device (McProvince *province,
             const char *office,
             const McPublicKey *key,
             gboolean public,
             const char *copy_of,
             GError **error)
{
  g_autoptr (McDevice) device = g_new0 (McDevice, 1);

  device->enrolled_ms = mc_province_now (province);
  device->id = mc_id_new (device->enrolled_ms);
  device->office = g_strdup (office);
  device->key = *key;
  device->public = public;
  device->slot = draw_slot (province, error);
  if (device->slot == NULL || !_mc_province_keep_device (province, device, copy_of, error))
    return NULL;
  return g_steal_pointer (&device);
}

static McDevice *
enrol_new (McProvince *province,
           const char *hash,
           const char *office,
           const McPublicKey *key,
           gboolean public,
           GError **error)
{
  g_autoptr (McDevice) device = make_device (province, office, key, public, NULL, error);

  if (device == NULL || !mc_db_run (province->db,
                                    error,
                                    "UPDATE invite SET used_at = ?, device = ? WHERE hash = ?",
                                    "iss",
                                    device->enrolled_ms,
                                    device->id,
                                    hash))
    return NULL;
  return g_steal_pointer (&device);
}

/* @ret_there: whether there is such an invitation at all. */
static McDevice *
spend (McProvince *province,
       const char *code,
       gboolean public,
       const McPublicKey *key,
       gboolean *ret_there,
       GError **error)
{
  g_autofree char *hash = mc_keyring_code_hash (province->keyring, code, public);
  g_autoptr (McQuery) query = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *office = NULL;
  g_autofree char *device = NULL;

  query = mc_db_query (province->db,
                       error,
                       "SELECT office, device FROM invite WHERE hash = ?",
                       "s",
                       hash);
  if (query == NULL)
    return NULL;
  *ret_there = mc_query_next (query, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (!*ret_there)
    return NULL;
  office = g_strdup (mc_query_text (query, 0));
  device = g_strdup (mc_query_text (query, 1));
  g_clear_pointer (&query, mc_query_done);
  return device != NULL ? enrolled_before (province, device, key, error)
                        : enrol_new (province, hash, office, key, public, error);
}

/* What an invitation is for is part of what is kept of its code: it was given as one or the other.
 */
static McDevice *
spend_either (McProvince *province, const char *code, const McPublicKey *key, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean there = FALSE;
  McDevice *device = spend (province, code, FALSE, key, &there, &problem);

  if (!there && problem == NULL)
    device = spend (province, code, TRUE, key, &there, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (!there)
    wrong_code (error);
  return device;
}

static McAdmission *
admit (McProvince *province, McDevice *device, GError **error)
{
  g_autoptr (McAdmission) admission = g_new0 (McAdmission, 1);
  g_autoptr (McCertificate) certificate = NULL;

  admission->device = device;
  admission->office_code =
      mc_db_text (province->db, error, "SELECT code FROM office WHERE id = ?", "s", device->office);
  if (admission->office_code == NULL)
    return NULL;
  admission->office_name =
      mc_db_text (province->db, error, "SELECT name FROM office WHERE id = ?", "s", device->office);
  if (admission->office_name == NULL)
    return NULL;
  if (!_mc_province_practises (province, device->office, &admission->practice, error))
    return NULL;
  certificate = _mc_province_certify (province, device);
  admission->certificate = g_strdup (certificate->text);
  return g_steal_pointer (&admission);
}

McAdmission *
mc_province_enrol (McProvince *province, const char *code, const McPublicKey *key, GError **error)
{
  g_autoptr (McAdmission) admission = NULL;
  McDevice *device;

  g_return_val_if_fail (province != NULL && code != NULL && key != NULL, NULL);

  if (!_mc_province_begin (province, error))
    return NULL;
  device = spend_either (province, code, key, error);
  if (device != NULL)
    admission = admit (province, device, error);
  if (!_mc_province_end (province, admission != NULL, error))
    return NULL;
  return g_steal_pointer (&admission);
}

/* The device that has enrolled anew from @old with @key already: the answer was lost. */
static gboolean
again_before (McProvince *province,
              const char *old,
              const McPublicKey *key,
              McDevice **ret_device,
              GError **error)
{
  g_autofree char *text = mc_base64_encode (key->bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = mc_db_text (province->db,
                                    &problem,
                                    "SELECT id FROM device WHERE copy_of = ? AND key = ?",
                                    "ss",
                                    old,
                                    text);

  if (id != NULL)
    *ret_device = mc_province_device (province, id, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
not_again (GError **error)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_SECRET, "a suspended desk, or its old key");
  return FALSE;
}

/* Numbers on paper are few: a desk that loops does not take them all. */
static gboolean
may_again (McProvince *province, const McDevice *old, const McPublicKey *key, GError **error)
{
  gint64 lately = 0;

  if (old->suspended || sodium_memcmp (old->key.bytes, key->bytes, MC_KEY_PUBLIC_BYTES) == 0)
    return not_again (error);
  if (!mc_db_int (province->db,
                  error,
                  &lately,
                  "SELECT count (*) FROM device WHERE copy_of = ? AND enrolled > ?",
                  "si",
                  old->id,
                  mc_province_now (province) - AGAIN_MS))
    return FALSE;
  if (lately < AGAIN_MAX)
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "it enrols anew too often");
  return FALSE;
}

McAdmission *
mc_province_enrol_again (McProvince *province,
                         const McDevice *old,
                         const McPublicKey *key,
                         GError **error)
{
  g_autoptr (McAdmission) admission = NULL;
  g_autoptr (McDevice) before = NULL;
  McDevice *device = NULL;
  gboolean ok;

  g_return_val_if_fail (province != NULL && old != NULL && key != NULL, NULL);

  if (!_mc_province_begin (province, error))
    return NULL;
  ok = again_before (province, old->id, key, &before, error);
  if (ok && before != NULL && (old->suspended || before->suspended))
    ok = not_again (error);
  else if (ok && before == NULL)
    ok = may_again (province, old, key, error);
  if (ok)
    device = before != NULL ? g_steal_pointer (&before)
                            : make_device (province, old->office, key, old->public, old->id, error);
  if (device != NULL)
    admission = admit (province, device, error);
  if (!_mc_province_end (province, admission != NULL, error))
    return NULL;
  return g_steal_pointer (&admission);
}
