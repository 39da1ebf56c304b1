/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include "mc-words.h"

G_BEGIN_DECLS

/** mc_conflict_subject: what was changed twice: "Số điện thoại". Returns: (transfer full) */
char *mc_conflict_subject (const McConflict *conflict, const McProcedure *procedure);

/**
 * mc_conflict_sentence:
 * The one sentence that says what happened, as Pango markup, this machine first.
 * @names: (nullable)
 * Returns: (transfer full)
 */
char *mc_conflict_sentence (const McConflict *conflict, const McNames *names, gint64 now_ms);
/**
 * mc_conflict_background:
 * What helps to choose, small below the sentence: what it was before both, or what was changed
 * beside a decision. Returns: (transfer full) (nullable): %NULL where there is nothing to say
 */
char *mc_conflict_background (const McConflict *conflict, const McNames *names, gint64 now_ms);

/** mc_conflict_place: where one side was made: "Máy này", "Tỉnh", "Máy khác". Static. */
const char *mc_conflict_place (const McSide *side);
/** mc_conflict_fee_words: "8.000 đ tiền mặt". Returns: (transfer full) */
char *mc_conflict_fee_words (const McConflict *conflict, guint place);

/**
 * mc_conflict_side_words:
 * The value of side @place: only what tells it from the standing one.
 * @names: (nullable)
 * Returns: (transfer full)
 */
char *mc_conflict_side_words (const McConflict *conflict, guint place, const McNames *names);
/** mc_conflict_before_words: what it was before both. Returns: (transfer full) */
char *mc_conflict_before_words (const McConflict *conflict, const McNames *names);

/**
 * mc_conflict_fields:
 * The fields of text that the sides disagree about, so that a person may type another value; "" for
 * a group that is one text. Empty where the disagreement is about something done, not written.
 * Returns: (transfer full)
 */
GStrv mc_conflict_fields (const McConflict *conflict);
/** mc_conflict_value: the value of side @place. Returns: (transfer full) (nullable) */
json_t *mc_conflict_value (const McConflict *conflict, guint place);

/**
 * mc_conflict_settled:
 * What is said after one of two values was chosen.
 * @place: the side that was kept; a number past the last side: another value was typed
 * Returns: (transfer full)
 */
char *mc_conflict_settled (const McConflict *conflict, guint place);

/**
 * mc_conflict_alike:
 * Whether @other is the same kind of disagreement between the same people, so that one choice can
 * serve both.
 */
gboolean mc_conflict_alike (const McConflict *conflict, const McConflict *other);
/** mc_conflict_side_by: the place of the side that @by made, or -1. */
int mc_conflict_side_by (const McConflict *conflict, const char *by);

G_END_DECLS
