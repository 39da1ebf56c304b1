/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"
#include "mc-public.h"
#include "mc-seed-file.h"
#include "mc-sync-store.h"
#include <stdio.h>

static const char *
option (int argc, char **argv, const char *name)
{
  for (int i = 0; i + 1 < argc; i++)
    if (g_str_equal (argv[i], name))
      return argv[i + 1];
  return NULL;
}

gboolean
mc_ctl_enrol (McCtl *ctl, int argc, char **argv, GError **error)
{
  const char *server = option (argc, argv, "--server");
  const char *code = option (argc, argv, "--code");
  g_autoptr (McEnrolment) already = mc_door_enrolment (ctl->door);
  g_autoptr (McEnrolment) enrolment = NULL;

  if (server == NULL || code == NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_FORMAT, "enrol --server URL --code CODE");
      return FALSE;
    }
  if (already != NULL)
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "this profile is enrolled already");
      return FALSE;
    }
  if (!mc_door_enrol (ctl->door, server, code, error))
    return FALSE;
  enrolment = mc_door_enrolment (ctl->door);
  mc_ctl_print (ctl,
                json_pack ("{s:s,s:s,s:s,s:s}",
                           "device",
                           enrolment->device,
                           "office",
                           enrolment->office_code,
                           "name",
                           enrolment->office_name ? enrolment->office_name : "",
                           "slot",
                           enrolment->slot));
  return TRUE;
}

static void
print_person (McCtl *ctl)
{
  const McStaff *staff = mc_desk_staff (ctl->desk);

  mc_ctl_print (ctl,
                json_pack ("{s:s,s:s,s:s}",
                           "id",
                           staff->id,
                           "name",
                           staff->name,
                           "role",
                           mc_role_name (staff->role)));
}

gboolean
mc_ctl_activate (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *secret = mc_ctl_secret ();

  ctl->arrival = mc_door_activate (ctl->door, argv[0], argv[1], NULL, error);
  if (ctl->arrival == NULL || !mc_door_choose (ctl->door, ctl->arrival, secret, error) ||
      !mc_ctl_open (ctl, error) ||
      !mc_desk_enter (ctl->desk, ctl->arrival->login, ctl->arrival->staff, error))
    return FALSE;
  print_person (ctl);
  return mc_sync_cycle (ctl->store, NULL, error);
}

static void
say_wait (McCtl *ctl, const char *login)
{
  gint64 wait = mc_door_wait_ms (ctl->door, login);

  if (wait > 0)
    fprintf (stderr, "motcuactl: the next try in %" G_GINT64_FORMAT " s\n", (wait + 999) / 1000);
}

gboolean
mc_ctl_login (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *secret = mc_ctl_secret ();

  ctl->arrival = mc_door_open (ctl->door, argv[0], secret, error);
  if (ctl->arrival == NULL)
    {
      say_wait (ctl, argv[0]);
      return FALSE;
    }
  if (ctl->arrival->must_choose)
    {
      g_autofree char *chosen = mc_ctl_secret ();

      if (!mc_door_choose (ctl->door, ctl->arrival, chosen, error))
        return FALSE;
    }
  if (!mc_ctl_open (ctl, error) || !mc_desk_enter (ctl->desk, ctl->arrival->login, NULL, error))
    return FALSE;
  print_person (ctl);
  return TRUE;
}

gboolean
mc_ctl_people (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) people = mc_door_people (ctl->door);
  json_t *all = json_array ();

  for (guint i = 0; i < people->len; i++)
    {
      const McVaultPerson *person = people->pdata[i];

      json_array_append_new (all,
                             json_pack ("{s:s,s:s,s:s}",
                                        "login",
                                        person->login,
                                        "name",
                                        person->name,
                                        "opens_by",
                                        person->kind == MC_SECRET_PIN ? "pin" : "passphrase"));
    }
  mc_ctl_print_all (ctl, all);
  return TRUE;
}

static guint
count_conflicts (McCtl *ctl)
{
  g_autoptr (GPtrArray) conflicts = mc_store_conflicts (ctl->store, NULL, NULL);

  return conflicts ? conflicts->len : 0;
}

gboolean
mc_ctl_sync (McCtl *ctl, int argc, char **argv, GError **error)
{
  McSyncReport report = { 0 };
  gboolean ok = (argc == 0 || mc_store_set_invitation (ctl->store, argv[0], error)) &&
                mc_sync_cycle (ctl->store, &report, error) &&
                mc_public_let_go (ctl->store, MC_PUBLIC_QUIET_MS, NULL, error);

  mc_ctl_print (ctl,
                json_pack ("{s:b,s:i,s:i,s:I,s:i,s:i,s:i}",
                           "contact",
                           ok,
                           "waiting",
                           (int)report.ops_waiting,
                           "scans_waiting",
                           (int)report.blobs_waiting,
                           "feed",
                           (json_int_t)report.feed_done,
                           "refused",
                           (int)report.refused,
                           "notices",
                           (int)report.notices,
                           "conflicts",
                           (int)count_conflicts (ctl)));
  return ok;
}

gboolean
mc_ctl_seed (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (McSeedDesk) desk = { 0 };
  g_autoptr (McSeedFile) file = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *code = mc_ctl_secret ();
  McSyncAnswer *page;

  if (!mc_store_seed_desk (ctl->store, &desk, error))
    return FALSE;
  file = mc_seed_file_open (argv[0], &desk, error);
  if (file == NULL || !mc_seed_file_unlock (file, code, error))
    return FALSE;
  while ((page = mc_seed_file_next (file, &problem)) != NULL)
    {
      gboolean ok = mc_store_seed_take (ctl->store, page, error);

      mc_sync_answer_free (page);
      if (!ok)
        return FALSE;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  mc_ctl_print (ctl, json_pack ("{s:I}", "feed", (json_int_t)mc_store_cursor (ctl->store).n));
  return TRUE;
}
