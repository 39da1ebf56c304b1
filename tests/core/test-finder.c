/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-finder.h"

#include "mc-data.h"
#include "mc-error.h"
#include <string.h>

/* Among how many the right one is to be, and in how many of a hundred phrases. */
#define FIRST 5
#define RIGHT_PERCENT 90

static void
add (GPtrArray *all, json_t *entry)
{
  g_autoptr (GError) error = NULL;
  McProcedure *procedure = mc_procedure_parse (entry, &error);

  g_assert_no_error (error);
  g_ptr_array_add (all, procedure);
}

static GPtrArray *
read_own (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/catalogue/procedures.json");
  json_t *list = json_object_get (json, "procedures");
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_procedure_unref);

  for (size_t i = 0; i < json_array_size (list); i++)
    add (all, json_array_get (list, i));
  return all;
}

static gboolean
has (GPtrArray *all, const char *code)
{
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((McProcedure *)all->pdata[i])->code, code))
      return TRUE;
  return FALSE;
}

/* The own ones and those of a real dump; NULL where there is none. */
static GPtrArray *
read_all (void)
{
  g_auto (GStrv) lines = mc_data_portal ();
  GPtrArray *all = read_own ();

  if (lines == NULL)
    {
      g_ptr_array_unref (all);
      return NULL;
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (json_t) line = mc_json_parse (lines[i], -1, NULL);
      const char *code = mc_json_string (line, "ma_thu_tuc");
      g_autoptr (json_t) entry = json_pack ("{s:s,s:s,s:s,s:[{s:s,s:s}]}",
                                            "code",
                                            code,
                                            "name",
                                            mc_json_string (line, "ten_thu_tuc"),
                                            "field",
                                            mc_json_string (line, "linh_vuc"),
                                            "cases",
                                            "id",
                                            "a",
                                            "name",
                                            "A");

      if (!has (all, code))
        add (all, entry);
    }
  return all;
}

static McFinder *
finder_of (GPtrArray *all)
{
  g_autoptr (json_t) words = mc_data_json ("data/catalogue/words.json");
  g_autoptr (GError) error = NULL;
  McLexicon *lexicon = mc_lexicon_parse (words, &error);

  g_assert_no_error (error);
  return mc_finder_new (all, lexicon);
}

static int
place_of (McFound *found, GStrv codes)
{
  for (guint i = 0; i < found->procedures->len; i++)
    if (g_strv_contains ((const char *const *)codes,
                         ((McProcedure *)found->procedures->pdata[i])->code))
      return (int)i;
  return -1;
}

static gboolean
any_in (GPtrArray *all, GStrv codes)
{
  for (guint i = 0; codes[i] != NULL; i++)
    if (has (all, codes[i]))
      return TRUE;
  return FALSE;
}

typedef struct
{
  guint asked, right, first;
} Tally;

/* What the failures were is said of the open phrases only: the held out ones teach nobody. */
static void
ask (McFinder *finder, const char *phrase, GStrv codes, gboolean held, Tally *tally)
{
  g_autoptr (McFound) found = mc_finder_find (finder, phrase, FIRST);
  gboolean none = g_str_equal (codes[0], "-");
  int place = none ? (found->procedures->len == 0 ? 0 : -1) : place_of (found, codes);

  tally->asked++;
  tally->right += place >= 0 ? 1 : 0;
  tally->first += place == 0 ? 1 : 0;
  if (place < 0 && !held)
    {
      g_autoptr (GString) got = g_string_new (NULL);

      for (guint i = 0; i < found->procedures->len; i++)
        g_string_append_printf (got, " %s", ((McProcedure *)found->procedures->pdata[i])->code);
      g_test_message ("not among the first %d: %s (%s) found%s", FIRST, phrase, codes[0], got->str);
    }
}

static void
check (const char *what, const Tally *tally)
{
  g_test_message ("%s: %u of %u among the first %d (%.1f %%), %u the very first",
                  what,
                  tally->right,
                  tally->asked,
                  FIRST,
                  100.0 * tally->right / tally->asked,
                  tally->first);
  g_assert_cmpuint (tally->right * 100, >=, tally->asked * RIGHT_PERCENT);
}

static void
ask_phrases (GPtrArray *all, guint least)
{
  g_autoptr (McFinder) finder = finder_of (all);
  g_autofree char *text = mc_data_text ("tests/core/phrases.txt");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Tally open = { 0 };
  Tally held = { 0 };
  guint number = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_auto (GStrv) codes = NULL;
      gboolean hold;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (columns), ==, 2);
      codes = g_strsplit (columns[1], ",", -1);
      hold = ++number % 3 == 0;
      if (!g_str_equal (codes[0], "-") && !any_in (all, codes))
        continue;
      ask (finder, columns[0], codes, hold, hold ? &held : &open);
    }
  g_test_message ("%u procedures", all->len);
  g_assert_cmpuint (open.asked + held.asked, >=, least);
  check ("open", &open);
  check ("held out", &held);
}

