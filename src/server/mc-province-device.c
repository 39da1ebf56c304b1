/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define DEVICE_COLUMNS "SELECT id, office, slot, key, enrolled, suspended, public FROM device "

void
mc_device_free (McDevice *device)
{
  if (device == NULL)
    return;
  g_free (device->id);
  g_free (device->office);
  g_free (device->slot);
  g_free (device);
}

void
mc_admission_free (McAdmission *admission)
{
  if (admission == NULL)
    return;
  mc_device_free (admission->device);
  g_free (admission->office_code);
  g_free (admission->office_name);
  g_free (admission->certificate);
  g_free (admission);
}

static McDevice *
read_device (McQuery *query, GError **error)
{
  g_autoptr (McDevice) device = g_new0 (McDevice, 1);

  device->id = g_strdup (mc_query_text (query, 0));
  device->office = g_strdup (mc_query_text (query, 1));
  device->slot = g_strdup (mc_query_text (query, 2));
  device->enrolled_ms = mc_query_int (query, 4);
  device->suspended = mc_query_int (query, 5) != 0;
  device->public = mc_query_int (query, 6) != 0;
  if (!mc_base64_decode (mc_query_text (query, 3), device->key.bytes, MC_KEY_PUBLIC_BYTES))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_DAMAGED, "device %s has no key", device->id);
      return NULL;
    }
  return g_steal_pointer (&device);
}

McDevice *
mc_province_device (McProvince *province, const char *id, GError **error)
{
  g_autoptr (McQuery) query = NULL;

  g_return_val_if_fail (province != NULL && id != NULL, NULL);

  query = mc_db_query (province->db, error, DEVICE_COLUMNS "WHERE id = ?", "s", id);
  if (query == NULL || !mc_query_next (query, error))
    return NULL;
  return read_device (query, error);
}

GPtrArray *
mc_province_devices (McProvince *province, GError **error)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_device_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = NULL;

  g_return_val_if_fail (province != NULL, NULL);

  query = mc_db_query (province->db, error, DEVICE_COLUMNS "ORDER BY office, slot", "");
  if (query == NULL)
    return NULL;
  while (problem == NULL && mc_query_next (query, &problem))
    {
      McDevice *device = read_device (query, &problem);

      if (device != NULL)
        g_ptr_array_add (devices, device);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&devices);
}

static gboolean
is_known (McProvince *province, const char *device, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDevice) known = mc_province_device (province, device, &problem);

  if (known != NULL)
    return TRUE;
  if (problem == NULL)
    g_set_error (&problem, MC_ERROR, MC_ERROR_NOT_FOUND, "no device %s", device);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_province_suspend (McProvince *province, const char *device, gboolean suspended, GError **error)
{
  g_return_val_if_fail (province != NULL && device != NULL, FALSE);

  return is_known (province, device, error) &&
         mc_register_suspend (province->devices, device, suspended, error) &&
         mc_db_run (province->db,
                    error,
                    "UPDATE device SET suspended = ? WHERE id = ?",
                    "is",
                    (gint64)(suspended ? 1 : 0),
                    device);
}

gboolean
mc_province_set_public (McProvince *province, const char *device, gboolean public, GError **error)
{
  g_return_val_if_fail (province != NULL && device != NULL, FALSE);

  return is_known (province, device, error) &&
         mc_register_public (province->devices, device, public, error) &&
         mc_db_run (province->db,
                    error,
                    "UPDATE device SET public = ? WHERE id = ?",
                    "is",
                    (gint64)(public ? 1 : 0),
                    device);
}

gboolean
_mc_province_desk_kind (McProvince *province,
                        const McDevice *device,
                        McDeskKind *ret_kind,
                        GError **error)
{
  gint64 others = 0;

  *ret_kind = MC_DESK_OWN;
  if (!device->public)
    return TRUE;
  if (!mc_db_int (province->db,
                  error,
                  &others,
                  "SELECT count (*) FROM device WHERE office = ? AND public = 0 AND suspended = 0",
                  "s",
                  device->office))
    return FALSE;
  *ret_kind = others > 0 ? MC_DESK_PUBLIC : MC_DESK_PUBLIC_ALONE;
  return TRUE;
}

McCertificate *
_mc_province_certify (McProvince *province, const McDevice *device)
{
  return mc_certificate_issue (&province->keyring->secret,
                               device->id,
                               device->office,
                               device->slot,
                               &device->key,
                               device->enrolled_ms);
}

gboolean
_mc_province_register (McProvince *province, const McDevice *device, GError **error)
{
  g_autoptr (McCertificate) certificate = _mc_province_certify (province, device);

  return mc_register_add (province->devices, certificate, error) &&
         mc_register_suspend (province->devices, device->id, device->suspended, error) &&
         mc_register_public (province->devices, device->id, device->public, error);
}

/* @copy_of: (nullable): the device that enrolled anew as this one. */
static gboolean
insert_device (McProvince *province, const McDevice *device, const char *copy_of, GError **error)
{
  g_autofree char *key = mc_base64_encode (device->key.bytes, MC_KEY_PUBLIC_BYTES);

  return mc_db_run (province->db,
                    error,
                    "INSERT INTO device (id, office, key, slot, enrolled, suspended, public, seen,"
                    " copy_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    "ssssiiiis",
                    device->id,
                    device->office,
                    key,
                    device->slot,
                    device->enrolled_ms,
                    (gint64)device->suspended,
                    (gint64)device->public,
                    mc_province_now (province),
                    copy_of);
}

/* The register before the database: what is on paper must never be forgotten. */
gboolean
_mc_province_keep_device (McProvince *province,
                          const McDevice *device,
                          const char *copy_of,
                          GError **error)
{
  return _mc_province_register (province, device, error) &&
         insert_device (province, device, copy_of, error);
}

/* What a certificate says, and what the register says of it: a suspended one stays so. */
static McDevice *
device_of (McProvince *province, const McCertificate *paper)
{
  const McRegistered *registered =
      g_hash_table_lookup (mc_register_devices (province->devices), paper->device);
  McDevice *device = g_new0 (McDevice, 1);

  device->id = g_strdup (paper->device);
  device->office = g_strdup (paper->office);
  device->slot = g_strdup (paper->slot);
  device->key = paper->key;
  device->enrolled_ms = paper->issued_ms;
  device->suspended = registered != NULL && registered->suspended;
  device->public = registered != NULL && registered->public;
  return device;
}

gboolean
_mc_province_take_back (McProvince *province, const char *certificate, GError **error)
{
  g_autoptr (McCertificate) paper =
      mc_certificate_parse (certificate, mc_province_key (province), error);
  g_autoptr (McDevice) device = paper != NULL ? device_of (province, paper) : NULL;

  return device != NULL && insert_device (province, device, NULL, error);
}

McDevice *
mc_province_readmit (McProvince *province,
                     const char *device,
                     const char *certificate,
                     GError **error)
{
  g_autoptr (McCertificate) paper = NULL;
  g_autoptr (McDevice) known = NULL;

  g_return_val_if_fail (province != NULL && device != NULL && certificate != NULL, NULL);

  paper = mc_certificate_parse (certificate, mc_province_key (province), error);
  if (paper == NULL)
    return NULL;
  if (!g_str_equal (paper->device, device) || strlen (paper->slot) != 4)
    {
      g_set_error_literal (error,
                           MC_ERROR,
                           MC_ERROR_SIGNATURE,
                           "the certificate of another device");
      return NULL;
    }
  known = device_of (province, paper);
  if (!_mc_province_keep_device (province, known, NULL, error))
    return NULL;
  return g_steal_pointer (&known);
}
