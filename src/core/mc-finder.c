/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-finder-private.h"

#include "mc-procedure-code.h"
#include <string.h>

/* How much a word of the query counts that no procedure has. */
#define UNKNOWN_WEIGHT 3.f
#define IDLE_WEIGHT 0.1f
/* How well a word says another that is only like it. */
#define OTHER_MARKS 0.8f
#define NEAR 0.6f
/* A procedure for foreigners, at the border, … is seldom meant by who does not say so. */
#define UNLESS_SAID 0.8f
/* Below this share of what was said, it is about something else. */
#define FITS 0.34f
/* A member that is this near to the best one is asked about with it. */
#define CONFUSED 0.55f

typedef struct
{
  const McEntry *entry;
  gfloat score;
} Ranked;

/* A word of a reading, and how well each word of the catalogue says it. */
typedef struct
{
  gfloat weight;
  gfloat *says;
} Asked;

McFinder *
mc_finder_new (GPtrArray *procedures, McLexicon *lexicon)
{
  McFinder *finder;

  g_return_val_if_fail (procedures != NULL, NULL);

  finder = g_new0 (McFinder, 1);
  finder->procedures = g_ptr_array_ref (procedures);
  finder->lexicon = lexicon;
  _mc_finder_index (finder);
  return finder;
}

void
mc_finder_free (McFinder *finder)
{
  if (finder == NULL)
    return;
  _mc_finder_index_clear (finder);
  mc_lexicon_free (finder->lexicon);
  g_ptr_array_unref (finder->procedures);
  g_free (finder);
}

void
mc_found_free (McFound *found)
{
  if (found == NULL)
    return;
  g_ptr_array_unref (found->procedures);
  g_free (found);
}

/* How well @term says @word. @known: the catalogue has the word as it is typed. */
static gfloat
says (const McToken *word, const McToken *term, gboolean open, gboolean known)
{
  gsize length = strlen (word->folded);

  if (g_str_equal (word->folded, term->folded))
    return *word->marks == '\0' || g_str_equal (word->marks, term->marks) ? 1 : OTHER_MARKS;
  if (open && g_str_has_prefix (term->folded, word->folded))
    return 0.5f + 0.4f * (gfloat)length / (gfloat)strlen (term->folded);
  if (!known && length >= 3 && strlen (term->folded) >= 3 &&
      mc_token_near (word->folded, term->folded))
    return length > 3 ? NEAR : NEAR / 2;
  return 0;
}

static void
ask (const McFinder *finder, const McToken *word, gboolean open, Asked *asked)
{
  gboolean known = g_hash_table_contains (finder->folded, word->folded);
  gfloat best = 0;

  asked->says = g_new (gfloat, finder->terms->len + 1);
  asked->weight = UNKNOWN_WEIGHT;
  for (guint i = 0; i < finder->terms->len; i++)
    {
      const McFindWord *term = finder->terms->pdata[i];

      asked->says[i] = says (word, term->token, open, known);
      if (asked->says[i] > best)
        {
          best = asked->says[i];
          asked->weight = term->weight;
        }
    }
  if (_mc_finder_idle (finder, word))
    asked->weight = IDLE_WEIGHT;
}

static void
asked_clear (Asked *asked)
{
  g_free (asked->says);
}

/* What one title answers: how much of the query (@ret_said) and how well, all in all. */
static gfloat
score_title (const McFinder *finder, const McTitle *title, GArray *query, gfloat total, gfloat *ret)
{
  gfloat said = 0;
  gfloat told = 0;
  gfloat joined = 0;
  guint before = G_MAXUINT;

  for (guint q = 0; q < query->len; q++)
    {
      const Asked *asked = &g_array_index (query, Asked, q);
      gfloat best = 0;
      guint at = G_MAXUINT;

      for (guint i = 0; i < title->length; i++)
        {
          gfloat now = asked->says[title->terms[i]];

          /* Of equals the one that goes on from the word before. */
          if (now > best || (now > 0 && now >= best && before != G_MAXUINT && i == before + 1))
            {
              best = now;
              at = i;
            }
        }
      if (at == G_MAXUINT)
        {
          before = G_MAXUINT;
          continue;
        }
      said += asked->weight * best;
      told += ((McFindWord *)finder->terms->pdata[title->terms[at]])->weight * best;
      if (before != G_MAXUINT && at == before + 1)
        joined += asked->weight * best;
      before = at;
    }
  *ret = said / total;
  return title->worth * (said / total) *
         (1 + 0.5f * MIN (told / title->weight, 1) + 0.5f * joined / total);
}

