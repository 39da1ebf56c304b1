/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Cách thức thực hiện": a table whose cells were written one after the other without a space. */
#include "mc-portal-private.h"

#include <string.h>

#define HEAD "Hình thức nộpThời gianPhí, lệ phíMô tả"

static const struct
{
  const char *word;
  const char *channel;
} channels[] = {
  { "Trực tuyến", "online" },
  { "Trực tiếp", "direct" },
  { "Dịch vụ bưu chính", "post" },
};

static void
way_free (McPortalWay *way)
{
  json_decref (way->time);
  json_decref (way->fee);
  g_free (way->words);
  g_free (way);
}

/* Time and fee in one number: understood where the note says the amount. */
static void
read_glued (McPortalEntry *entry, McPortalWay *way, const char *raw, char *time, gint64 amount)
{
  McPortalState state = amount >= 0 ? MC_PORTAL_GUESSED : MC_PORTAL_UNREAD;

  /* The time has no unit left, whatever its number. */
  _mc_portal_say (entry, MC_PORTAL_TIME, MC_PORTAL_UNREAD, time != NULL ? time : raw);
  _mc_portal_say (entry, MC_PORTAL_FEE, state, raw);
  way->fee = json_pack ("{s:s,s:s}", "kind", amount >= 0 ? "fixed" : "unknown", "note", raw);
  if (amount >= 0)
    json_object_set_new (way->fee, "amount", json_integer (amount));
}

static McPortalWay *
read_row (McPortalEntry *entry, const char *channel, const char *row, const char *steps)
{
  McPortalWay *way = g_new0 (McPortalWay, 1);
  g_autofree char *time = NULL;
  g_autofree char *fee = NULL;
  g_autofree char *glued = NULL;
  g_autofree char *glued_time = NULL;
  g_autofree char *prose = g_strconcat (row, "\n", steps, NULL);
  gint64 amount = -1;

  way->channel = channel;
  _mc_portal_say (entry, MC_PORTAL_CHANNEL, MC_PORTAL_READ, NULL);
  if (_mc_portal_glued (&row, &glued_time, &amount, &glued))
    read_glued (entry, way, glued, glued_time, amount);
  else
    {
      McPortalState state = _mc_portal_time (&row, prose, &way->time, &time);

      _mc_portal_say (entry, MC_PORTAL_TIME, state, time);
      state = _mc_portal_fee (&row, &way->fee, &fee);
      _mc_portal_say (entry, MC_PORTAL_FEE, state, fee);
    }
  way->words = _mc_portal_words (row);
  return way;
}

static const char *
channel_of (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    if (g_str_equal (word, channels[i].word))
      return channels[i].channel;
  return NULL;
}

/* A row begins with a channel that the next cell follows without a space. */
static GRegex *
row_regex (void)
{
  static gsize once;

  return _mc_portal_regex (&once, "(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=[\\p{Nd}\\p{Lu}])");
}

static void
read_rows (McPortalEntry *entry, const char *text, const char *steps, GPtrArray *ways)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *before = NULL;
  int start = 0;
  int end = 0;

  g_regex_match (row_regex (), text, 0, &match);
  if (g_match_info_matches (match))
    g_match_info_fetch_pos (match, 0, &start, &end);
  before =
      g_strstrip (g_strndup (text, g_match_info_matches (match) ? (gsize)start : strlen (text)));
  if (*before != '\0')
    _mc_portal_say (entry, MC_PORTAL_CHANNEL, MC_PORTAL_UNREAD, before);
  while (g_match_info_matches (match))
    {
      g_autofree char *word = g_match_info_fetch (match, 1);
      g_autofree char *row = NULL;
      int from = end;
      int to = (int)strlen (text);

      g_match_info_next (match, NULL);
      if (g_match_info_matches (match))
        {
          g_match_info_fetch_pos (match, 0, &start, &end);
          to = start;
        }
      row = g_strndup (text + from, (gsize)(to - from));
      g_ptr_array_add (ways, read_row (entry, channel_of (word), row, steps));
    }
}

void
_mc_portal_ways (McPortalEntry *entry, const char *text, const char *steps)
{
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func ((GDestroyNotify)way_free);
  g_autofree char *words = _mc_portal_words (text);
  const char *rows = g_str_has_prefix (words, HEAD) ? words + strlen (HEAD) : words;

  if (*rows == '\0')
    _mc_portal_say (entry, MC_PORTAL_CHANNEL, MC_PORTAL_ABSENT, NULL);
  else
    read_rows (entry, rows, steps != NULL ? steps : "", ways);
  if (ways->len == 0)
    {
      _mc_portal_say (entry, MC_PORTAL_TIME, MC_PORTAL_ABSENT, NULL);
      _mc_portal_say (entry, MC_PORTAL_FEE, MC_PORTAL_ABSENT, NULL);
    }
  _mc_portal_cases (entry, ways);
}
