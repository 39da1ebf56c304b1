/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"
#include <stdio.h>

static const char *
option (int argc, char **argv, const char *name)
{
  for (int i = 0; i + 1 < argc; i++)
    if (g_str_equal (argv[i], name))
      return argv[i + 1];
  return NULL;
}

static gboolean
enrol (McCtl *ctl, const char *server, const char *code, GError **error)
{
  g_autoptr (McEnrolment) enrolment = NULL;
  McRoad *road = mc_road_new (server);
  McPublicKey public;
  McSecretKey secret;
  gboolean ok;

  mc_keys_make (&public, &secret);
  enrolment = mc_road_enrol (road, code, &public, error);
  mc_road_free (road);
  ok = enrolment != NULL && mc_store_set_enrolment (ctl->store, enrolment, &secret, error);
  mc_secret_key_wipe (&secret);
  if (!ok)
    return FALSE;
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

gboolean
mc_ctl_enrol (McCtl *ctl, int argc, char **argv, GError **error)
{
  const char *server = option (argc, argv, "--server");
  const char *code = option (argc, argv, "--code");
  g_autoptr (McEnrolment) already = mc_store_enrolment (ctl->store);

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
  return enrol (ctl, server, code, error) && mc_sync_cycle (ctl->store, NULL, error);
}

gboolean
mc_ctl_login (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *secret = mc_ctl_secret ();

  if (!mc_desk_sign_in (ctl->desk, argv[0], secret, error))
    {
      gint64 wait = mc_desk_sign_in_wait_ms (ctl->desk, argv[0]);

      if (wait > 0)
        fprintf (stderr,
                 "motcuactl: the next try in %" G_GINT64_FORMAT " s\n",
                 (wait + 999) / 1000);
      return FALSE;
    }
  if (!mc_desk_keep_session (ctl->desk, error))
    return FALSE;
  mc_ctl_print (ctl,
                json_pack ("{s:s,s:s,s:s}",
                           "id",
                           mc_desk_staff (ctl->desk)->id,
                           "name",
                           mc_desk_staff (ctl->desk)->name,
                           "role",
                           mc_role_name (mc_desk_staff (ctl->desk)->role)));
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
  gboolean ok = mc_sync_cycle (ctl->store, &report, error);

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