/* The score of @entry for a reading; @ret_said: the share of the reading that it answers. */
static gfloat
score_entry (const McFinder *finder,
             const McEntry *entry,
             GArray *query,
             gfloat total,
             gfloat *ret_said)
{
  gfloat best = 0;

  *ret_said = 0;
  for (guint i = 0; i < entry->titles->len; i++)
    {
      const McTitle *title = &g_array_index (entry->titles, McTitle, i);
      gfloat said = 0;
      gfloat score = title->weight > 0 ? score_title (finder, title, query, total, &said) : 0;

      *ret_said = MAX (*ret_said, said * title->worth);
      best = MAX (best, score) + 0.05f * MIN (best, score);
    }
  return best;
}

static GArray *
ask_all (const McFinder *finder, const McReading *reading, gfloat *ret_total)
{
  GArray *query = g_array_new (FALSE, FALSE, sizeof (Asked));

  g_array_set_clear_func (query, (GDestroyNotify)asked_clear);
  *ret_total = 0;
  for (guint i = 0; i < reading->words->len; i++)
    {
      Asked asked;

      ask (finder, reading->words->pdata[i], reading->open && i + 1 == reading->words->len, &asked);
      *ret_total += asked.weight;
      g_array_append_val (query, asked);
    }
  return query;
}

/* For each entry, at most how much of the query it can say: most can say too little. */
static gfloat *
bound_entries (const McFinder *finder, GArray *query)
{
  gfloat *bounds = g_new0 (gfloat, finder->entries->len + 1);
  g_autofree gfloat *best = g_new (gfloat, finder->entries->len + 1);

  for (guint q = 0; q < query->len; q++)
    {
      const Asked *asked = &g_array_index (query, Asked, q);

      memset (best, 0, finder->entries->len * sizeof (gfloat));
      for (guint t = 0; t < finder->terms->len; t++)
        {
          GArray *entries = ((McFindWord *)finder->terms->pdata[t])->entries;

          for (guint e = 0; asked->says[t] > 0 && e < entries->len; e++)
            {
              guint place = g_array_index (entries, guint, e);

              best[place] = MAX (best[place], asked->says[t]);
            }
        }
      for (guint e = 0; e < finder->entries->len; e++)
        bounds[e] += asked->weight * best[e];
    }
  return bounds;
}

/* Raises the score of each entry to what @reading gives it. */
static void
rank_reading (const McFinder *finder, const McReading *reading, guint64 said, gfloat *scores)
{
  gfloat total = 0;
  g_autoptr (GArray) query = ask_all (finder, reading, &total);
  g_autofree gfloat *bounds = bound_entries (finder, query);

  for (guint i = 0; total > 0 && i < finder->entries->len; i++)
    {
      const McEntry *entry = finder->entries->pdata[i];
      gfloat share = 0;
      gfloat score;

      if (bounds[i] < FITS * total)
        continue;
      score = reading->worth * score_entry (finder, entry, query, total, &share);
      if (share < FITS)
        continue;
      /* Who says one of its words means such a one, whatever else its name has. */
      for (guint64 left = entry->unless_said & said ? 0 : entry->unless_said; left != 0;
           left &= left - 1)
        score *= UNLESS_SAID;
      scores[i] = MAX (scores[i], score);
    }
}

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *one = a;
  const Ranked *other = b;

  if (one->score > other->score || one->score < other->score)
    return one->score > other->score ? -1 : 1;
  return strcmp (one->entry->procedure->code, other->entry->procedure->code);
}

