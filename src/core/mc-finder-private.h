/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-finder.h"
#include "mc-token.h"

G_BEGIN_DECLS

/* What the files of the finder share: the index (mc-finder-index.c), the readings of a query
 * (mc-finder-reading.c) and the ranking (mc-finder.c). */

/* A word of the catalogue. */
typedef struct
{
  McToken *token;
  gfloat weight;   /* the rarer, the heavier */
  GArray *entries; /* guint: the places of the procedures that have it, each once */
} McFindWord;

/* A name that a procedure goes by: its official one, one of its everyday ones, its field. */
typedef struct
{
  guint *terms;
  guint length;
  gfloat weight; /* of all its words */
  gfloat worth;  /* 1; less for a name that many share */
} McTitle;

typedef struct
{
  McProcedure *procedure; /* borrowed */
  GArray *titles;         /* McTitle */
  guint64 unless_said;    /* which of the lexicon's it is about */
} McEntry;

struct _McFinder
{
  GPtrArray *procedures;
  McLexicon *lexicon;
  GPtrArray *terms; /* McFindWord */
  GHashTable *by_word;
  GHashTable *folded; /* of each of `terms`, borrowed */
  GPtrArray *entries; /* McEntry */
};

/* One way to understand the query: its words, or some replaced by what they mean. */
typedef struct
{
  GPtrArray *words; /* McToken, borrowed */
  gfloat worth;
  gboolean open; /* the last word may be unfinished */
} McReading;

void _mc_finder_index (McFinder *finder);
void _mc_finder_index_clear (McFinder *finder);
/* Which of unless_said is in @words. */
guint64 _mc_finder_unless_said (const McFinder *finder, GPtrArray *words);
gboolean _mc_finder_idle (const McFinder *finder, const McToken *word);
/* Returns: McReading, the words as they are first; borrows from @words and the lexicon. */
GPtrArray *_mc_finder_readings (const McFinder *finder, GPtrArray *words);

G_END_DECLS
