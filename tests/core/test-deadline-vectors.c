/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Deadlines against a second implementation, which counts by another way and reads no table of
 * ours: tests/vectors/deadline.txt, made by deadline.py. Its head explains the lines.
 */
#include "mc-calendar.h"
#include "mc-data.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  McCalendar *usual, *proposed, *own;
} Calendars;

static void
calendars_clear (Calendars *calendars)
{
  mc_calendar_free (calendars->usual);
  mc_calendar_free (calendars->proposed);
  mc_calendar_free (calendars->own);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Calendars, calendars_clear)

static Calendars
read_calendars (void)
{
  static const char own[] = "{\"H05.1\":{\"open\":\"07:30\",\"lunch_from\":\"11:45\",\"lunch_to\":"
                            "\"13:00\",\"close\":\"16:30\",\"same_day_limit\":\"14:30\"}}";
  g_autoptr (json_t) json = mc_data_json ("data/calendar/vietnam.json");
  Calendars calendars;

  json_object_set_new (json, "offices", mc_json_parse (own, -1, NULL));
  calendars.usual = mc_calendar_parse (json, NULL);
  calendars.own = mc_calendar_parse_at (json, "H05.1", NULL);
  calendars.proposed = mc_calendar_suppose (calendars.usual);
  return calendars;
}

static McTerm
read_term (const char *unit, const char *count)
{
  g_autoptr (json_t) json = json_pack ("{s:s,s:i}", "unit", unit, "count", atoi (count));
  McTerm term;

  if (strstr (count, ",late") != NULL)
    json_object_set_new (json, "late", json_string ("next_day"));
  if (strstr (count, ",restart") != NULL)
    json_object_set_new (json, "supplement", json_string ("restart"));
  g_assert_true (mc_term_parse (json, &term));
  return term;
}

static GDateTime *
resume (const McCalendar *calendar,
        const McTerm *term,
        GDateTime *due,
        GDate *raw,
        const char *pause)
{
  g_auto (GStrv) ends = g_strsplit (pause, "..", 2);
  g_autoptr (GDateTime) stopped = mc_local_parse (ends[0]);
  g_autoptr (GDateTime) resumed = mc_local_parse (ends[1]);

  return mc_deadline_resume (calendar, term, due, raw, stopped, resumed);
}

/* Says whether a pause was in it. */
static gboolean
check (const Calendars *calendars, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  const McCalendar *calendar = g_str_equal (words[0], "vn")    ? calendars->usual
                               : g_str_equal (words[0], "own") ? calendars->own
                                                               : calendars->proposed;
  McTerm term = read_term (words[1], words[2]);
  g_autoptr (GDateTime) received = mc_local_parse (words[3]);
  g_autoptr (GDateTime) due = mc_deadline (calendar, &term, received);
  g_autofree char *text = NULL;
  GDate raw;
  guint i = 4;

  mc_deadline_raw (calendar, &term, received, &raw);
  for (; !g_str_equal (words[i], ">"); i++)
    {
      GDateTime *moved = resume (calendar, &term, due, &raw, words[i]);

      g_date_time_unref (due);
      due = moved;
    }
  text = mc_local_text (due);
  g_test_message ("%s", line);
  g_assert_cmpstr (text, ==, words[i + 1]);
  return i > 4;
}

static void
test_vectors (void)
{
  g_auto (Calendars) calendars = read_calendars ();
  g_autofree char *path =
      g_build_filename (g_getenv ("MC_SOURCE_ROOT"), "tests", "vectors", "deadline.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;
  guint paused = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '#' && *lines[i] != '\0')
      {
        paused += check (&calendars, lines[i]) ? 1 : 0;
        count++;
      }
  g_assert_cmpuint (count, ==, 810);
  g_assert_cmpuint (paused, >, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline-vectors/all", test_vectors);
  return g_test_run ();
}
