/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue made by hand and the national portal say the same of each procedure that is in
 * both: portal-own.jsonl holds the portal's words on them, as they were crawled.
 */
#include "mc-portal.h"

#include "mc-data.h"
#include "mc-text.h"
#include <string.h>

/* Procedures that are in both. */
#define BOTH 43

/* Where they differ, and why the hand is right; each must be so still. */
static const struct
{
  const char *code;
  const char *what;
  const char *why;
} KNOWN[] = {
  { "1.003197",
    "channels",
    "the portal lists its own channel alone; the law takes it at the counter" },
  { "1.010041", "channels", "as 1.003197" },
  { "1.003677", "channels", "as 1.003197" },
  { "1.014063", "channels", "who changes a card has the face and fingers taken: in person" },
  { "2.001035", "giay-to-tuy-than", "the portal has it in the steps, not among the papers" },
  { "2.001406", "nguoi-thua-ke", "the portal speaks of one paper for all transactions" },
  { "2.001263", "anh", "the portal says whose photograph in the title of its table" },
  { "1.001266", "nghia-vu-thue", "the portal has it among the conditions" },
  { "2.000815", "ban-sao", "the portal counts original and copy in one line" },
  { "2.000720", "uy-quyen", "only for who sends another, which the portal has in a remark" },
};

typedef struct
{
  const char *code;
  const json_t *portal;
  const json_t *hand;
  gboolean met[G_N_ELEMENTS (KNOWN)];
  guint apart;
} Comparison;

