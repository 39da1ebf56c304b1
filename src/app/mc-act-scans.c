/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-act.h"

static gpointer
work_rule (McDesk *desk, gpointer rule, GError **error)
{
  return GINT_TO_POINTER (mc_store_set_scans_rule (mc_desk_store (desk), rule, error));
}

void
mc_act_scans_rule (McContext *context,
                   const McScansRule *rule,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (context != NULL && rule != NULL);

  mc_worker_run (context->worker,
                 work_rule,
                 g_memdup2 (rule, sizeof *rule),
                 g_free,
                 NULL,
                 NULL,
                 callback,
                 user_data);
}

static gpointer
work_want (McDesk *desk, gpointer sha256, GError **error)
{
  mc_store_want_scan (mc_desk_store (desk), sha256);
  return sha256;
}

static void
wanted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (McSyncer) syncer = data;

  /* A person waits: no reason to wait out an old failure. */
  if (syncer != NULL)
    mc_syncer_wake (syncer, TRUE);
}

void
mc_act_want_scan (McContext *context, const char *sha256)
{
  g_return_if_fail (context != NULL && sha256 != NULL);

  mc_worker_run (context->worker,
                 work_want,
                 g_strdup (sha256),
                 g_free,
                 NULL,
                 NULL,
                 wanted,
                 context->syncer != NULL ? g_object_ref (context->syncer) : NULL);
}

McBlobPlace *
mc_act_look_at_scan (McContext *context, const char *sha256)
{
  g_return_val_if_fail (context != NULL && sha256 != NULL, NULL);

  if (mc_store_blob_here (context->reader, sha256))
    return mc_store_blob_place (context->reader, sha256);
  mc_act_want_scan (context, sha256);
  return NULL;
}
