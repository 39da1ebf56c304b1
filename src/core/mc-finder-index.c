/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the catalogue, and how much each says. */
#include "mc-finder-private.h"

#include <math.h>
#include <string.h>

/* A field is shared by a hundred procedures: it helps, it never decides. */
#define FIELD_WORTH 0.4f
/* How much a word counts that says nothing about what is wanted. */
#define IDLE_WEIGHT 0.1f

static void
term_free (McFindWord *term)
{
  mc_token_free (term->token);
  g_array_unref (term->entries);
  g_free (term);
}

static void
title_clear (McTitle *title)
{
  g_free (title->terms);
}

static void
entry_free (McEntry *entry)
{
  g_array_unref (entry->titles);
  g_free (entry);
}

gboolean
_mc_finder_idle (const McFinder *finder, const McToken *word)
{
  g_autofree char *key = mc_token_key (word);

  return finder->lexicon != NULL && g_hash_table_contains (finder->lexicon->idle, key);
}

static guint
term_of (McFinder *finder, const McToken *word)
{
  g_autofree char *key = mc_token_key (word);
  gpointer known = NULL;
  McFindWord *term;

  if (g_hash_table_lookup_extended (finder->by_word, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  term = g_new0 (McFindWord, 1);
  term->token = g_new0 (McToken, 1);
  term->token->folded = g_strdup (word->folded);
  term->token->marks = g_strdup (word->marks);
  term->entries = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (finder->terms, term);
  g_hash_table_add (finder->folded, term->token->folded);
  g_hash_table_insert (finder->by_word,
                       g_steal_pointer (&key),
                       GUINT_TO_POINTER (finder->terms->len - 1));
  return finder->terms->len - 1;
}

static void
add_title (McFinder *finder, McEntry *entry, const char *text, gfloat worth)
{
  g_autoptr (GPtrArray) words = mc_token_split (text);
  McTitle title = { g_new (guint, MAX (words->len, 1)), words->len, 0, worth };

  for (guint i = 0; i < words->len; i++)
    title.terms[i] = term_of (finder, words->pdata[i]);
  g_array_append_val (entry->titles, title);
}

static gboolean
run_at (GPtrArray *words, guint at, GPtrArray *run)
{
  if (run->len == 0 || at + run->len > words->len)
    return FALSE;
  for (guint i = 0; i < run->len; i++)
    if (!g_str_equal (((McToken *)words->pdata[at + i])->folded,
                      ((McToken *)run->pdata[i])->folded))
      return FALSE;
  return TRUE;
}

guint64
_mc_finder_unless_said (const McFinder *finder, GPtrArray *words)
{
  GPtrArray *all = finder->lexicon != NULL ? finder->lexicon->unless_said : NULL;
  guint64 said = 0;

  for (guint i = 0; all != NULL && i < MIN (all->len, 64); i++)
    for (guint at = 0; at < words->len; at++)
      if (run_at (words, at, all->pdata[i]))
        said |= G_GUINT64_CONSTANT (1) << i;
  return said;
}

/* What a name is about stands before its conditions: "(…)", ";", "đối với …". */
static char *
head_of (const char *name)
{
  static const char *const ends[] = { "(", ";", " đối với ", " do ", " trong trường hợp " };
  gsize length = strlen (name);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const char *end = strstr (name, ends[i]);

      if (end != NULL && end > name + 10)
        length = MIN (length, (gsize)(end - name));
    }
  return g_strndup (name, length);
}

static void
add_entry (McFinder *finder, McProcedure *procedure)
{
  McEntry *entry = g_new0 (McEntry, 1);
  g_autoptr (GPtrArray) words = mc_token_split (procedure->name);
  g_autofree char *head = head_of (procedure->name);

  entry->procedure = procedure;
  entry->titles = g_array_new (FALSE, FALSE, sizeof (McTitle));
  g_array_set_clear_func (entry->titles, (GDestroyNotify)title_clear);
  entry->unless_said = _mc_finder_unless_said (finder, words);
  add_title (finder, entry, procedure->name, 1);
  if (strlen (head) < strlen (procedure->name))
    add_title (finder, entry, head, 1);
  for (guint i = 0; procedure->synonyms[i] != NULL; i++)
    add_title (finder, entry, procedure->synonyms[i], 1);
  if (procedure->field != NULL)
    add_title (finder, entry, procedure->field, FIELD_WORTH);
  g_ptr_array_add (finder->entries, entry);
}

/* Notes at each word of @entry that the entry has it. */
static void
note_entry (McFinder *finder, guint place)
{
  McEntry *entry = finder->entries->pdata[place];

  for (guint t = 0; t < entry->titles->len; t++)
    {
      McTitle *title = &g_array_index (entry->titles, McTitle, t);

      for (guint i = 0; i < title->length; i++)
        {
          GArray *noted = ((McFindWord *)finder->terms->pdata[title->terms[i]])->entries;

          if (noted->len == 0 || g_array_index (noted, guint, noted->len - 1) != place)
            g_array_append_val (noted, place);
        }
    }
}

static void
weigh_titles (McFinder *finder, McEntry *entry)
{
  for (guint t = 0; t < entry->titles->len; t++)
    {
      McTitle *title = &g_array_index (entry->titles, McTitle, t);

      for (guint i = 0; i < title->length; i++)
        title->weight += ((McFindWord *)finder->terms->pdata[title->terms[i]])->weight;
    }
}

static void
weigh (McFinder *finder)
{
  for (guint e = 0; e < finder->entries->len; e++)
    note_entry (finder, e);
  for (guint i = 0; i < finder->terms->len; i++)
    {
      McFindWord *term = finder->terms->pdata[i];
      gfloat share = (1.f + (gfloat)finder->entries->len) / (gfloat)term->entries->len;

      term->weight = _mc_finder_idle (finder, term->token) ? IDLE_WEIGHT : 0.3f + logf (share);
    }
  for (guint e = 0; e < finder->entries->len; e++)
    weigh_titles (finder, finder->entries->pdata[e]);
}

void
_mc_finder_index (McFinder *finder)
{
  finder->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)term_free);
  finder->by_word = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  finder->folded = g_hash_table_new (g_str_hash, g_str_equal);
  finder->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  for (guint i = 0; i < finder->procedures->len; i++)
    add_entry (finder, finder->procedures->pdata[i]);
  weigh (finder);
}

void
_mc_finder_index_clear (McFinder *finder)
{
  g_ptr_array_unref (finder->entries);
  g_hash_table_unref (finder->folded);
  g_hash_table_unref (finder->by_word);
  g_ptr_array_unref (finder->terms);
}
