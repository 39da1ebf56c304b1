/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-ctl.h"

#include "mc-error.h"
#include <stdio.h>
#include <string.h>

static char *
read_all (FILE *from)
{
  GString *all = g_string_new (NULL);
  char block[65536];
  size_t got;

  while ((got = fread (block, 1, sizeof block, from)) > 0)
    g_string_append_len (all, block, (gssize)got);
  return g_string_free (all, FALSE);
}

/* One object a line. */
static gboolean
read_lines (const char *text, GPtrArray *receptions, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      json_t *one;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      one = mc_json_parse (lines[i], -1, error);
      if (one == NULL)
        {
          g_prefix_error (error, "line %u: ", i + 1);
          return FALSE;
        }
      g_ptr_array_add (receptions, one);
    }
  return TRUE;
}

static GPtrArray *
read_receptions (const char *path, GError **error)
{
  g_autoptr (GPtrArray) receptions = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
  g_autofree char *text = NULL;
  g_autoptr (json_t) whole = NULL;

  if (g_str_equal (path, "-"))
    text = read_all (stdin);
  else if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  whole = mc_json_parse (text, -1, NULL);
  if (json_is_array (whole))
    for (size_t i = 0; i < json_array_size (whole); i++)
      g_ptr_array_add (receptions, json_incref (json_array_get (whole, i)));
  else if (whole != NULL)
    g_ptr_array_add (receptions, json_incref (whole));
  else if (!read_lines (text, receptions, error))
    return NULL;
  return g_steal_pointer (&receptions);
}

/* Not one transaction for all: a script that is killed keeps what it was told was taken. */
#define TOGETHER 200

gboolean
mc_ctl_receive (McCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GPtrArray) receptions = read_receptions (argv[0], error);

  if (receptions == NULL)
    return FALSE;
  for (guint from = 0; from < receptions->len; from += TOGETHER)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      g_autoptr (GPtrArray) received = NULL;

      for (guint i = from; i < MIN (from + TOGETHER, receptions->len); i++)
        g_ptr_array_add (some, receptions->pdata[i]);
      received = mc_desk_receive_all (ctl->desk, some, error);
      for (guint i = 0; received != NULL && i < received->len; i++)
        {
          McReceived *one = received->pdata[i];

          mc_ctl_print (
              ctl,
              json_pack ("{s:s,s:s,s:s?}", "id", one->id, "code", one->code, "due", one->due));
        }
      fflush (stdout);
      if (received == NULL)
        return FALSE;
    }
  return TRUE;
}
