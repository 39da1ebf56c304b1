/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-code.h"
#include "mc-error.h"
#include "mc-id.h"
#include "mc-text.h"

static gboolean
refuse (GError **error, McError code, const char *format, const char *what)
{
  g_autofree char *message = g_strconcat (format, what, NULL);

  g_set_error_literal (error, MC_ERROR, code, message);
  return FALSE;
}

/* The record id that the query finds, NULL with no error where there is none. */
static gboolean
find (McProvince *province,
      const char *sql,
      const char *a,
      const char *b,
      char **ret_id,
      GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_id = b == NULL ? mc_db_text (province->db, &problem, sql, "s", a)
                      : mc_db_text (province->db, &problem, sql, "ss", a, b);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
find_office (McProvince *province, const char *code, char **ret_id, GError **error)
{
  return find (province, "SELECT id FROM office WHERE code = ?", code, NULL, ret_id, error);
}

char *
mc_province_office (McProvince *province, const char *code, GError **error)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (province != NULL && code != NULL, NULL);

  if (find_office (province, code, &id, error) && id == NULL)
    refuse (error, MC_ERROR_NOT_FOUND, "no office ", code);
  return g_steal_pointer (&id);
}

static char *
add_office (McProvince *province,
            const char *code,
            const char *name,
            gboolean practice,
            GError **error)
{
  g_autofree char *id = mc_id_new (mc_province_now (province));
  g_autofree char *clean = NULL;
  g_autofree char *taken = NULL;
  g_autoptr (json_t) body = NULL;
  gboolean ok;

  clean = mc_text_clean (name);
  if (!mc_body_code_valid (code) || *clean == '\0')
    {
      refuse (error, MC_ERROR_FORMAT, "no office code or no name: ", code);
      return NULL;
    }
  body = json_pack ("{s:s,s:s}", "code", code, "name", clean);
  if (practice)
    json_object_set_new (body, "practice", json_true ());
  if (!_mc_province_begin (province, error))
    return NULL;
  ok = find_office (province, code, &taken, error);
  if (ok && taken != NULL)
    ok = refuse (error, MC_ERROR_REFUSED, "there is an office already with code ", code);
  ok = ok && _mc_province_act (province, id, MC_VERB_OFFICE, body, error);
  return _mc_province_end (province, ok, error) ? g_steal_pointer (&id) : NULL;
}

char *
mc_province_add_office (McProvince *province, const char *code, const char *name, GError **error)
{
  g_return_val_if_fail (province != NULL && code != NULL && name != NULL, NULL);

  return add_office (province, code, name, FALSE, error);
}

char *
mc_province_add_practice (McProvince *province, const char *code, const char *name, GError **error)
{
  g_return_val_if_fail (province != NULL && code != NULL && name != NULL, NULL);

  return add_office (province, code, name, TRUE, error);
}

static gboolean
find_staff (McProvince *province, const McStaffChange *change, char **ret_id, GError **error)
{
  return find (province,
               "SELECT id FROM staff WHERE office = ? AND login = ?",
               change->office,
               change->login,
               ret_id,
               error);
}

/* "1.001193,2.000635" as a list; "all" is none. */
static void
set_receives (json_t *body, const char *receives)
{
  g_auto (GStrv) codes = NULL;
  json_t *list;

  if (receives == NULL)
    return;
  json_object_del (body, "receives");
  if (g_str_equal (receives, "all"))
    return;
  codes = g_strsplit_set (receives, ", ", -1);
  list = json_array ();
  for (guint i = 0; codes[i] != NULL; i++)
    if (*codes[i] != '\0')
      json_array_append_new (list, json_string (codes[i]));
  json_object_set_new (body, "receives", list);
}

/* What was said of the person before, with the change laid over it. */
static json_t *
staff_body (McProvince *province, const char *id, const McStaffChange *change, GError **error)
{
  g_autoptr (McRecord) record = mc_ledger_record (province->db, id, error);
  json_t *body;

  if (record == NULL)
    return NULL;
  body = mc_record_json (record, "staff");
  if (body == NULL)
    body = json_pack ("{s:b}", "active", 1);
  json_object_set_new (body, "office", json_string (change->office));
  json_object_set_new (body, "login", json_string (change->login));
  if (change->name != NULL)
    json_object_set_new (body, "name", json_string (change->name));
  if (change->role != MC_ROLE_UNKNOWN)
    json_object_set_new (body, "role", json_string (mc_role_name (change->role)));
  /* A secret is one PC's own: what an older version said of it is not said again. */
  json_object_del (body, "verifier");
  if (change->active >= 0)
    json_object_set_new (body, "active", json_boolean (change->active));
  set_receives (body, change->receives);
  return body;
}

static gboolean
act_staff (McProvince *province, const char *id, const McStaffChange *change, GError **error)
{
  g_autoptr (json_t) body = staff_body (province, id, change, error);

  return body != NULL && _mc_province_act (province, id, MC_VERB_STAFF, body, error);
}

/* A login is typed at every sign-in: short, without spaces. */
static gboolean
good_login (const char *login, GError **error)
{
  g_autofree char *clean = mc_text_clean (login);

  if (*clean != '\0' && g_str_equal (clean, login) && strpbrk (login, " \t\n/") == NULL)
    return TRUE;
  return refuse (error, MC_ERROR_FORMAT, "not a login: ", login);
}

char *
mc_province_add_staff (McProvince *province, const McStaffChange *change, GError **error)
{
  g_autofree char *id = mc_id_new (mc_province_now (province));
  g_autofree char *taken = NULL;
  gboolean ok;

  g_return_val_if_fail (province != NULL && change->office != NULL && change->login != NULL, NULL);
  g_return_val_if_fail (change->name != NULL, NULL);

  if (!good_login (change->login, error) || !_mc_province_begin (province, error))
    return NULL;
  ok = find_staff (province, change, &taken, error);
  if (ok && taken != NULL)
    ok = refuse (error, MC_ERROR_REFUSED, "that office has a login already: ", change->login);
  ok = ok && act_staff (province, id, change, error);
  return _mc_province_end (province, ok, error) ? g_steal_pointer (&id) : NULL;
}

gboolean
mc_province_set_staff (McProvince *province, const McStaffChange *change, GError **error)
{
  g_autofree char *id = NULL;
  gboolean ok;

  g_return_val_if_fail (province != NULL && change->office != NULL && change->login != NULL, FALSE);

  if (!_mc_province_begin (province, error))
    return FALSE;
  ok = find_staff (province, change, &id, error);
  if (ok && id == NULL)
    ok = refuse (error, MC_ERROR_NOT_FOUND, "that office has no login ", change->login);
  ok = ok && act_staff (province, id, change, error);
  return _mc_province_end (province, ok, error);
}
