/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far the profile is: a number in the database, in the key file and in the machine's secret,
 * raised in this order at each opening. After a crash the ones before may be one ahead; any other
 * difference means that somebody put an earlier file in place of a later one.
 */
#include "mc-store-private.h"

#include "mc-error.h"

static gboolean
older (const char *which, guint64 here, guint64 there, GError **error)
{
  g_set_error (error,
               MC_ERROR,
               MC_ERROR_OLDER,
               "%s: of opening %" G_GUINT64_FORMAT ", the rest of %" G_GUINT64_FORMAT,
               which,
               here,
               there);
  return FALSE;
}

/* A database that cannot say it is damaged, and not older. */
static gboolean
read_epoch (McStore *store, guint64 *ret_epoch, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text =
      mc_db_text (store->db, &problem, "SELECT value FROM fact WHERE key = 'epoch'", "");

  *ret_epoch = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
mc_store_raise_epoch (McStore *store, McVault *vault, gboolean allow, GError **error)
{
  guint64 here = 0;
  guint64 there = vault ? mc_vault_epoch (vault) : 0;
  guint64 next;
  g_autoptr (GError) problem = NULL;

  if (vault == NULL)
    return TRUE;
  if (!read_epoch (store, &here, error))
    return FALSE;
  next = (allow ? MAX (here, there) : there) + 1;
  if (!allow && here < there)
    return older ("database", here, there, error);
  if (!allow && here > there + 1)
    return older ("vault", there, here, error);
  if (mc_store_set_fact_int (store, "epoch", (gint64)next, &problem) &&
      mc_vault_set_epoch (vault, store->data_key, next, &problem))
    return TRUE;
  /* A full disk must not shut anybody out of what is there. */
  if (g_error_matches (problem, MC_ERROR, MC_ERROR_FULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
mc_profile_note_machine (const char *profile, const McMachineSecret *machine)
{
  g_autoptr (McVault) vault = mc_vault_load (profile, NULL);

  if (vault != NULL)
    mc_vault_note_machine (vault, machine);
}
