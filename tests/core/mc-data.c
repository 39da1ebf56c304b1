/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-data.h"

#include <zlib.h>

char *
mc_data_text (const char *path)
{
  g_autofree char *whole = g_build_filename (g_getenv ("MC_SOURCE_ROOT"), path, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (whole, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

json_t *
mc_data_json (const char *path)
{
  g_autofree char *text = mc_data_text (path);
  g_autoptr (GError) error = NULL;
  json_t *json = mc_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return json;
}

GStrv
mc_data_portal (void)
{
  const char *given = g_getenv ("MOTCUA_REAL");
  g_autofree char *path = given != NULL ? g_strdup (given)
                                        : g_build_filename (g_getenv ("MC_SOURCE_ROOT"),
                                                            "..",
                                                            "shared",
                                                            "real",
                                                            "procedures.jsonl.gz",
                                                            NULL);
  gzFile file = gzopen (path, "rb");
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[65536];
  int got;

  if (file == NULL)
    return NULL;
  while ((got = gzread (file, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, got);
  gzclose (file);
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  return g_strsplit (text->str, "\n", -1);
}
