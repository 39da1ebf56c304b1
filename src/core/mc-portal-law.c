/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Căn cứ pháp lý" and "Kết quả": names and numbers in pairs, without a space between them. */
#include "mc-portal-private.h"

#include "mc-text.h"
#include <string.h>

#define LEGAL_HEAD "Tên văn bản pháp lýMã văn bản"
/* The next box of the page, which some crawls took along. */
#define LEGAL_TAIL "Cơ quan thực hiện"
/* Who makes law; a name in capitals that follows is none of theirs. */
#define BODIES                                                                                     \
  "TTg|CP|BNNPTNT|BNNMT|BNN|BTNMT|BTC|BTP|BCA|BNV|BYT|BXD|BLĐTBXH|BHXH|BGTVT|BGDĐT|BKHCN|BTTTT|" \
  "BVHTTDL|BQP|BCT|BKHĐT|VPCP|NHNN|HĐND|UBND"
/* The number of a text of law. "66.7/2025/NQ-CP", "54/2014/QH13", "2222/QĐ-BHXH"; the next name
 * begins right behind it with a capital, and a year may stand right before it. */
#define NUMBER                                                                                     \
  "(?:(?<![\\d/])(?!20\\d{3})|(?<=QH\\d\\d)|(?<=[ /]20\\d\\d))\\d+(?:\\.\\d+)?/(?:\\d{4}/)?"       \
  "(?:QH\\d{2}|\\p{Lu}{1,8}(?:-(?:" BODIES "|\\p{Lu}\\d{2}|\\p{Lu}{1,10}(?!\\p{Ll})))+)"
/* Codes of results as they should be, and as they are. */
#define RESULT                                                                                     \
  "Mã: "                                                                                          \
  "(KQ[.-][A-Z]\\d{2}\\.\\d{4,8}|\\d{3}(?:\\.\\d{2}){2}\\.[A-Z]\\d{2}-KQ\\d+|TP-[A-Z]\\d{2}\\."    \
  "\\d+)"
#define RESULT_SHOULD_BE "^KQ\\.[A-Z]\\d{2}\\.\\d{6}$"

static void
add_legal (McPortalEntry *entry, json_t *legal, char *name, const char *number)
{
  json_array_append_new (legal,
                         json_pack ("{s:s,s:s}", "name", g_strstrip (name), "number", number));
  _mc_portal_say (entry, MC_PORTAL_LEGAL, MC_PORTAL_READ, NULL);
}

/* A number ends a row where nothing parts it from what stands before it (a cell of its own) or
 * behind it (the next row); between spaces it is a word of the name. */
static gboolean
ends_row (const char *rows, int start, int end)
{
  gunichar next = g_utf8_get_char (rows + end);

  return (!g_ascii_isspace (rows[start - 1]) && rows[start - 1] != '(') || next == 0 ||
         g_unichar_isupper (next);
}

/* Returns: where the last row ends */
static int
read_legal (McPortalEntry *entry, const char *rows, json_t *legal)
{
  static gsize once;
  GRegex *regex = _mc_portal_regex (&once, NUMBER);
  g_autoptr (GMatchInfo) match = NULL;
  int from = 0;

  for (g_regex_match (regex, rows, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *number = g_match_info_fetch (match, 0);
      g_autofree char *name = NULL;
      int start = 0;
      int end = 0;

      g_match_info_fetch_pos (match, 0, &start, &end);
      if (start == from || !ends_row (rows, start, end))
        continue;
      name = g_strndup (rows + from, (gsize)(start - from));
      add_legal (entry, legal, name, number);
      from = end;
    }
  return from;
}

void
_mc_portal_law (McPortalEntry *entry, const char *text)
{
  g_autofree char *words = _mc_portal_words (text);
  const char *rows = g_str_has_prefix (words, LEGAL_HEAD) ? words + strlen (LEGAL_HEAD) : words;
  char *tail = strstr (words, LEGAL_TAIL);
  g_autofree char *rest = NULL;
  json_t *legal = json_array ();

  if (tail != NULL)
    *tail = '\0';
  rest = mc_text_clean (rows + read_legal (entry, rows, legal));
  if (g_str_equal (rest, MC_PORTAL_NOTHING))
    *rest = '\0';
  if (*rest != '\0')
    _mc_portal_say (entry, MC_PORTAL_LEGAL, MC_PORTAL_UNREAD, rest);
  else if (json_array_size (legal) == 0)
    _mc_portal_say (entry, MC_PORTAL_LEGAL, MC_PORTAL_ABSENT, NULL);
  json_object_set_new (entry->json, "legal", legal);
}

void
_mc_portal_result (McPortalEntry *entry, const char *text)
{
  static gsize once;
  GRegex *code = _mc_portal_regex (&once, RESULT);
  g_autofree char *words = _mc_portal_words (text);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *rest = NULL;
  json_t *result = json_pack ("{s:s,s:s,s:[]}", "code", "", "name", "", "also");
  guint count = 0;
  int from = 0;

  if (*words == '\0')
    _mc_portal_say (entry, MC_PORTAL_RESULT, MC_PORTAL_ABSENT, NULL);
  for (g_regex_match (code, words, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *one = g_match_info_fetch (match, 1);
      g_autofree char *name = NULL;
      int start = 0;
      int end = 0;

      g_match_info_fetch_pos (match, 0, &start, &end);
      name = g_strndup (words + from, (gsize)(start - from));
      g_strstrip (name);
      from = end;
      _mc_portal_say (entry,
                      MC_PORTAL_RESULT,
                      g_regex_match_simple (RESULT_SHOULD_BE, one, 0, 0) ? MC_PORTAL_READ
                                                                         : MC_PORTAL_GUESSED,
                      one);
      if (count++ == 0)
        {
          json_object_set_new (result, "code", json_string (one));
          json_object_set_new (result, "name", json_string (name));
        }
      else
        json_array_append_new (json_object_get (result, "also"),
                               json_pack ("{s:s,s:s}", "code", one, "name", name));
    }
  rest = mc_text_clean (words + from);
  if (*rest != '\0')
    _mc_portal_say (entry, MC_PORTAL_RESULT, MC_PORTAL_UNREAD, rest);
  /* A name whose code is none of a result's. */
  if (count == 0 && strstr (rest, "Mã: ") != NULL)
    json_object_set_new (result,
                         "name",
                         json_stringn (rest, (size_t)(strstr (rest, "Mã: ") - rest)));
  json_object_set_new (entry->json, "result", result);
}
