/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/** McSaying: everyday words, and the words of the catalogue that they mean. */
typedef struct
{
  GPtrArray *words; /* McToken, said in this order */
  GPtrArray *means; /* McToken */
} McSaying;

/** McFamilyMember: one of procedures that are easily confused, and when it is the right one. */
typedef struct
{
  char *code;
  char *when;
} McFamilyMember;

/** McFamily: procedures that are easily confused, and the question that tells them apart. */
typedef struct
{
  char *ask;
  GPtrArray *members; /* McFamilyMember */
} McFamily;

/**
 * McLexicon: how people speak of procedures (data/catalogue/words.json). Immutable.
 * @idle: keys (mc_token_key()) of words that say nothing about what is wanted
 * @sayings: McSaying
 * @unless_said: GPtrArray of McToken each: what a procedure is not about unless it is asked for
 * @families: McFamily
 */
typedef struct
{
  GHashTable *idle;
  GPtrArray *sayings;
  GPtrArray *unless_said;
  GPtrArray *families;
} McLexicon;

/** mc_lexicon_parse: Returns: (transfer full): or %NULL, #MC_ERROR_FORMAT. */
McLexicon *mc_lexicon_parse (const json_t *json, GError **error);
void mc_lexicon_free (McLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McLexicon, mc_lexicon_free)

/** mc_family_member: the member with @code, or %NULL. Borrowed. */
const McFamilyMember *mc_family_member (const McFamily *family, const char *code);

G_END_DECLS
