/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * bench-find    every phrase of tests/core/phrases.txt, typed letter by letter, in the catalogue of
 *               the source tree and, where it lies beside, of a real portal dump
 *
 * Prints how long the index took and then each key press, in microseconds, one a line.
 */
#include "mc-data.h"
#include "mc-finder.h"
#include <stdio.h>

static void
add (GPtrArray *all, json_t *entry)
{
  McProcedure *procedure = mc_procedure_parse (entry, NULL);

  if (procedure != NULL)
    g_ptr_array_add (all, procedure);
}

static GPtrArray *
read_all (void)
{
  g_autoptr (json_t) json = mc_data_json ("data/catalogue/procedures.json");
  json_t *list = json_object_get (json, "procedures");
  g_auto (GStrv) lines = mc_data_portal ();
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_procedure_unref);

  for (size_t i = 0; i < json_array_size (list); i++)
    add (all, json_array_get (list, i));
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autoptr (json_t) line = mc_json_parse (lines[i], -1, NULL);
      g_autoptr (json_t) entry = json_pack ("{s:s,s:s,s:s,s:[{s:s,s:s}]}",
                                            "code",
                                            mc_json_string (line, "ma_thu_tuc"),
                                            "name",
                                            mc_json_string (line, "ten_thu_tuc"),
                                            "field",
                                            mc_json_string (line, "linh_vuc"),
                                            "cases",
                                            "id",
                                            "a",
                                            "name",
                                            "A");

      add (all, entry);
    }
  return all;
}

static void
type (McFinder *finder, const char *phrase)
{
  for (const char *end = phrase; *end != '\0';)
    {
      g_autofree char *typed = NULL;
      g_autoptr (McFound) found = NULL;
      gint64 start;

      end = g_utf8_next_char (end);
      typed = g_strndup (phrase, (gsize)(end - phrase));
      start = g_get_monotonic_time ();
      found = mc_finder_find (finder, typed, 7);
      printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time () - start);
    }
}

int
main (void)
{
  g_autoptr (GPtrArray) all = read_all ();
  g_autoptr (json_t) words = mc_data_json ("data/catalogue/words.json");
  g_autofree char *phrases = mc_data_text ("tests/core/phrases.txt");
  g_auto (GStrv) lines = g_strsplit (phrases, "\n", -1);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (McFinder) finder = mc_finder_new (all, mc_lexicon_parse (words, NULL));

  printf ("%u %" G_GINT64_FORMAT "\n", all->len, g_get_monotonic_time () - start);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", 2);

      if (*lines[i] != '#' && *lines[i] != '\0')
        type (finder, columns[0]);
    }
  return 0;
}
