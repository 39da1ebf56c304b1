/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cannot be saved of an entry as it was typed, in the order of the form, with the reason. */
#include "mc-own-state.h"
#include "mc-reception-date.h"
#include "mc-text.h"
#include <glib/gi18n.h>
#include <string.h>

#define DAY_LENGTH 10
#define CODE_MAX 20
#define TIME_MAX 999
#define COUNT_MAX 99

static void
problem_free (gpointer data)
{
  McOwnProblem *problem = data;

  g_free (problem->field);
  g_free (problem->words);
  g_free (problem);
}

static void
add (GPtrArray *problems, const char *field, const char *words, gboolean missing)
{
  McOwnProblem *problem = g_new0 (McOwnProblem, 1);

  problem->field = g_strdup (field);
  problem->words = g_strdup (words);
  problem->missing = missing;
  g_ptr_array_add (problems, problem);
}

static char *
clean (const json_t *object, const char *key)
{
  return mc_text_clean (mc_json_string (object, key));
}

static gboolean
number_within (const char *text, gint64 least, gint64 most)
{
  gint64 value = g_ascii_strtoll (text, NULL, 10);

  return *text != '\0' && strspn (text, "0123456789") == strlen (text) && value >= least &&
         value <= most;
}

static void
need (GPtrArray *problems,
      const json_t *object,
      const char *key,
      const char *path,
      const char *words)
{
  g_autofree char *text = clean (object, key);

  if (*text == '\0')
    add (problems, path, words, TRUE);
}

static void
check_head (GPtrArray *problems, const json_t *state)
{
  g_autofree char *code = clean (state, "code");
  g_autofree char *from = clean (state, "from");
  g_autofree char *day = mc_reception_date_parse (from);

  need (problems, state, "code", "code", _ ("the code of the procedure"));
  if (*code != '\0' &&
      (strlen (code) > CODE_MAX || strspn (code,
                                           "0123456789.-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                           "abcdefghijklmnopqrstuvwxyz") != strlen (code)))
    add (problems,
         "code",
         _ ("As in the decision that published it: 1.001193. Letters without accents, digits, dots "
            "and hyphens."),
         FALSE);
  need (problems, state, "name", "name", _ ("the name of the procedure"));
  if (*from != '\0' && (day == NULL || strlen (day) != DAY_LENGTH))
    add (problems, "from", _ ("A whole day: 25/11/2026. Leave it empty: at once."), FALSE);
}

/* A time with a unit has a number, but "within the day". */
static void
check_term (GPtrArray *problems,
            const json_t *one,
            const char *unit,
            const char *count,
            const char *path)
{
  const char *of = mc_json_string (one, unit);
  g_autofree char *number = clean (one, count);

  if (of == NULL || *of == '\0' || g_str_equal (of, "same_day"))
    {
      if (*number != '\0')
        add (problems, path, _ ("Say beside it what the number counts, or clear it."), FALSE);
      return;
    }
  if (*number == '\0')
    add (problems, path, _ ("how long it takes"), TRUE);
  else if (!number_within (number, 1, TIME_MAX))
    add (problems, path, _ ("A number from 1 to 999."), FALSE);
}

static gboolean
is_longer (const json_t *one)
{
  const char *unit = mc_json_string (one, "unit");
  const char *own = mc_json_string (one, "own_unit");

  gint64 law = g_ascii_strtoll (mc_json_string (one, "count"), NULL, 10);

  return unit != NULL && own != NULL && g_str_equal (unit, own) && law > 0 &&
         g_ascii_strtoll (mc_json_string (one, "own_count"), NULL, 10) > law;
}

static void
check_times (GPtrArray *problems, const json_t *one, gsize place)
{
  g_autofree char *count = g_strdup_printf ("cases.%zu.count", place);
  g_autofree char *own_count = g_strdup_printf ("cases.%zu.own_count", place);
  g_autofree char *source = g_strdup_printf ("cases.%zu.source", place);
  g_autofree char *decision = clean (one, "source");
  const char *own = mc_json_string (one, "own_unit");

  check_term (problems, one, "unit", "count", count);
  check_term (problems, one, "own_unit", "own_count", own_count);
  if (is_longer (one))
    add (problems,
         own_count,
         _ ("Longer than the law allows: an office may only promise less."),
         FALSE);
  if (own != NULL && *own != '\0')
    need (problems, one, "source", source, _ ("the decision that shortens the time"));
  else if (*decision != '\0')
    add (problems,
         source,
         _ ("Say above how long this office promises by it, or clear it."),
         FALSE);
}

static void
check_case (GPtrArray *problems, const json_t *one, gsize place)
{
  g_autofree char *name = g_strdup_printf ("cases.%zu.name", place);
  g_autofree char *direct = g_strdup_printf ("cases.%zu.direct", place);
  g_autofree char *fee = g_strdup_printf ("cases.%zu.fee", place);
  const char *kind = mc_json_string (one, "fee_kind");
  g_autofree char *amount = clean (one, "fee");

  need (problems, one, "name", name, _ ("what the case is called"));
  check_times (problems, one, place);
  if (!mc_json_bool (one, "direct", FALSE) && !mc_json_bool (one, "online", FALSE) &&
      !mc_json_bool (one, "post", FALSE))
    add (problems, direct, _ ("how it is handed in"), TRUE);
  if (*amount == '\0' && (g_strcmp0 (kind, "fixed") == 0 || g_strcmp0 (kind, "per_page") == 0))
    add (problems, fee, _ ("the amount of the fee"), TRUE);
  else if (g_strcmp0 (kind, "none") == 0 && g_ascii_strtoll (amount, NULL, 10) > 0)
    add (problems, fee, _ ("There is no fee, and an amount: one of the two is wrong."), FALSE);
  else if (*amount != '\0' && !number_within (amount, 0, G_GINT64_CONSTANT (999999999999)))
    add (problems, fee, _ ("An amount in đồng, digits alone: 8000."), FALSE);
}

static void
check_part (GPtrArray *problems, const json_t *one, gsize place)
{
  static const char *const counts[] = { "originals", "copies" };
  g_autofree char *name = g_strdup_printf ("parts.%zu.name", place);

  need (problems, one, "name", name, _ ("what the paper is called"));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *path = g_strdup_printf ("parts.%zu.%s", place, counts[i]);
      g_autofree char *number = clean (one, counts[i]);

      if (*number != '\0' && !number_within (number, 0, COUNT_MAX))
        add (problems, path, _ ("A number from 0 to 99."), FALSE);
    }
}

GPtrArray *
mc_own_state_check (const json_t *state)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (problem_free);
  const json_t *cases = json_object_get (state, "cases");
  const json_t *parts = json_object_get (state, "parts");

  check_head (problems, state);
  if (json_array_size (cases) == 0)
    add (problems, "cases", _ ("at least one case"), TRUE);
  for (size_t i = 0; i < json_array_size (cases); i++)
    check_case (problems, json_array_get (cases, i), i);
  for (size_t i = 0; i < json_array_size (parts); i++)
    check_part (problems, json_array_get (parts, i), i);
  return problems;
}
