/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"

#include "mc-error.h"
#include "mc-text.h"
#include <stdio.h>

/* A wall clock may be this much behind the last op before anybody is asked: NTP steps, a slow
 * battery. */
#define CLOCK_SLACK_MS (5 * 60 * G_GINT64_CONSTANT (1000))

McDesk *
mc_desk_new (McStore *store)
{
  McDesk *desk = g_new0 (McDesk, 1);

  desk->store = store;
  return desk;
}

void
mc_desk_free (McDesk *desk)
{
  if (desk == NULL)
    return;
  mc_staff_free (desk->staff);
  g_free (desk);
}

McStore *
mc_desk_store (McDesk *desk)
{
  return desk->store;
}

const McStaff *
mc_desk_staff (McDesk *desk)
{
  return desk->staff;
}

gboolean
mc_desk_refuse (GError **error, const char *reason)
{
  g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, reason);
  return FALSE;
}

gboolean
mc_desk_may (McDesk *desk, const char *verb, GError **error)
{
  if (desk->staff == NULL)
    return mc_desk_refuse (error, "nobody");
  return mc_role_may (desk->staff->role, verb) ? TRUE : mc_desk_refuse (error, "role");
}

static char *
told_key (const char *login)
{
  return g_strconcat ("told:", login, NULL);
}

/* What the province said of a person at the door, until the office's own people are here. */
static gboolean
keep_told (McDesk *desk, const McStaff *told, GError **error)
{
  g_autofree char *key = told_key (told->login);
  g_autoptr (json_t) json = json_pack ("{s:s,s:s,s:s,s:s}",
                                       "id",
                                       told->id,
                                       "name",
                                       told->name,
                                       "role",
                                       mc_role_name (told->role),
                                       "office",
                                       told->office);
  g_autofree char *text = mc_json_text (json);

  return mc_store_set_fact (desk->store, key, text, error);
}

static McStaff *
told_staff (McDesk *desk, const char *login)
{
  g_autofree char *key = told_key (login);
  g_autofree char *text = mc_store_fact (desk->store, key);
  g_autoptr (json_t) json = text != NULL ? mc_json_parse (text, -1, NULL) : NULL;
  McStaff *staff;

  if (json == NULL)
    return NULL;
  staff = g_new0 (McStaff, 1);
  staff->id = g_strdup (mc_json_string (json, "id"));
  staff->login = g_strdup (login);
  staff->name = g_strdup (mc_json_string (json, "name"));
  staff->role = mc_role_parse (mc_json_string (json, "role"));
  staff->office = g_strdup (mc_json_string (json, "office"));
  staff->active = TRUE;
  return staff;
}

/* Who has the login, as far as is known here; %NULL with no error where nobody has. */
static McStaff *
staff_of (McDesk *desk, const char *login, gboolean *ret_left, GError **error)
{
  McStaff *staff = mc_store_staff_by_login (desk->store, login);
  g_autofree char *id = NULL;
  gint64 known = 0;

  *ret_left = FALSE;
  if (staff != NULL)
    return staff;
  staff = told_staff (desk, login);
  if (!mc_db_int (desk->store->db,
                  error,
                  &known,
                  "SELECT count (*) FROM staff WHERE login = ?1 OR id = ?2",
                  "ss",
                  login,
                  staff != NULL ? staff->id : ""))
    g_clear_pointer (&staff, mc_staff_free);
  /* The office knows the person, and not as somebody who works there. */
  *ret_left = known > 0;
  if (*ret_left)
    g_clear_pointer (&staff, mc_staff_free);
  return staff;
}

gboolean
mc_desk_enter (McDesk *desk, const char *login, const McStaff *told, GError **error)
{
  g_autofree char *name = mc_text_clean (login);
  g_autoptr (GError) problem = NULL;
  g_autoptr (McStaff) staff = NULL;
  gboolean left = FALSE;

  if (told != NULL && !keep_told (desk, told, error))
    return FALSE;
  staff = staff_of (desk, name, &left, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (left)
    return mc_desk_refuse (error, "left");
  if (staff == NULL)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_NOT_FOUND, "nobody here has the login %s", name);
      return FALSE;
    }
  g_clear_pointer (&desk->staff, mc_staff_free);
  desk->staff = g_steal_pointer (&staff);
  return TRUE;
}

void
mc_desk_sign_out (McDesk *desk)
{
  g_clear_pointer (&desk->staff, mc_staff_free);
  mc_store_set_fact (desk->store, "session", "", NULL);
}

gboolean
mc_desk_keep_session (McDesk *desk, GError **error)
{
  if (desk->staff == NULL)
    return mc_desk_refuse (error, "nobody");
  return mc_store_set_fact (desk->store, "session", desk->staff->id, error);
}

gboolean
mc_desk_resume (McDesk *desk, GError **error)
{
  g_autofree char *id = mc_store_fact (desk->store, "session");
  g_autoptr (McStaff) staff = id ? mc_store_staff (desk->store, id) : NULL;

  if (staff == NULL || !staff->active)
    return mc_desk_refuse (error, "nobody");
  g_clear_pointer (&desk->staff, mc_staff_free);
  desk->staff = g_steal_pointer (&staff);
  return TRUE;
}

static gint64
corrected_wall (McDesk *desk)
{
  return mc_clock_wall (desk->store->clock) + mc_store_fact_int (desk->store, "offset", 0);
}

gboolean
mc_desk_clock_doubt (McDesk *desk)
{
  gint64 wall = corrected_wall (desk);
  gint64 last = mc_stamp_ms (mc_store_fact_int (desk->store, "stamp", 0));

  return wall < MC_BUILD_MS || wall + CLOCK_SLACK_MS < last;
}

gboolean
mc_desk_confirm_date (McDesk *desk, const char *date, GError **error)
{
  g_autoptr (GDateTime) now = mc_local (corrected_wall (desk));
  g_autoptr (GDateTime) then = NULL;
  int y, m, d;

  if (date != NULL && sscanf (date, "%4d-%2d-%2d", &y, &m, &d) == 3)
    then = g_date_time_new (mc_vietnam (),
                            y,
                            m,
                            d,
                            g_date_time_get_hour (now),
                            g_date_time_get_minute (now),
                            0);
  if (then == NULL ||
      g_date_time_to_unix (then) * 1000 + 24 * 3600 * G_GINT64_CONSTANT (1000) < MC_BUILD_MS)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_FORMAT, "%s is not today's date", date ? date : "");
      return FALSE;
    }
  return mc_store_set_fact_int (desk->store,
                                "offset",
                                g_date_time_to_unix (then) * 1000 -
                                    mc_clock_wall (desk->store->clock),
                                error);
}
