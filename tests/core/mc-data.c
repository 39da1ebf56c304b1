/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-data.h"

json_t *
mc_data_json (const char *path)
{
  g_autofree char *whole = g_build_filename (g_getenv ("MC_SOURCE_ROOT"), path, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  json_t *json;

  g_file_get_contents (whole, &text, NULL, &error);
  g_assert_no_error (error);
  json = mc_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return json;
}