static void
differs (Comparison *comparison, const char *what)
{
  for (gsize i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (g_str_equal (KNOWN[i].code, comparison->code) && g_str_equal (KNOWN[i].what, what))
      {
        comparison->met[i] = TRUE;
        return;
      }
  comparison->apart++;
  g_test_message ("%s: %s: the portal says something else", comparison->code, what);
}

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static GHashTable *
times_of (const json_t *entry)
{
  GHashTable *all = set_new ();
  const json_t *cases = json_object_get (entry, "cases");

  for (size_t i = 0; i < json_array_size (cases); i++)
    {
      const json_t *time = json_object_get (json_array_get (cases, i), "time");

      if (json_is_object (time))
        g_hash_table_add (all, mc_json_text (time));
    }
  return all;
}

/* Where the amount is known; what the council sets, or nobody could read, is no word on it. */
static GHashTable *
fees_of (const json_t *entry)
{
  GHashTable *all = set_new ();
  const json_t *cases = json_object_get (entry, "cases");

  for (size_t i = 0; i < json_array_size (cases); i++)
    {
      const json_t *fee = json_object_get (json_array_get (cases, i), "fee");

      if (g_strcmp0 (mc_json_string (fee, "kind"), "fixed") == 0)
        g_hash_table_add (all,
                          g_strdup_printf ("%" G_GINT64_FORMAT, mc_json_int (fee, "amount", 0)));
      else if (g_strcmp0 (mc_json_string (fee, "kind"), "none") == 0)
        g_hash_table_add (all, g_strdup ("0"));
    }
  return all;
}

static void
add_code (GHashTable *all, const json_t *result)
{
  const char *code = mc_json_string (result, "code");

  if (code != NULL && *code != '\0')
    g_hash_table_add (all, g_strdup (code));
}

static GHashTable *
results_of (const json_t *entry)
{
  GHashTable *all = set_new ();
  const json_t *result = json_object_get (entry, "result");
  const json_t *also = json_object_get (result, "also");

  add_code (all, result);
  for (size_t i = 0; i < json_array_size (also); i++)
    add_code (all, json_array_get (also, i));
  return all;
}

static GHashTable *
channels_of (const json_t *entry)
{
  GHashTable *all = set_new ();
  const json_t *cases = json_object_get (entry, "cases");

  for (size_t i = 0; i < json_array_size (cases); i++)
    {
      const json_t *channels = json_object_get (json_array_get (cases, i), "channels");

      for (size_t j = 0; j < json_array_size (channels); j++)
        g_hash_table_add (all, g_strdup (json_string_value (json_array_get (channels, j))));
    }
  return all;
}

static guint
in_common (GHashTable *one, GHashTable *other)
{
  GHashTableIter iter;
  gpointer key;
  guint common = 0;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    common += g_hash_table_contains (other, key) ? 1 : 0;
  return common;
}

typedef GHashTable *(*SetOf) (const json_t *entry);

/* The two have something in common, or one says nothing; @same: they say the same. */
static void
compare_sets (Comparison *comparison, const char *what, SetOf set_of, gboolean same)
{
  g_autoptr (GHashTable) portal = set_of (comparison->portal);
  g_autoptr (GHashTable) hand = set_of (comparison->hand);
  guint common = in_common (portal, hand);
  guint most = MAX (g_hash_table_size (portal), g_hash_table_size (hand));

  if (g_hash_table_size (portal) > 0 && g_hash_table_size (hand) > 0 && common < (same ? most : 1))
    differs (comparison, what);
}

static GHashTable *
words_of (const char *name)
{
  g_autofree char *folded = mc_text_fold (name);
  g_auto (GStrv) words = g_strsplit_set (folded, " ,.;:()/-", -1);
  GHashTable *all = set_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_hash_table_add (all, g_strdup (words[i]));
  return all;
}

/* A remark of the portal stands among its papers with nothing to hand in. */
static gboolean
same_counts (const json_t *portal, const json_t *hand)
{
  gint64 originals = mc_json_int (portal, "originals", 0);
  gint64 copies = mc_json_int (portal, "copies", 0);

  return (originals == 0 && copies == 0) || (originals == mc_json_int (hand, "originals", 0) &&
                                             copies == mc_json_int (hand, "copies", 0));
}

/* The portal's sentences are longer: three of five words of the hand's are in one of them. */
static gboolean
has_part (const json_t *portal, const json_t *hand)
{
  g_autoptr (GHashTable) words = words_of (mc_json_string (hand, "name"));

  for (size_t i = 0; i < json_array_size (portal); i++)
    {
      const json_t *part = json_array_get (portal, i);
      g_autoptr (GHashTable) said = words_of (mc_json_string (part, "name"));

      if (in_common (words, said) * 5 >= g_hash_table_size (words) * 3 && same_counts (part, hand))
        return TRUE;
    }
  return FALSE;
}

static void
compare_parts (Comparison *comparison)
{
  const json_t *portal = json_object_get (comparison->portal, "parts");
  const json_t *hand = json_object_get (comparison->hand, "parts");

  for (size_t i = 0; json_array_size (portal) > 0 && i < json_array_size (hand); i++)
    if (!has_part (portal, json_array_get (hand, i)))
      differs (comparison, mc_json_string (json_array_get (hand, i), "id"));
}

static const json_t *
hand_entry (const json_t *catalogue, const char *code)
{
  const json_t *all = json_object_get (catalogue, "procedures");

  for (size_t i = 0; i < json_array_size (all); i++)
    if (g_strcmp0 (mc_json_string (json_array_get (all, i), "code"), code) == 0)
      return json_array_get (all, i);
  return NULL;
}

static void
compare_line (Comparison *comparison, const json_t *catalogue, const char *text)
{
  g_autoptr (McPortalReport) report = mc_portal_report_new ();
  g_autoptr (json_t) line = mc_json_parse (text, -1, NULL);
  g_autoptr (json_t) entry = mc_portal_entry (line, report, NULL);

  g_assert_nonnull (entry);
  comparison->code = mc_json_string (entry, "code");
  comparison->portal = entry;
  comparison->hand = hand_entry (catalogue, comparison->code);
  g_assert_nonnull (comparison->hand);
  compare_sets (comparison, "times", times_of, FALSE);
  compare_sets (comparison, "fees", fees_of, FALSE);
  compare_sets (comparison, "results", results_of, FALSE);
  compare_sets (comparison, "channels", channels_of, TRUE);
  compare_parts (comparison);
}

static void
test_agree (void)
{
  g_autoptr (json_t) catalogue = mc_data_json ("data/catalogue/procedures.json");
  g_autofree char *text = mc_data_text ("tests/core/portal-own.jsonl");
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  Comparison comparison = { 0 };

  g_assert_cmpuint (g_strv_length (lines), ==, BOTH);
  for (guint i = 0; lines[i] != NULL; i++)
    compare_line (&comparison, catalogue, lines[i]);
  g_assert_cmpuint (comparison.apart, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    if (!comparison.met[i])
      g_test_message ("%s: %s: agrees by now: not to be excused", KNOWN[i].code, KNOWN[i].what);
  for (gsize i = 0; i < G_N_ELEMENTS (KNOWN); i++)
    g_assert_true (comparison.met[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/portal-own/agree", test_agree);
  return g_test_run ();
}
