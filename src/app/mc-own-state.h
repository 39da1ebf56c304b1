/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/*
 * An entry of the catalogue as somebody types it, all of it text: {"code", "name", "field",
 * "words", "from", "cases": [{"id", "name", "unit", "count", "own_unit", "own_count", "source",
 * "direct", "online", "post", "fee_kind", "fee", "fee_source", "fee_note"}], "parts": [{"id",
 * "name", "originals", "copies", "form", "required"}]}. What is typed may be half a date or no
 * number: it is kept so in the draft.
 */

/** mc_own_state_of: @entry (nullable: a new one), as it holds on @today (ISO date). Returns:
 * (transfer full) */
json_t *mc_own_state_of (const json_t *entry, const char *today);
/** mc_own_state_case, _part: a new one, to be filled in. Returns: (transfer full) */
json_t *mc_own_state_case (void);
json_t *mc_own_state_part (void);

/** McOwnProblem: what is wrong with a field, and why, for whoever types. */
typedef struct
{
  char *field; /* "name", "cases.0.count", "parts.2.name" */
  char *words;
  gboolean missing; /* nothing was typed yet: no reproach, only named where it is saved */
} McOwnProblem;
/** mc_own_state_check: in the order of the form. Returns: (transfer full) (element-type
 * McOwnProblem): empty where it can be saved */
GPtrArray *mc_own_state_check (const json_t *state);

/**
 * mc_own_state_entry:
 * @entry with what was typed put into it; what the form does not show stays. The office's shorter
 * time and a fee with its source stand beside the law's ("local"). Fields that were changed count
 * as checked by whoever changed them.
 * @entry: (nullable): a new one
 * @state: one in which mc_own_state_check() finds nothing
 * Returns: (transfer full)
 */
json_t *mc_own_state_entry (const json_t *entry, const json_t *state, const char *today);

G_END_DECLS
