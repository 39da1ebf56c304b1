/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The judge against the executable model of the sync rules: tests/vectors/judge.txt, whose head
 * explains its lines.
 */
#include "mc-op-make.h"

#include <string.h>

#define OPS_MAX 400

typedef struct
{
  const char *text; /* the line of the file, for messages */
  char *group;
  int first; /* what the receiving op wrote */
  guint length;
  struct
  {
    char *base;
    int value;
    char verdict;
  } ops[OPS_MAX];
  char *tips;
} History;

static void
history_clear (History *history)
{
  for (guint i = 0; i < history->length; i++)
    g_free (history->ops[i].base);
  g_free (history->group);
  g_free (history->tips);
  history->length = 0;
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (History, history_clear)

static void
read_history (const char *line, History *history)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint i;

  history->text = line;
  history->group = g_strdup (words[0]);
  history->first = atoi (words[1]);
  for (i = 2; words[i] != NULL && !g_str_equal (words[i], ">"); i++)
    {
      char *equal = strchr (words[i], '=');

      g_assert_nonnull (equal);
      g_assert_cmpuint (history->length, <, OPS_MAX);
      history->ops[history->length].base = g_strndup (words[i], (gsize)(equal - words[i]));
      history->ops[history->length].value = equal[1] - '0';
      history->ops[history->length].verdict = equal[2];
      history->length++;
    }
  g_assert_nonnull (words[i]);
  history->tips = g_strjoinv (" ", words + i + 1);
}

static char *
value_of (const char *group, int value)
{
  static const char *const states[] = { "received",   "appraised", "approved",
                                        "supplement", "returned",  "withdrawn" };

  if (g_str_equal (group, "status"))
    return g_strdup_printf ("{'state':'%s'}", states[value]);
  if (g_str_equal (group, "applicant"))
    return g_strdup_printf ("{'name':'%d'}", value);
  if (g_str_equal (group, "contact"))
    return g_strdup_printf ("{'phone':'%d'}", value);
  return g_strdup_printf ("'%d'", value);
}

/* The model's fee is an act whoever writes it; the rest is set, so that no step is checked. */
static McOp *
make_op (const History *history, guint i)
{
  g_autofree char *name = g_strdup_printf ("%u", i + 1);
  g_auto (GStrv) ids = g_strsplit (history->ops[i].base, ",", -1);
  g_autofree char *names = g_strjoinv ("','", ids);
  g_autofree char *base =
      g_strdup_printf (*names ? "{'%s':['%s']}" : "{'%s':[]}", history->group, names);
  g_autofree char *value = value_of (history->group, history->ops[i].value);
  g_autofree char *body = NULL;

  if (g_str_equal (history->group, "fee"))
    {
      body = g_strdup_printf ("{'taken':%d,'method':'cash'}", history->ops[i].value);
      return mc_story_op (name, MC_VERB_FEE, body, base, NULL);
    }
  body = g_strdup_printf ("{'groups':{'%s':%s}}", history->group, value);
  return mc_story_op (name, MC_VERB_SET, body, base, NULL);
}

static void
begin (McStory *story, const History *history)
{
  g_autofree char *subject = g_strdup_printf ("{'applicant':{'name':'0'},'contact':{'phone':'0'},"
                                              "'subject':'%d','fee':{'amount':8000}}",
                                              history->first);
  g_autofree char *ruling = mc_story_tell (story, "0", MC_VERB_RECEIVE, subject, "{}");

  g_assert_cmpstr (ruling, ==, "'applied'");
}

static char
judge (McStory *story, const History *history, guint i)
{
  g_autoptr (McRuling) refused = mc_ruling_refuse ("role");
  gboolean is_refused = history->ops[i].verdict == 'r';
  g_autofree char *ruling =
      mc_story_take (story, make_op (history, i), is_refused ? refused : NULL, FALSE);

  if (g_str_has_prefix (ruling, "'refused"))
    return 'r';
  if (g_str_equal (ruling, "'applied'"))
    return 'a';
  return strstr (ruling, "merged") != NULL ? 'm' : 'c';
}

/* In the order of the model: the same verdicts, the same tips, the same one standing. */
static void
replay (const History *history)
{
  g_autoptr (McStory) story = mc_story_new ();
  g_autofree char *tips = NULL;

  begin (story, history);
  for (guint i = 0; i < history->length; i++)
    {
      char verdict = judge (story, history, i);

      if (verdict != history->ops[i].verdict)
        g_error ("op %u is %c, the model says %c: %s",
                 i + 1,
                 verdict,
                 history->ops[i].verdict,
                 history->text);
    }
  tips = mc_story_tips (story, history->group);
  if (strcmp (tips, history->tips) != 0)
    g_error ("tips are %s: %s", tips, history->text);
}

static gboolean
ready (const History *history, const gboolean *told, guint i)
{
  g_auto (GStrv) base = g_strsplit (history->ops[i].base, ",", -1);

  for (guint b = 0; base[b] != NULL; b++)
    if (g_ascii_isdigit (*base[b]) && atoi (base[b]) > 0 && !told[atoi (base[b]) - 1])
      return FALSE;
  return TRUE;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
as_set (const char *tips)
{
  g_auto (GStrv) names = g_strsplit (tips, " ", -1);

  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return g_strjoinv (" ", names);
}

/* In any other order, parents first: which tip stands may differ, never which tips there are. */
static void
replay_shuffled (const History *history, GRand *random)
{
  g_autoptr (McStory) story = mc_story_new ();
  gboolean told[OPS_MAX] = { FALSE };
  g_autofree char *tips = NULL;
  g_autofree char *got = NULL;
  g_autofree char *expected = as_set (history->tips);

  begin (story, history);
  for (guint left = history->length; left > 0;)
    {
      guint i = (guint)g_rand_int_range (random, 0, (gint32)history->length);

      while (told[i] || !ready (history, told, i))
        i = (i + 1) % history->length;
      told[i] = TRUE;
      left--;
      judge (story, history, i);
    }
  tips = mc_story_tips (story, history->group);
  got = as_set (tips);
  if (strcmp (got, expected) != 0)
    g_error ("in another order tips are %s: %s", got, history->text);
}

static void
for_each_history (void (*use) (const History *history, gpointer data), gpointer data)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "tests", "vectors", "judge.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      {
        g_auto (History) history = { 0 };

        read_history (lines[i], &history);
        use (&history, data);
        count++;
      }
  g_assert_cmpuint (count, >, 5000);
}

static void
use_in_order (const History *history, gpointer data)
{
  replay (history);
}

static void
test_in_order (void)
{
  for_each_history (use_in_order, NULL);
}

static void
use_shuffled (const History *history, gpointer data)
{
  replay_shuffled (history, data);
}

static void
test_in_any_order (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for_each_history (use_shuffled, random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-vectors/in-order", test_in_order);
  g_test_add_func ("/judge-vectors/in-any-order", test_in_any_order);
  return g_test_run ();
}
