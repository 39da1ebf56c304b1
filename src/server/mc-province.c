/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-id.h"
#include "mc-server-resources.h"
#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

static char *
database_path (const char *data)
{
  return g_build_filename (data, "server.sqlite", NULL);
}

static gboolean
make_dir (const char *data, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (data, name, NULL);

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error,
               MC_ERROR,
               errno == ENOSPC ? MC_ERROR_FULL : MC_ERROR_STORE,
               "cannot make %s: %s",
               path,
               g_strerror (errno));
  return FALSE;
}

static McProvince *
open_files (const char *data, const McClock *clock, GError **error)
{
  g_autoptr (McProvince) province = g_new0 (McProvince, 1);
  g_autofree char *keys = g_build_filename (data, "keys", NULL);
  g_autofree char *path = database_path (data);

  /* The archive is in a static library: this call is what links it in. */
  g_resources_register (mc_server_get_resource ());
  province->data = g_strdup (data);
  province->clock = clock;
  province->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  province->heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  province->keyring = mc_keyring_load (keys, error);
  if (province->keyring == NULL)
    return NULL;
  province->devices = mc_register_load (keys, &province->keyring->public, error);
  if (province->devices == NULL)
    return NULL;
  province->db = mc_db_open (path, MC_DB_WRITE, error);
  if (province->db == NULL ||
      !mc_db_migrate (province->db, MC_PROVINCE_RESOURCES, MC_PROVINCE_VERSION, error))
    return NULL;
  return g_steal_pointer (&province);
}

char *
_mc_province_own_device (McProvince *province, GError **error)
{
  return mc_db_text (province->db,
                     error,
                     "SELECT value FROM fact WHERE key = ?",
                     "s",
                     MC_FACT_DEVICE);
}

gboolean
mc_province_init (const char *data, const McClock *clock, GError **error)
{
  g_autoptr (McProvince) province = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *device = NULL;

  g_return_val_if_fail (data != NULL && clock != NULL, FALSE);

  keys = g_build_filename (data, "keys", NULL);
  if (!make_dir (data, "blobs", error) || !mc_keyring_make (keys, error))
    return FALSE;
  province = open_files (data, clock, error);
  if (province == NULL)
    return FALSE;
  device = _mc_province_own_device (province, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (device != NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_REFUSED, "%s holds a province already", data);
      return FALSE;
    }
  device = mc_id_new (mc_clock_wall (clock));
  return _mc_province_begin (province, error) &&
         _mc_province_end (province,
                           _mc_province_set_fact (province, MC_FACT_DEVICE, device, error),
                           error);
}

McProvince *
mc_province_open (const char *data, const McClock *clock, GError **error)
{
  g_autoptr (McProvince) province = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = NULL;
  g_autofree char *device = NULL;

  g_return_val_if_fail (data != NULL && clock != NULL, NULL);

  path = database_path (data);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error,
                   MC_ERROR,
                   MC_ERROR_NOT_FOUND,
                   "%s holds no province: run init first",
                   data);
      return NULL;
    }
  province = open_files (data, clock, error);
  if (province == NULL)
    return NULL;
  device = _mc_province_own_device (province, &problem);
  if (device == NULL)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        g_set_error (error,
                     MC_ERROR,
                     MC_ERROR_NOT_FOUND,
                     "%s was never finished: run init again",
                     data);
      return NULL;
    }
  if (!_mc_province_start (province, error) ||
      !mc_db_int (province->db, error, &province->data_version, "PRAGMA data_version", ""))
    return NULL;
  return g_steal_pointer (&province);
}

void
mc_province_close (McProvince *province)
{
  if (province == NULL)
    return;
  g_clear_pointer (&province->db, mc_db_close);
  mc_keyring_free (province->keyring);
  mc_register_free (province->devices);
  g_hash_table_unref (province->touched);
  g_hash_table_unref (province->heads);
  g_free (province->data);
  g_free (province);
}

const McPublicKey *
mc_province_key (McProvince *province)
{
  g_return_val_if_fail (province != NULL, NULL);
  return &province->keyring->public;
}

const McClock *
mc_province_clock (McProvince *province)
{
  g_return_val_if_fail (province != NULL, NULL);
  return province->clock;
}

gint64
mc_province_now (McProvince *province)
{
  g_return_val_if_fail (province != NULL, 0);
  return mc_clock_wall (province->clock);
}

void
mc_province_set_watch (McProvince *province, McProvinceWatch watch, gpointer data)
{
  g_return_if_fail (province != NULL);
  province->watch = watch;
  province->watch_data = data;
}

void
mc_province_look (McProvince *province)
{
  gint64 version = 0;

  g_return_if_fail (province != NULL);

  if (!mc_db_int (province->db, NULL, &version, "PRAGMA data_version", "") ||
      version == province->data_version)
    return;
  province->data_version = version;
  if (province->watch != NULL)
    province->watch (NULL, province->watch_data);
}

gboolean
_mc_province_begin (McProvince *province, GError **error)
{
  g_hash_table_remove_all (province->touched);
  g_hash_table_remove_all (province->heads);
  province->acted = FALSE;
  return mc_db_begin (province->db, error);
}

gboolean
_mc_province_end (McProvince *province, gboolean ok, GError **error)
{
  GHashTableIter iter;
  gpointer office;

  ok = ok && (!province->acted || _mc_province_mark (province, error));
  if (!mc_db_finish (province->db, ok, error))
    return FALSE;
  g_hash_table_iter_init (&iter, province->touched);
  while (province->watch != NULL && g_hash_table_iter_next (&iter, &office, NULL))
    province->watch (office, province->watch_data);
  return TRUE;
}

gint64
_mc_province_fact_int (McProvince *province, const char *key, gint64 otherwise)
{
  g_autofree char *text =
      mc_db_text (province->db, NULL, "SELECT value FROM fact WHERE key = ?", "s", key);

  return text == NULL ? otherwise : g_ascii_strtoll (text, NULL, 10);
}

gboolean
_mc_province_set_fact (McProvince *province, const char *key, const char *value, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO fact (key, value) VALUES (?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    "ss",
                    key,
                    value);
}

gboolean
_mc_province_set_fact_int (McProvince *province, const char *key, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return _mc_province_set_fact (province, key, text, error);
}

gboolean
_mc_province_has (McProvince *province,
                  const char *sql,
                  const char *a,
                  const char *b,
                  gboolean *ret_has,
                  GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = b == NULL ? mc_db_query (province->db, error, sql, "s", a)
                                        : mc_db_query (province->db, error, sql, "ss", a, b);

  if (query == NULL)
    return FALSE;
  *ret_has = mc_query_next (query, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

GPtrArray *
_mc_province_column (McProvince *province, const char *sql, const char *a, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query = a == NULL ? mc_db_query (province->db, error, sql, "")
                                        : mc_db_query (province->db, error, sql, "s", a);

  if (query == NULL)
    return NULL;
  while (mc_query_next (query, &problem))
    g_ptr_array_add (values, g_strdup (mc_query_text (query, 0)));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&values);
}
