/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-text.h"

#include <string.h>

static gboolean
keeps (gunichar c)
{
  return (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t' || !g_unichar_iscntrl (c);
}

/*
 * Letters that no composition changes: up to U+02FF, the precomposed Vietnamese ones
 * (U+1E00-U+1EFF) and common dashes and quotes. Without a combining mark among them the text is NFC
 * as it is, which is how nearly all of it comes.
 */
static gboolean
composed_already (gunichar c)
{
  return c < 0x300 || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0x2010 && c <= 0x2027);
}

static gboolean
is_clean (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!composed_already (c) || !keeps (c))
        return FALSE;
    }
  return TRUE;
}

gboolean
mc_text_composed (const char *text)
{
  g_autofree char *composed = NULL;
  const char *p = text;

  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  while (*p != '\0' && composed_already (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return TRUE;
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return g_str_equal (composed, text);
}

char *
mc_text_clean (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  g_autoptr (GString) kept = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (is_clean (text))
    return g_strstrip (g_strdup (text));

  valid = g_utf8_make_valid (text, -1);
  /* Before composing: what stood apart only by a control character composes afterwards. */
  kept = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    if (keeps (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  composed = g_utf8_normalize (kept->str, -1, G_NORMALIZE_NFC);
  return g_strstrip (g_steal_pointer (&composed));
}

static gunichar
fold_char (gunichar c)
{
  if (c == 0x110 || c == 0x111)
    return 'd';
  return g_unichar_tolower (c);
}

char *
mc_text_fold (const char *text)
{
  g_autofree char *clean = mc_text_clean (text);
  g_autofree char *apart = g_utf8_normalize (clean, -1, G_NORMALIZE_NFD);
  GString *folded = g_string_sized_new (strlen (apart));
  gboolean gap = FALSE;

  for (const char *p = apart; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (!g_unichar_isalnum (c))
        {
          gap = folded->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (folded, ' ');
      gap = FALSE;
      g_string_append_unichar (folded, fold_char (c));
    }
  return g_string_free (folded, FALSE);
}

/* Whether @word begins a word of @folded. */
static gboolean
begins_word (const char *folded, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = folded; p != NULL; p = strchr (p, ' '))
    {
      if (*p == ' ')
        p++;
      if (strncmp (p, word, length) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
mc_text_matches (const char *folded, const char *query)
{
  g_autofree char *folded_query = mc_text_fold (query);
  g_auto (GStrv) words = g_strsplit (folded_query, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !begins_word (folded, words[i]))
      return FALSE;
  return TRUE;
}

gboolean
mc_text_has_mark (const char *text)
{
  g_autofree char *clean = mc_text_clean (text);

  for (const char *p = clean; *p; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) >= 0x80)
      return TRUE;
  return FALSE;
}
