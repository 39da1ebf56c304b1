/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/* The words of the office for the words of the program. Static where not said otherwise. */

/** mc_words_state: a dossier's state: "Chờ ký duyệt". */
const char *mc_words_state (const char *state);
/** mc_words_place: how many of the four steps are done. */
guint mc_words_place (const char *state);
/** mc_words_step: the button that takes a step: "Trình ký". */
const char *mc_words_step (const char *step);
/** mc_words_stepped: what the timeline says of a step: "trình ký". */
const char *mc_words_stepped (const char *step);
/** mc_words_role: "Công chức tiếp nhận". */
const char *mc_words_role (McRole role);
/** mc_words_channel: "trực tiếp". */
const char *mc_words_channel (const char *channel);
/** mc_words_method: how a fee was taken: "tiền mặt". */
const char *mc_words_method (const char *method);
/** mc_words_refusal: why the province refused, as a clerk understands it. */
const char *mc_words_refusal (const char *reason);
/** mc_words_remedy: what to do about it: a whole sentence. */
const char *mc_words_remedy (const char *reason);

/** McNames: where the words for things find their names. Either may be %NULL: then they are called
 * by what they are. */
typedef struct
{
  const McProcedure *procedure; /* names of parts */
  McStore *store;               /* names of offices */
} McNames;

/** mc_words_offices: "Xã Thử Nghiệm và Xã Bên Cạnh". @ids: an array of office ids. Returns:
 * (transfer full) */
char *mc_words_offices (const json_t *ids, McStore *store);

/**
 * mc_words_group:
 * What a group is called: "Thông tin liên hệ", or the name of a part.
 * @procedure: (nullable): for the names of parts
 * Returns: (transfer full)
 */
char *mc_words_group (const char *group, const McProcedure *procedure);
/**
 * mc_words_difference:
 * What differs between two values of @group: the one field ("Số điện thoại") or else the group.
 * Returns: (transfer full)
 */
char *mc_words_difference (const char *group,
                           const json_t *a,
                           const json_t *b,
                           const McProcedure *procedure);
/**
 * mc_words_value:
 * A group's value as text for a person, one field a line; "(trống)" where there is none.
 * @other: (nullable): only the fields in which @value differs from it
 * Returns: (transfer full)
 */
char *mc_words_value (const char *group, const json_t *value, const json_t *other);

/** mc_words_field: what one field of a group is called, or %NULL. Static. */
const char *mc_words_field (const char *group, const char *field);

/** mc_words_short_code: the end of a code that tells dossiers apart: "…0421042". Returns: (transfer
 * full) */
char *mc_words_short_code (const char *code);

G_END_DECLS
