/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-desk-private.h"

#include "mc-error.h"
#include "mc-secret.h"
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

/* Wrong secrets are counted on the disk, so that a restart is no way around the delay. */
static guint
fails_of (McDesk *desk, const char *login, gint64 *ret_at)
{
  g_autoptr (McQuery) query = mc_db_query (desk->store->db,
                                           NULL,
                                           "SELECT fails, at FROM sign_in WHERE login = ?1",
                                           "s",
                                           login);

  *ret_at = 0;
  if (query == NULL || !mc_query_next (query, NULL))
    return 0;
  *ret_at = mc_query_int (query, 1);
  return (guint)mc_query_int (query, 0);
}

gint64
mc_desk_sign_in_wait_ms (McDesk *desk, const char *login)
{
  gint64 at = 0;
  gint64 delay = mc_secret_delay_ms (fails_of (desk, login, &at));
  gint64 passed = mc_clock_wall (desk->store->clock) - at;

  /* A clock set back does not shorten the wait, and cannot make it longer than it was. */
  if (passed < 0)
    return delay;
  return MAX (0, delay - passed);
}

static gboolean
count_fail (McDesk *desk, const char *login, GError **error)
{
  return mc_db_run (desk->store->db,
                    error,
                    "INSERT INTO sign_in (login, fails, at) VALUES (?1, 1, ?2) "
                    "ON CONFLICT (login) DO UPDATE SET fails = fails + 1, at = ?2",
                    "si",
                    login,
                    mc_clock_wall (desk->store->clock));
}

gboolean
mc_desk_sign_in (McDesk *desk, const char *login, const char *secret, GError **error)
{
  g_autofree char *name = mc_text_clean (login);
  g_autoptr (McStaff) staff = NULL;

  g_return_val_if_fail (secret != NULL, FALSE);

  if (mc_desk_sign_in_wait_ms (desk, name) > 0)
    {
      g_set_error (error, MC_ERROR, MC_ERROR_DELAYED, "%s has to wait", name);
      return FALSE;
    }
  /* Counted before it is tried, so that pulling the plug while it is checked gains nothing. */
  if (!count_fail (desk, name, error))
    return FALSE;
  staff = mc_store_staff_by_login (desk->store, name);
  if (staff == NULL || !mc_secret_matches (staff->verifier, secret))
    {
      g_set_error (error, MC_ERROR, MC_ERROR_SECRET, "wrong name or secret");
      return FALSE;
    }
  if (!mc_db_run (desk->store->db, error, "DELETE FROM sign_in WHERE login = ?1", "s", name))
    return FALSE;
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
