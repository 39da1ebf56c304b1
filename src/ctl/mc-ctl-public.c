/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A public desk at the command line: letting go now, and what was let go. */
#include "mc-ctl.h"

#include "mc-error.h"
#include "mc-public.h"
#include "mc-removal.h"

static const char *const stays[] = { "changes", "scans",  "refused", "contested",
                                     "typed",   "nobody", "lately",  "ready" };

static json_t *
staying_json (McStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = mc_public_staying (store, 0, error);
  json_t *json = all != NULL ? json_array () : NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const McStaying *one = all->pdata[i];

      json_array_append_new (
          json,
          json_pack ("{s:s,s:s?,s:s}", "id", one->id, "code", one->code, "why", stays[one->why]));
    }
  return json;
}

gboolean
mc_ctl_handover (McCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean drafts = argc > 0 && g_str_equal (argv[0], "drafts");
  guint gone = 0;
  McLeft left;
  json_t *staying;

  if (!mc_store_public (ctl->store))
    {
      g_set_error_literal (error, MC_ERROR, MC_ERROR_REFUSED, "not a public desk");
      return FALSE;
    }
  if (!mc_public_let_go (ctl->store, 0, &gone, error) ||
      (drafts && !mc_public_drop_drafts (ctl->store, error)) ||
      !mc_public_left (ctl->store, &left, error))
    return FALSE;
  staying = staying_json (ctl->store, error);
  if (staying == NULL)
    return FALSE;
  mc_ctl_print (ctl,
                json_pack ("{s:i,s:i,s:i,s:i,s:b,s:o}",
                           "removed",
                           (int)gone,
                           "dossiers",
                           (int)left.dossiers,
                           "drafts",
                           (int)left.drafts,
                           "scans",
                           (int)left.scans,
                           "backup",
                           left.backup,
                           "staying",
                           staying));
  return TRUE;
}

static gboolean
write_report (McStore *store, const char *path, GError **error)
{
  g_autoptr (McForm) form = mc_form_removal (store, error);

  return form != NULL && mc_form_write_pdf (form, path, error);
}

gboolean
mc_ctl_removed (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  json_t *json;

  if (argc > 0)
    return write_report (ctl->store, argv[0], error);
  all = mc_public_removed (ctl->store, error);
  if (all == NULL)
    return FALSE;
  json = json_array ();
  for (guint i = 0; i < all->len; i++)
    json_array_append_new (json, mc_removed_json (all->pdata[i]));
  mc_ctl_print_all (ctl, json);
  return TRUE;
}
