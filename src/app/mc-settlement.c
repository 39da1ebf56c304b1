/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-settlement.h"

McSettlement *
mc_settlement_of (const McConflict *conflict, json_t *value)
{
  g_return_val_if_fail (conflict != NULL && value != NULL, NULL);

  McSettlement *settlement = g_new0 (McSettlement, 1);
  g_autoptr (GStrvBuilder) seen = g_strv_builder_new ();

  for (guint i = 0; i < conflict->sides->len; i++)
    g_strv_builder_add (seen, ((McSide *)g_ptr_array_index (conflict->sides, i))->op);
  settlement->conflict = g_strdup (conflict->id);
  settlement->value = value;
  settlement->seen = g_strv_builder_end (seen);
  return settlement;
}

static McSettlement *
answered (const McConflict *conflict, const char *answer)
{
  McSettlement *settlement = g_new0 (McSettlement, 1);
  g_autoptr (GStrvBuilder) dossiers = g_strv_builder_new ();

  g_strv_builder_add (dossiers, conflict->dossier);
  for (guint i = 0; i < conflict->others->len; i++)
    g_strv_builder_add (dossiers, ((McOther *)conflict->others->pdata[i])->id);
  settlement->conflict = g_strdup (conflict->id);
  settlement->answer = g_strdup (answer);
  settlement->dossiers = g_strv_builder_end (dossiers);
  return settlement;
}

void
mc_settlement_free (McSettlement *settlement)
{
  if (settlement == NULL)
    return;
  g_free (settlement->conflict);
  json_decref (settlement->value);
  g_strfreev (settlement->seen);
  g_free (settlement->answer);
  g_strfreev (settlement->dossiers);
  g_free (settlement);
}

static McSettlement *
end (const McConflict *conflict, const McWayOut *way, int side)
{
  if (way->answer != NULL)
    return answered (conflict, way->answer);
  if (way->both)
    return mc_settlement_of (conflict, mc_conflict_both (conflict));
  return mc_settlement_of (conflict, mc_conflict_value (conflict, (guint)side));
}

GPtrArray *
mc_settlements (const McConflict *conflict, const McWayOut *way, GPtrArray *others)
{
  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_settlement_free);
  McSide *kept;

  g_return_val_if_fail (conflict != NULL && way != NULL, settlements);

  kept = way->side >= 0 ? conflict->sides->pdata[way->side] : NULL;
  g_ptr_array_add (settlements, end (conflict, way, way->side));
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      McConflict *other = g_ptr_array_index (others, i);
      int side = kept != NULL ? mc_conflict_side_by (other, kept->by) : -1;

      if (mc_conflict_alike (conflict, other) && (kept == NULL || side >= 0))
        g_ptr_array_add (settlements, end (other, way, side));
    }
  return settlements;
}
