/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-province-admin.h"
#include "mc-province-private.h"

#include "mc-error.h"
#include "mc-text.h"
#include "mc-unlock.h"

#define CODE_MS (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))
#define TRIES_MS (3600 * G_GINT64_CONSTANT (1000))
#define TRIES_MAX 10

static gboolean
refuse (GError **error, McError code, const char *why)
{
  g_set_error_literal (error, MC_ERROR, (int)code, why);
  return FALSE;
}

/* Who has the login in that office: all but device, time and content; %NULL with no error where
 * nobody has. */
static McUnlockAnswer *
find_person (McProvince *province, const char *office, const char *login, GError **error)
{
  g_autofree char *clean = mc_text_clean (login);
  g_autoptr (McUnlockAnswer) person = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (McQuery) query =
      mc_db_query (province->db,
                   error,
                   "SELECT id, name, role FROM staff WHERE office = ? AND login = ? AND active = 1",
                   "ss",
                   office,
                   clean);

  if (query == NULL)
    return NULL;
  if (!mc_query_next (query, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  person = g_new0 (McUnlockAnswer, 1);
  person->staff = g_strdup (mc_query_text (query, 0));
  person->login = g_strdup (clean);
  person->name = g_strdup (mc_query_text (query, 1));
  person->role = mc_role_parse (mc_query_text (query, 2));
  person->office = g_strdup (office);
  return g_steal_pointer (&person);
}

/* A code given before and not used is forgotten: what was overheard last week opens nothing. */
static gboolean
keep_code (McProvince *province, const char *staff, const char *code, GError **error)
{
  g_autofree char *hash = mc_keyring_activation_hash (province->keyring, staff, code);

  return mc_db_run (province->db, error, "DELETE FROM activation WHERE staff = ?", "s", staff) &&
         mc_db_run (province->db,
                    error,
                    "DELETE FROM activation_try WHERE staff = ?",
                    "s",
                    staff) &&
         mc_db_run (province->db,
                    error,
                    "INSERT INTO activation (hash, staff, made) VALUES (?, ?, ?)",
                    "ssi",
                    hash,
                    staff,
                    mc_province_now (province));
}

char *
mc_province_staff_code (McProvince *province,
                        const char *office,
                        const char *login,
                        gint64 *ret_until,
                        GError **error)
{
  g_autofree char *code = mc_keyring_activation_new ();
  g_autoptr (McUnlockAnswer) person = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean ok;

  g_return_val_if_fail (province != NULL && office != NULL && login != NULL, NULL);

  if (!_mc_province_begin (province, error))
    return NULL;
  person = find_person (province, office, login, &problem);
  if (person == NULL && problem == NULL)
    g_set_error (&problem, MC_ERROR, MC_ERROR_NOT_FOUND, "that office has no login %s", login);
  ok = person != NULL && keep_code (province, person->staff, code, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (!_mc_province_end (province, ok, error))
    return NULL;
  *ret_until = mc_province_now (province) + CODE_MS;
  return g_steal_pointer (&code);
}

/* The wrong codes of this hour; a hour that is over is forgotten. */
static gboolean
tries_of (McProvince *province, const char *staff, gint64 *ret_tries, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "DELETE FROM activation_try WHERE staff = ? AND since <= ?",
                    "si",
                    staff,
                    mc_province_now (province) - TRIES_MS) &&
         mc_db_int (province->db,
                    error,
                    ret_tries,
                    "SELECT coalesce (max (wrong), 0) FROM activation_try WHERE staff = ?",
                    "s",
                    staff);
}

static gboolean
count_try (McProvince *province, const char *staff, GError **error)
{
  return mc_db_run (province->db,
                    error,
                    "INSERT INTO activation_try (staff, since, wrong) VALUES (?, ?, 1)"
                    " ON CONFLICT (staff) DO UPDATE SET wrong = wrong + 1",
                    "si",
                    staff,
                    mc_province_now (province));
}

/* Whether there is a code with this hash that is not over, and not used by another request. */
static gboolean
code_good (McProvince *province,
           const char *hash,
           const char *request,
           gboolean *ret_good,
           GError **error)
{
  gint64 found = 0;

  if (!mc_db_int (province->db,
                  error,
                  &found,
                  "SELECT count (*) FROM activation WHERE hash = ?1 AND made > ?2"
                  " AND (used_for IS NULL OR used_for = ?3)",
                  "sis",
                  hash,
                  mc_province_now (province) - CODE_MS,
                  request))
    return FALSE;
  *ret_good = found > 0;
  return TRUE;
}

/* Spends the code; @ret_wrong: it is none, and that is counted (in a transaction that is kept). */
static gboolean
spend_code (McProvince *province,
            const McUnlockAsk *ask,
            const char *staff,
            gboolean *ret_wrong,
            GError **error)
{
  g_autofree char *hash = mc_keyring_activation_hash (province->keyring, staff, ask->code);
  g_autofree char *request = mc_base64_encode (ask->to, sizeof ask->to);
  gboolean good = FALSE;
  gint64 tries = 0;

  if (!tries_of (province, staff, &tries, error))
    return FALSE;
  if (tries >= TRIES_MAX)
    return refuse (error, MC_ERROR_DELAYED, "too many wrong codes");
  if (!code_good (province, hash, request, &good, error))
    return FALSE;
  *ret_wrong = !good;
  if (!good)
    return count_try (province, staff, error);
  return mc_db_run (province->db,
                    error,
                    "UPDATE activation SET used_for = ? WHERE hash = ?",
                    "ss",
                    request,
                    hash);
}

/* The desk that asks: known and not suspended, or taken in again by its certificate. */
static McDevice *
asking_device (McProvince *province, const McUnlockAsk *ask, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (McDevice) device = mc_province_device (province, ask->device, &problem);

  if (device == NULL && problem == NULL && ask->certificate != NULL)
    device = mc_province_readmit (province, ask->device, ask->certificate, NULL);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (device == NULL)
    refuse (error, MC_ERROR_NOT_FOUND, "no such desk");
  else if (device->suspended)
    refuse (error, MC_ERROR_REFUSED, "a suspended desk");
  else
    return g_steal_pointer (&device);
  return NULL;
}

/* Inside the caller's transaction. A request that cannot be served spends no code. */
static gboolean
serve (McProvince *province,
       const McUnlockAsk *ask,
       McUnlockAnswer *person,
       gboolean *ret_wrong,
       GError **error)
{
  if (ask->sealed != NULL)
    {
      person->content =
          mc_unlock_unseal (&province->keyring->secret, ask->device, ask->sealed, error);
      if (person->content == NULL)
        return FALSE;
    }
  person->device = g_strdup (ask->device);
  person->at_ms = mc_province_now (province);
  return spend_code (province, ask, person->staff, ret_wrong, error);
}

GBytes *
mc_province_unlock (McProvince *province, GBytes *body, GError **error)
{
  g_autoptr (McUnlockAsk) ask = NULL;
  g_autoptr (McDevice) device = NULL;
  g_autoptr (McUnlockAnswer) person = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean wrong = FALSE;
  gboolean ok;

  g_return_val_if_fail (province != NULL && body != NULL, NULL);

  ask = mc_unlock_ask_read (body, &province->keyring->secret, error);
  device = ask != NULL ? asking_device (province, ask, error) : NULL;
  if (device == NULL || !_mc_province_begin (province, error))
    return NULL;
  person = find_person (province, device->office, ask->login, &problem);
  wrong = person == NULL;
  ok = problem == NULL && (person == NULL || serve (province, ask, person, &wrong, &problem));
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (!_mc_province_end (province, ok, error))
    return NULL;
  if (wrong)
    {
      refuse (error, MC_ERROR_SECRET, "the activation code is wrong, used or over");
      return NULL;
    }
  return mc_unlock_answer_write (person, ask->to, &province->keyring->secret);
}