static void
test_own_phrases (void)
{
  g_autoptr (GPtrArray) all = read_own ();

  ask_phrases (all, 140);
}

static void
test_all_phrases (void)
{
  g_autoptr (GPtrArray) all = read_all ();

  if (all == NULL)
    {
      g_test_skip ("no real portal dump beside the source tree");
      return;
    }
  ask_phrases (all, 200);
}

static void
test_exact (void)
{
  static const struct
  {
    const char *query, *first;
  } rows[] = {
    { "dang ky khai sinh", "1.001193" },
    { "ĐĂNG KÝ KHAI SINH", "1.001193" },
    { "dang ky khai si", "1.001193" },
    { "xác nhận tình trạng hôn nhân", "1.004873" },
    { "xac nhan tinh trang hon nh", "1.004873" },
    { "xac nhan tinh trang hno nhan", "1.004873" },
    { "1.004873", "1.004873" },
    { "1004873", "1.004873" },
    { "1.004.873", "1.004873" },
    { "004873", "1.004873" },
    { "lien thong dang ky khai sinh thuong tru", "3.000722" },
    { "liên thông đăng ký khai sinh thường trú", "3.000722" },
    { "lien thong khai tu", "2.002913" },
    { "liet", "1.001699" },
    { "bị liệt", "1.001699" },
  };
  g_autoptr (GPtrArray) all = read_own ();
  g_autoptr (McFinder) finder = finder_of (all);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McFound) found = mc_finder_find (finder, rows[i].query, FIRST);

      g_test_message ("%s", rows[i].query);
      g_assert_cmpuint (found->procedures->len, >, 0);
      g_assert_cmpstr (((McProcedure *)found->procedures->pdata[0])->code, ==, rows[i].first);
    }
}

/* What is easily confused comes first and together, with the question that tells it apart. */
static void
test_family (void)
{
  g_autoptr (GPtrArray) all = read_own ();
  g_autoptr (McFinder) finder = finder_of (all);
  g_autoptr (McFound) found = mc_finder_find (finder, "tiền mai táng", 7);
  g_autoptr (McFound) certain = mc_finder_find (finder, "tách hộ", 7);

  g_assert_nonnull (found->family);
  g_assert_cmpuint (found->members, ==, 2);
  for (guint i = 0; i < found->members; i++)
    g_assert_nonnull (
        mc_family_member (found->family, ((McProcedure *)found->procedures->pdata[i])->code));
  g_assert_null (certain->family);
  g_assert_cmpuint (certain->members, ==, 0);
}

static void
test_nothing (void)
{
  static const char *const rows[] = { "", "…", "   ", "zzz xyzt", "9.999999", "2.002.400" };
  g_autoptr (GPtrArray) all = read_own ();
  g_autoptr (GPtrArray) empty = g_ptr_array_new ();
  g_autoptr (McFinder) finder = finder_of (all);
  g_autoptr (McFinder) bare = mc_finder_new (empty, NULL);
  g_autoptr (McFound) none = mc_finder_find (bare, "khai sinh", FIRST);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (McFound) found = mc_finder_find (finder, rows[i], FIRST);

      g_test_message ("%s", rows[i]);
      g_assert_cmpuint (found->procedures->len, ==, 0);
      g_assert_null (found->family);
    }
  g_assert_cmpuint (none->procedures->len, ==, 0);
}

static void
test_wrong_words (void)
{
  static const char *const rows[] = {
    "{\"sayings\":[{\"said\":[\"a\"]}]}",
    "{\"sayings\":[{\"said\":[],\"means\":\"b\"}]}",
    "{\"sayings\":[{\"said\":[\"…\"],\"means\":\"b\"}]}",
    "{\"families\":[{\"members\":[]}]}",
    "{\"families\":[{\"ask\":\"a\",\"members\":[{\"code\":\"1\",\"when\":\"x\"}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (json_t) json = mc_json_parse (rows[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i]);
      g_assert_null (mc_lexicon_parse (json, &error));
      g_assert_error (error, MC_ERROR, MC_ERROR_FORMAT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/exact", test_exact);
  g_test_add_func ("/finder/family", test_family);
  g_test_add_func ("/finder/nothing", test_nothing);
  g_test_add_func ("/finder/wrong-words", test_wrong_words);
  g_test_add_func ("/finder/own-phrases", test_own_phrases);
  g_test_add_func ("/finder/all-phrases", test_all_phrases);
  return g_test_run ();
}
