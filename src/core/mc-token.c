/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-token.h"

#include "mc-text.h"
#include <stdlib.h>
#include <string.h>

void
mc_token_free (McToken *token)
{
  g_free (token->folded);
  g_free (token->marks);
  g_free (token);
}

char *
mc_token_key (const McToken *token)
{
  return g_strconcat (token->folded, " ", token->marks, NULL);
}

static int
compare_marks (const void *a, const void *b)
{
  gunichar one = *(const gunichar *)a;
  gunichar other = *(const gunichar *)b;

  return one < other ? -1 : one > other;
}

static void
end_word (GPtrArray *words, GString *folded, GArray *marks)
{
  McToken *token;

  if (folded->len == 0)
    return;
  if (marks->len > 1)
    qsort (marks->data, marks->len, sizeof (gunichar), compare_marks);
  token = g_new0 (McToken, 1);
  token->folded = g_strdup (folded->str);
  token->marks = g_ucs4_to_utf8 ((gunichar *)(void *)marks->data, marks->len, NULL, NULL, NULL);
  if (token->marks == NULL)
    token->marks = g_strdup ("");
  g_ptr_array_add (words, token);
  g_string_truncate (folded, 0);
  g_array_set_size (marks, 0);
}

GPtrArray *
mc_token_split (const char *text)
{
  g_autofree char *clean = mc_text_clean (text);
  g_autofree char *apart = g_utf8_normalize (clean, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gunichar));
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_token_free);

  for (const char *p = apart; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar small = g_unichar_tolower (c);

      if (g_unichar_ismark (c))
        {
          if (folded->len > 0)
            g_array_append_val (marks, c);
        }
      else if (!g_unichar_isalnum (c))
        end_word (words, folded, marks);
      else if (small == 0x111)
        {
          g_string_append_c (folded, 'd');
          g_array_append_val (marks, small);
        }
      else
        g_string_append_unichar (folded, small);
    }
  end_word (words, folded, marks);
  return words;
}

gboolean
mc_token_near (const char *one, const char *other)
{
  gsize length = strlen (one);
  gsize other_length = strlen (other);
  gsize same = 0;

  if (length > other_length + 1 || other_length > length + 1)
    return FALSE;
  while (one[same] != '\0' && one[same] == other[same])
    same++;
  if (length == other_length)
    {
      if (one[same] == '\0' || strcmp (one + same + 1, other + same + 1) == 0)
        return TRUE;
      return one[same] == other[same + 1] && one[same + 1] == other[same] &&
             strcmp (one + same + 2, other + same + 2) == 0;
    }
  return length > other_length ? strcmp (one + same + 1, other + same) == 0
                               : strcmp (one + same, other + same + 1) == 0;
}