static GArray *
rank (const McFinder *finder, GPtrArray *words)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  g_autoptr (GPtrArray) readings = _mc_finder_readings (finder, words);
  g_autofree gfloat *scores = g_new0 (gfloat, finder->entries->len + 1);
  guint64 said = 0;

  for (guint i = 0; i < readings->len; i++)
    said |= _mc_finder_unless_said (finder, ((McReading *)readings->pdata[i])->words);
  for (guint i = 0; i < readings->len; i++)
    rank_reading (finder, readings->pdata[i], said, scores);
  for (guint i = 0; i < finder->entries->len; i++)
    {
      Ranked one = { finder->entries->pdata[i], scores[i] };

      if (scores[i] > 0)
        g_array_append_val (ranked, one);
    }
  g_array_sort (ranked, compare_ranked);
  return ranked;
}

static gboolean
is_member (const McFamily *family, const McProcedure *procedure)
{
  g_autofree char *national = mc_procedure_national (procedure->code);

  return mc_family_member (family, national) != NULL;
}

/* The family that the best one is of, where another of it is nearly as good. */
static const McFamily *
family_of (const McFinder *finder, GArray *ranked)
{
  GPtrArray *all = finder->lexicon != NULL ? finder->lexicon->families : NULL;
  const Ranked *best = ranked->len > 0 ? &g_array_index (ranked, Ranked, 0) : NULL;

  for (guint f = 0; best != NULL && all != NULL && f < all->len; f++)
    {
      if (!is_member (all->pdata[f], best->entry->procedure))
        continue;
      for (guint i = 1; i < ranked->len; i++)
        {
          const Ranked *one = &g_array_index (ranked, Ranked, i);

          if (one->score < CONFUSED * best->score)
            break;
          if (is_member (all->pdata[f], one->entry->procedure))
            return all->pdata[f];
        }
    }
  return NULL;
}

static void
take (McFound *found, GArray *ranked, gboolean members, guint most)
{
  for (guint i = 0; i < ranked->len && found->procedures->len < most; i++)
    {
      const Ranked *one = &g_array_index (ranked, Ranked, i);

      if (found->family != NULL && is_member (found->family, one->entry->procedure) != members)
        continue;
      g_ptr_array_add (found->procedures, one->entry->procedure);
    }
}

/* Staff type codes with faults: 2.002.400, 2002638, 1.1193. Only the digits are compared. */
static void
find_code (const McFinder *finder, const char *digits, guint most, McFound *found)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < finder->entries->len && found->procedures->len < most; i++)
      {
        McProcedure *procedure = ((McEntry *)finder->entries->pdata[i])->procedure;
        g_autofree char *own = mc_procedure_digits (procedure->code);
        gboolean begins = g_str_has_prefix (own, digits);

        if (pass == 0 ? begins : !begins && strstr (own, digits) != NULL)
          g_ptr_array_add (found->procedures, procedure);
      }
}

McFound *
mc_finder_find (McFinder *finder, const char *query, guint most)
{
  McFound *found = g_new0 (McFound, 1);
  g_autoptr (GPtrArray) words = mc_token_split (query);
  g_autofree char *digits = mc_procedure_digits (query);
  g_autoptr (GArray) ranked = NULL;

  found->procedures = g_ptr_array_new ();
  if (words->len == 0)
    return found;
  if (strlen (digits) >= 3 && strspn (query, "0123456789. ") == strlen (query))
    {
      find_code (finder, digits, most, found);
      return found;
    }
  ranked = rank (finder, words);
  found->family = family_of (finder, ranked);
  if (found->family != NULL)
    {
      take (found, ranked, TRUE, most);
      found->members = found->procedures->len;
    }
  take (found, ranked, FALSE, most);
  return found;
}
