/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is, by a clock that the test moves. */
#include "mc-turns.h"

#define DESKS 3
#define MANY 2048

static guint freed;

static void
count_freed (gpointer item)
{
  freed++;
}

static void
put (McTurns *turns, const char *name, guint weight, gint64 now_ms)
{
  g_autofree char *office = g_strndup (name, 1);

  mc_turns_put (turns, office, name, weight, now_ms, (gpointer)name);
}

/* Everybody's turn, one after the other. Returns: (transfer full): who it was */
static char *
order (McTurns *turns, gint64 now_ms)
{
  GString *names = g_string_new (NULL);
  const char *name;

  while ((name = mc_turns_next (turns, now_ms)) != NULL)
    g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
  return g_string_free (names, FALSE);
}

static void
assert_order (McTurns *turns, gint64 now_ms, const char *expected)
{
  g_autofree char *names = order (turns, now_ms);

  g_assert_cmpstr (names, ==, expected);
}

/* An office with many desks is no earlier done than one with few. */
static void
test_offices_take_turns (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);
  static const char *const names[] = { "a1", "a2", "a3", "b1", "c1", "c2" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    put (turns, names[i], 10, i);
  g_assert_cmpuint (mc_turns_count (turns), ==, 6);
  assert_order (turns, 10, "a1 b1 c1 a2 c2 a3");
  g_assert_null (mc_turns_next (turns, 10));
}

/* A desk that comes again and again does not shut out its colleague, nor an office another. */
static void
test_who_had_a_turn_waits (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);

  put (turns, "a1", 10, 0);
  put (turns, "a2", 10, 1);
  put (turns, "b1", 10, 2);
  g_assert_cmpstr (mc_turns_next (turns, 3), ==, "a1");
  put (turns, "a1", 10, 4);
  g_assert_cmpstr (mc_turns_next (turns, 5), ==, "b1");
  put (turns, "b1", 10, 6);
  assert_order (turns, 7, "a2 b1 a1");
  /* After a pause nobody owes anybody anything. */
  put (turns, "a2", 10, 8);
  put (turns, "c1", 10, 9);
  assert_order (turns, 10, "a2 c1");
}

/* With ever new offices before it, an old one still has its turn. */
static void
test_who_waits_long_is_next (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);

  put (turns, "a1", 10, 0);
  put (turns, "a2", 10, 100);
  put (turns, "a3", 10, 200);
  g_assert_cmpstr (mc_turns_next (turns, 300), ==, "a1");
  put (turns, "b1", 10, 5000);
  put (turns, "c1", 10, 5000);
  g_assert_cmpstr (mc_turns_next (turns, 10099), ==, "b1");
  g_assert_cmpstr (mc_turns_next (turns, 10199), ==, "a2");
  g_assert_cmpstr (mc_turns_next (turns, 10199), ==, "c1");
  g_assert_cmpstr (mc_turns_next (turns, 10199), ==, "a3");
}

static gboolean
is_named (gconstpointer item, gconstpointer name)
{
  return g_str_equal (item, name);
}

static void
test_who_goes_waits_no_longer (void)
{
  McTurns *turns = mc_turns_new (1, count_freed);

  put (turns, "a1", 10, 0);
  put (turns, "a2", 20, 0);
  put (turns, "b1", 30, 0);
  g_assert_cmpstr (mc_turns_remove (turns, is_named, "a2"), ==, "a2");
  g_assert_null (mc_turns_remove (turns, is_named, "a2"));
  g_assert_cmpuint (mc_turns_count (turns), ==, 2);
  freed = 0;
  mc_turns_free (turns);
  g_assert_cmpuint (freed, ==, 2);
}

/* What the others' work took says how long it will take. */
static void
test_how_long_it_takes (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);

  for (guint i = 0; i < 200; i++)
    mc_turns_took (turns, 1000, 50 * 1000);
  g_assert_cmpint (mc_turns_wait_ms (turns), ==, 0);
  g_assert_false (mc_turns_full (turns, 0));
  put (turns, "a1", 1000, 0);
  put (turns, "b1", 3000, 0);
  g_assert_cmpint (mc_turns_wait_ms (turns), >=, 199);
  g_assert_cmpint (mc_turns_wait_ms (turns), <=, 201);
  g_assert_true (mc_turns_full (turns, 150));
  g_assert_false (mc_turns_full (turns, 250));
  g_assert_cmpstr (mc_turns_next (turns, 0), ==, "a1");
  g_assert_false (mc_turns_full (turns, 160));
  /* Nothing was done: that says nothing. */
  mc_turns_took (turns, 0, 1000000);
  g_assert_false (mc_turns_full (turns, 160));
}

static void
test_there_is_an_end_to_it (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);

  for (guint i = 0; i < MANY; i++)
    {
      g_assert_false (mc_turns_full (turns, G_MAXINT64));
      put (turns, "a1", 1, 0);
    }
  g_assert_true (mc_turns_full (turns, G_MAXINT64));
}

/* Those who are turned away come back one after the other, as fast as they can be served, and after
 * those who wait. */
static void
test_when_to_come_again (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (7, count_freed);
  guint before = 0, earlier = 0;

  /* Everybody's takes two seconds. */
  for (guint i = 0; i < 200; i++)
    mc_turns_took (turns, 2000, 2000 * 1000);
  put (turns, "a1", 20 * 1000, 0);
  for (guint i = 0; i < 20; i++)
    {
      guint again = mc_turns_again_s (turns, 1000);

      g_assert_cmpuint (again, >=, 19 + 2 * i);
      g_assert_cmpuint (again, <=, (22 + 2 * i) * 5 / 4 + 2);
      earlier += again < before;
      before = again;
    }
  /* A little at random. */
  g_assert_cmpuint (earlier, >, 0);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (mc_turns_again_s (turns, 1000), <=, 151);
  /* When they have come and gone it begins anew. */
  g_assert_cmpstr (mc_turns_next (turns, 500 * 1000), ==, "a1");
  g_assert_cmpuint (mc_turns_again_s (turns, 500 * 1000), <=, 3);
  g_assert_cmpuint (mc_turns_again_s (turns, 500 * 1000), >=, 2);
}

/* Three desks of a hundred offices, in any order: in each third of the turns every office is heard.
 */
static void
test_a_province_comes_back (void)
{
  g_autoptr (McTurns) turns = mc_turns_new (1, count_freed);
  char names[100 * DESKS][16];
  guint heard[100] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint office = i * 7 % G_N_ELEMENTS (names) / DESKS;
      g_autofree char *id = g_strdup_printf ("office %u", office);

      g_snprintf (names[i], sizeof names[i], "%u", office);
      mc_turns_put (turns, id, names[i], 10, 0, names[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    heard[g_ascii_strtoull (mc_turns_next (turns, 0), NULL, 10)] |= 1u << (i / 100);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (heard[i], ==, (1u << DESKS) - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/offices", test_offices_take_turns);
  g_test_add_func ("/turns/had-one", test_who_had_a_turn_waits);
  g_test_add_func ("/turns/long", test_who_waits_long_is_next);
  g_test_add_func ("/turns/gone", test_who_goes_waits_no_longer);
  g_test_add_func ("/turns/estimate", test_how_long_it_takes);
  g_test_add_func ("/turns/bound", test_there_is_an_end_to_it);
  g_test_add_func ("/turns/again", test_when_to_come_again);
  g_test_add_func ("/turns/province", test_a_province_comes_back);
  return g_test_run ();
}
