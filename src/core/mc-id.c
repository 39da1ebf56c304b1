/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-id.h"

#include <sodium.h>
#include <string.h>

char *
mc_id_new (gint64 ms)
{
  guint8 b[16];

  randombytes_buf (b, sizeof b);
  for (int i = 0; i < 6; i++)
    b[i] = (guint8)(ms >> (40 - 8 * i));
  b[6] = (guint8)(0x70 | (b[6] & 0x0f));
  b[8] = (guint8)(0x80 | (b[8] & 0x3f));
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0],
                          b[1],
                          b[2],
                          b[3],
                          b[4],
                          b[5],
                          b[6],
                          b[7],
                          b[8],
                          b[9],
                          b[10],
                          b[11],
                          b[12],
                          b[13],
                          b[14],
                          b[15]);
}

static gboolean
fits (char c, guint place)
{
  if (place == 8 || place == 13 || place == 18 || place == 23)
    return c == '-';
  if (place == 14)
    return c == '7';
  if (place == 19)
    return c != '\0' && strchr ("89ab", c) != NULL;
  return g_ascii_isdigit (c) || (c >= 'a' && c <= 'f');
}

gboolean
mc_id_valid (const char *id)
{
  if (id == NULL || strnlen (id, MC_ID_LENGTH + 1) != MC_ID_LENGTH)
    return FALSE;
  for (guint i = 0; i < MC_ID_LENGTH; i++)
    if (!fits (id[i], i))
      return FALSE;
  return TRUE;
}
