/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-group.h"
#include <string.h>

static gboolean
project_office (McProvince *province, const char *id, const json_t *value, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO office (id, code, name) VALUES (?, ?, ?) ON CONFLICT (id)"
                    " DO UPDATE SET code = excluded.code, name = excluded.name",
                    "sss",
                    id,
                    mc_json_string (value, "code"),
                    mc_json_string (value, "name"));
}

static gboolean
project_staff (McProvince *province, const char *id, const json_t *value, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO staff (id, office, login, name, role, active)"
                    " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    " office = excluded.office, login = excluded.login, name = excluded.name,"
                    " role = excluded.role, active = excluded.active",
                    "sssssi",
                    id,
                    mc_json_string (value, "office"),
                    mc_json_string (value, "login"),
                    mc_json_string (value, "name"),
                    mc_json_string (value, "role"),
                    (gint64)(mc_json_bool (value, "active", TRUE) ? 1 : 0));
}

static gboolean
project_procedure (McProvince *province, const char *id, const json_t *value, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO procedure (id, code) VALUES (?, ?)"
                    " ON CONFLICT (id) DO UPDATE SET code = excluded.code",
                    "ss",
                    id,
                    mc_json_string (json_object_get (value, "procedure"), "code"));
}

static gboolean
project_calendar (McProvince *province, const char *id, const json_t *value, GError **error)
{
  return mc_db_run (province->db, error, "INSERT OR IGNORE INTO calendar (id) VALUES (?)", "s", id);
}

static const struct
{
  const char *group;
  gboolean (*project) (McProvince *province, const char *id, const json_t *value, GError **error);
} admin_groups[] = {
  { "office", project_office },
  { "staff", project_staff },
  { "procedure", project_procedure },
  { "calendar", project_calendar },
};

/* From what stands, not from the op: an op that is only a tip changes no right. */
static gboolean
project_admin (McProvince *province, McRecord *record, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (admin_groups); i++)
    {
      const json_t *value = mc_record_peek (record, admin_groups[i].group);

      if (value != NULL && !admin_groups[i].project (province, record->id, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
use_scan (McProvince *province, const char *record, const json_t *document, GError **error)
{
  const char *sha256 = mc_json_string (document, "sha256");

  return sha256 == NULL ||
         mc_db_run (province->db,
                    error,
                    "INSERT OR IGNORE INTO blob_use (sha256, record) VALUES (?, ?)",
                    "ss",
                    sha256,
                    record);
}

/* Contested values count too: whoever settles must see both scans. */
static gboolean
project_scans (McProvince *province, const McOp *op, GError **error)
{
  g_autoptr (GPtrArray) writes = mc_op_writes (op);

  for (guint i = 0; i < writes->len; i++)
    {
      const McWrite *write = writes->pdata[i];
      const json_t *also = json_object_get (write->value, "also");

      if (!g_str_has_prefix (write->group, MC_GROUP_PART_PREFIX))
        continue;
      if (!use_scan (province, op->on, json_object_get (write->value, "document"), error))
        return FALSE;
      for (size_t k = 0; k < json_array_size (also); k++)
        if (!use_scan (province, op->on, json_array_get (also, k), error))
          return FALSE;
    }
  return TRUE;
}

gboolean
_mc_province_project (McProvince *province, const McOp *op, McRecord *record, GError **error)
{
  return mc_verb_admin (op->verb) ? project_admin (province, record, error)
                                  : project_scans (province, op, error);
}

static void
add_reader (GPtrArray *readers, const char *office)
{
  if (office != NULL && !g_ptr_array_find_with_equal_func (readers, office, g_str_equal, NULL))
    g_ptr_array_add (readers, g_strdup (office));
}

static gboolean
add_column (McProvince *province,
            GPtrArray *readers,
            const char *sql,
            const char *key,
            GError **error)
{
  g_autoptr (GPtrArray) offices = _mc_province_column (province, sql, key, error);

  for (guint i = 0; offices != NULL && i < offices->len; i++)
    add_reader (readers, offices->pdata[i]);
  return offices != NULL;
}

GPtrArray *
_mc_province_readers (McProvince *province,
                      const McOp *op,
                      gboolean refused,
                      const char *office,
                      GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = TRUE;

  add_reader (readers, office);
  if (mc_verb_admin (op->verb) && refused)
    return g_steal_pointer (&readers);
  if (g_str_equal (op->verb, MC_VERB_OWN))
    return g_steal_pointer (&readers);
  if (g_str_equal (op->verb, MC_VERB_STAFF))
    {
      add_reader (readers, mc_json_string (op->body, "office"));
      ok = add_column (province, readers, "SELECT office FROM staff WHERE id = ?", op->on, error);
    }
  else if (mc_verb_admin (op->verb))
    ok = add_column (province, readers, "SELECT id FROM office", NULL, error);
  else
    ok = add_column (province, readers, "SELECT office FROM sight WHERE record = ?", op->on, error);
  return ok ? g_steal_pointer (&readers) : NULL;
}
