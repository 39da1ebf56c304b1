/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-allowed.h"

gboolean
mc_allowed (const json_t *staff, const char *procedure)
{
  return mc_allowed_by (json_object_get (staff, "receives"), procedure);
}

gboolean
mc_allowed_by (const json_t *receives, const char *procedure)
{
  if (!json_is_array (receives))
    return TRUE;
  for (size_t i = 0; i < json_array_size (receives); i++)
    if (g_strcmp0 (json_string_value (json_array_get (receives, i)), procedure) == 0)
      return TRUE;
  return FALSE;
}
