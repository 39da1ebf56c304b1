/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a province knows at its start that its database is an older copy. Database and keys folder
 * hold the same mark, which changes at each start and with each op of the province's own: a
 * database with another one comes from a backup, and ops made since then may be in the offices.
 */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"

#define MARK_FILE "mark"
#define FACT_MARK "mark"

static char *
mark_path (McProvince *province)
{
  return g_build_filename (province->data, "keys", MARK_FILE, NULL);
}

/* The mark beside the keys, NULL where there is none. */
static char *
read_mark (McProvince *province)
{
  g_autofree char *path = mark_path (province);
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return g_strchomp (text);
}

gboolean
_mc_province_mark (McProvince *province, GError **error)
{
  g_autofree char *mark = mc_id_new (mc_province_now (province));
  g_autofree char *path = mark_path (province);
  g_autoptr (GError) problem = NULL;

  if (!_mc_province_set_fact (province, FACT_MARK, mark, error))
    return FALSE;
  /* Before the commit: where the power goes between the two, the database only seems restored. */
  if (g_file_set_contents_full (path, mark, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &problem))
    return TRUE;
  g_set_error_literal (error, MC_ERROR, MC_ERROR_STORE, problem->message);
  return FALSE;
}

static gboolean
is_restored (McProvince *province, gboolean *ret_restored, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *kept = read_mark (province);
  g_autofree char *held =
      mc_db_text (province->db, &problem, "SELECT value FROM fact WHERE key = ?", "s", FACT_MARK);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *ret_restored = g_strcmp0 (kept, held) != 0;
  return TRUE;
}

/* Its own ops of before may still be in the offices: their numbers are not given twice. */
static gboolean
become_new (McProvince *province, GError **error)
{
  g_autofree char *device = mc_id_new (mc_province_now (province));

  g_message ("the database is an older copy: the province goes on as device %s", device);
  return _mc_province_set_fact (province, MC_FACT_DEVICE, device, error) &&
         _mc_province_set_fact_int (province, MC_FACT_N, 0, error);
}

/* What the register says of a device was said last: the database may be an older copy. */
static gboolean
follow_register (McProvince *province, const McDevice *device, GError **error)
{
  const McRegistered *said =
      g_hash_table_lookup (mc_register_devices (province->devices), device->id);

  return (said->suspended == device->suspended && said->public == device->public) ||
         mc_db_run (province->db,
                    error,
                    "UPDATE device SET suspended = ?, public = ? WHERE id = ?",
                    "iis",
                    (gint64)said->suspended,
                    (gint64)said->public,
                    device->id);
}

/* A device that the database has forgotten is taken in again; one that the register lacks is
 * written into it. */
static gboolean
agree_with_register (McProvince *province, GError **error)
{
  g_autoptr (GPtrArray) devices = mc_province_devices (province, error);
  GHashTable *registered = mc_register_devices (province->devices);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id, entry;

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const McDevice *device = devices->pdata[i];

      g_hash_table_add (known, device->id);
      if (!g_hash_table_contains (registered, device->id) &&
          !_mc_province_register (province, device, error))
        return FALSE;
      if (!follow_register (province, device, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, registered);
  while (devices != NULL && g_hash_table_iter_next (&iter, &id, &entry))
    if (!g_hash_table_contains (known, id) &&
        !_mc_province_take_back (province, ((McRegistered *)entry)->certificate, error))
      return FALSE;
  return devices != NULL;
}

gboolean
_mc_province_start (McProvince *province, GError **error)
{
  gboolean restored = FALSE;
  gboolean ok;

  if (!_mc_province_begin (province, error))
    return FALSE;
  ok = is_restored (province, &restored, error) && (!restored || become_new (province, error)) &&
       agree_with_register (province, error) && _mc_province_mark (province, error);
  return _mc_province_end (province, ok, error);
}
