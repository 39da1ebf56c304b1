/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-settlement.h"

#include "mc-conflict-words.h"

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

void
mc_settlement_free (McSettlement *settlement)
{
  if (settlement == NULL)
    return;
  g_free (settlement->conflict);
  json_decref (settlement->value);
  g_strfreev (settlement->seen);
  g_free (settlement);
}

GPtrArray *
mc_settlements (const McConflict *conflict, guint place, GPtrArray *others)
{
  GPtrArray *settlements = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_settlement_free);

  g_return_val_if_fail (conflict != NULL && place < conflict->sides->len, settlements);

  McSide *kept = g_ptr_array_index (conflict->sides, place);
  g_ptr_array_add (settlements, mc_settlement_of (conflict, mc_conflict_value (conflict, place)));
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      McConflict *other = g_ptr_array_index (others, i);
      int side = mc_conflict_side_by (other, kept->by);

      if (mc_conflict_alike (conflict, other) && side >= 0)
        g_ptr_array_add (settlements,
                         mc_settlement_of (other, mc_conflict_value (other, (guint)side)));
    }
  return settlements;
}
