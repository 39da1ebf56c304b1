/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"

G_BEGIN_DECLS

/**
 * McTyped:
 * What a person has typed into an open dossier and not saved yet, kept as a draft on the disk: soon
 * after a key, and until the save is known to be on the disk. Outlives the page it was typed in.
 */
#define MC_TYPE_TYPED (mc_typed_get_type ())
G_DECLARE_FINAL_TYPE (McTyped, mc_typed, MC, TYPED, GObject)

/** mc_typed_new: of the person signed in now. Emits "found" once what was kept before is read. */
McTyped *mc_typed_new (McContext *context, const char *dossier);
/** mc_typed_kept: what was kept of @group before, or %NULL. Borrowed. */
json_t *mc_typed_kept (McTyped *typed, const char *group);
/** mc_typed_set: what is typed in @group now. @value: (transfer full) (nullable): %NULL: nothing
 * that is not saved */
void mc_typed_set (McTyped *typed, const char *group, json_t *value);
/** mc_typed_now: writes at once what waits to be written. */
void mc_typed_now (McTyped *typed);

G_END_DECLS
