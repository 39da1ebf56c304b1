/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query may mean: everyday words replaced by those of the catalogue. */
#include "mc-finder-private.h"

#include <string.h>

/* More readings of one query would only cost time. */
#define READINGS_MAX 8
/* Every word said is worth a little more than one only like it. */
#define NEAR_WORTH 0.85f
#define MARKS_WORTH 0.9f
/* What a saying means is surer than words that happen to be in a name. */
#define SAYING_WORTH 1.1f

typedef struct
{
  guint at, length; /* in the query */
  const McSaying *saying;
  gfloat worth;
} Hit;

/* How well @word of the query says @said; 0: not at all. A word that the catalogue has is meant as
 * it is: "liên" is no slip of the hand for "liệt". */
static gfloat
says (const McFinder *finder, const McToken *word, const McToken *said, gboolean open)
{
  if (g_str_equal (word->folded, said->folded))
    return *word->marks == '\0' || *said->marks == '\0' || g_str_equal (word->marks, said->marks)
               ? 1
               : MARKS_WORTH;
  if (open && strlen (word->folded) > 2 && g_str_has_prefix (said->folded, word->folded))
    return NEAR_WORTH;
  if (strlen (word->folded) >= 4 && strlen (said->folded) >= 4 &&
      !g_hash_table_contains (finder->folded, word->folded) &&
      mc_token_near (word->folded, said->folded))
    return NEAR_WORTH;
  return 0;
}

/* Whether the query says it from @at on; idle words between are passed over. */
static gboolean
said_at (const McFinder *finder, GPtrArray *words, guint at, const McSaying *saying, Hit *hit)
{
  guint i = at;

  hit->worth = SAYING_WORTH;
  for (guint s = 0; s < saying->words->len; s++)
    {
      gfloat worth = 0;

      for (; i < words->len; i++)
        {
          worth = says (finder, words->pdata[i], saying->words->pdata[s], i + 1 == words->len);
          if (worth > 0 || s == 0 || !_mc_finder_idle (finder, words->pdata[i]))
            break;
        }
      if (worth <= 0 || i >= words->len)
        return FALSE;
      hit->worth *= worth;
      i++;
    }
  hit->at = at;
  hit->length = i - at;
  hit->saying = saying;
  return TRUE;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *one = a;
  const Hit *other = b;

  if (one->saying->words->len != other->saying->words->len)
    return one->saying->words->len > other->saying->words->len ? -1 : 1;
  if (one->worth > other->worth || one->worth < other->worth)
    return one->worth > other->worth ? -1 : 1;
  return one->at < other->at ? -1 : one->at > other->at;
}

static GArray *
find_hits (const McFinder *finder, GPtrArray *words)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  GPtrArray *sayings = finder->lexicon != NULL ? finder->lexicon->sayings : NULL;

  for (guint s = 0; sayings != NULL && s < sayings->len; s++)
    for (guint at = 0; at < words->len; at++)
      {
        Hit hit;

        if (said_at (finder, words, at, sayings->pdata[s], &hit))
          g_array_append_val (hits, hit);
      }
  g_array_sort (hits, compare_hits);
  return hits;
}

static void
reading_free (McReading *reading)
{
  g_ptr_array_unref (reading->words);
  g_free (reading);
}

/* The words with each of @hits (in no order, apart from each other) replaced. */
static McReading *
replace (GPtrArray *words, const Hit *const *hits, guint count)
{
  McReading *reading = g_new0 (McReading, 1);

  reading->words = g_ptr_array_new ();
  reading->worth = 1;
  reading->open = TRUE;
  for (guint i = 0; i < words->len; i++)
    {
      const Hit *hit = NULL;

      for (guint h = 0; h < count && hit == NULL; h++)
        if (hits[h]->at == i)
          hit = hits[h];
      if (hit == NULL)
        {
          g_ptr_array_add (reading->words, words->pdata[i]);
          continue;
        }
      for (guint m = 0; m < hit->saying->means->len; m++)
        g_ptr_array_add (reading->words, hit->saying->means->pdata[m]);
      i += hit->length - 1;
      reading->open = i + 1 < words->len;
      reading->worth = MAX (reading->worth, hit->worth);
    }
  return reading;
}

static gboolean
overlap (const Hit *one, const Hit *other)
{
  return one->at < other->at + other->length && other->at < one->at + one->length;
}

/* As many as go together, the longest first. */
static McReading *
replace_all (GPtrArray *words, GArray *hits)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < hits->len; i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);
      gboolean free = TRUE;

      for (guint t = 0; t < taken->len; t++)
        free = free && !overlap (hit, taken->pdata[t]);
      if (free)
        g_ptr_array_add (taken, (gpointer)hit);
    }
  return taken->len > 1 ? replace (words, (const Hit *const *)taken->pdata, taken->len) : NULL;
}

GPtrArray *
_mc_finder_readings (const McFinder *finder, GPtrArray *words)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func ((GDestroyNotify)reading_free);
  g_autoptr (GArray) hits = find_hits (finder, words);
  McReading *all = replace_all (words, hits);

  g_ptr_array_add (readings, replace (words, NULL, 0));
  if (all != NULL)
    g_ptr_array_add (readings, all);
  for (guint i = 0; i < hits->len && readings->len < READINGS_MAX; i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);

      g_ptr_array_add (readings, replace (words, &hit, 1));
    }
  return readings;
}
