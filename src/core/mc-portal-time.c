/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "7 Ngày làm việc", "1 Giờ", "Không có thông tin", a number without a unit, or prose. */
#include "mc-portal-private.h"

#include <string.h>

static const struct
{
  const char *word;
  const char *unit;
  gint64 times;
} units[] = {
  { "Ngày làm việc", "working_days", 1 },
  { "Ngày", "days", 1 },
  { "Giờ", "hours", 1 },
  { "Tuần", "days", 7 },
};

static json_t *
make (const char *unit, gint64 count)
{
  return json_pack ("{s:s,s:I}", "unit", unit, "count", (json_int_t)count);
}

/* Whether @prose says @pattern, in which @count stands for the number with or without a zero. */
static gboolean
prose_says (const char *prose, gint64 count, const char *words)
{
  g_autofree char *pattern =
      g_strdup_printf ("(?i)(?<!\\d)0?%" G_GINT64_FORMAT "(?: \\([^)]*\\))? %s", count, words);

  return prose != NULL && g_regex_match_simple (pattern, prose, 0, 0);
}

/* A number without a unit, by what is said of it elsewhere. A unit that two texts say differently
 * is none. */
static json_t *
unit_in (gint64 count, const char *prose)
{
  if (count == 1 && prose != NULL && g_regex_match_simple ("(?i)ngay trong ngày", prose, 0, 0))
    return make ("same_day", 0);
  if (prose_says (prose, count, "ngày làm việc"))
    return make ("working_days", count);
  if (prose_says (prose, count, "ngày"))
    return make ("days", count);
  if (prose_says (prose, count, "giờ"))
    return make ("hours", count);
  return NULL;
}

static McPortalState
read_number (const char **row, const char *prose, json_t **ret_time, char **ret)
{
  char *end = NULL;
  gint64 count = g_ascii_strtoll (*row, &end, 10);
  const char *word = end + strspn (end, " ");

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (word, units[i].word))
      {
        *row = word + strlen (units[i].word);
        *ret_time = make (units[i].unit, count * units[i].times);
        *ret = g_strdup_printf ("%" G_GINT64_FORMAT " %s", count, units[i].word);
        /* "7 Ngày" beside "07 ngày làm việc": which of them holds is not for us to say. */
        return g_str_equal (units[i].unit, "days") && prose_says (prose, count, "ngày làm việc")
                   ? MC_PORTAL_GUESSED
                   : MC_PORTAL_READ;
      }
  *ret = g_strndup (*row, (gsize)(end - *row));
  *row = end;
  *ret_time = unit_in (count, prose);
  return *ret_time != NULL ? MC_PORTAL_GUESSED : MC_PORTAL_UNREAD;
}

/* "Không phải trả kết quả cho người nộp thuế": there is no time, and it says why. */
static gboolean
says_none (const char *prose)
{
  return g_str_equal (prose, "Không") || g_str_has_prefix (prose, "Không quy định") ||
         g_str_has_prefix (prose, "Không phải trả kết quả");
}

static McPortalState
read_prose (const char **row, char **ret)
{
  static gsize once;
  GRegex *fee = _mc_portal_regex (&once, "Miễn phí|" MC_PORTAL_NOTHING "|\\d[\\d.,]* ?(?:VN|Việt)");
  g_autoptr (GMatchInfo) match = NULL;
  int start = (int)strlen (*row);

  if (g_regex_match (fee, *row, 0, &match))
    g_match_info_fetch_pos (match, 0, &start, NULL);
  *ret = g_strstrip (g_strndup (*row, (gsize)start));
  *row += start;
  if (**ret == '\0' || says_none (*ret))
    return MC_PORTAL_ABSENT;
  return MC_PORTAL_UNREAD;
}

McPortalState
_mc_portal_time (const char **row, const char *prose, json_t **ret_time, char **ret)
{
  *ret_time = NULL;
  if (g_str_has_prefix (*row, MC_PORTAL_NOTHING))
    {
      *row += strlen (MC_PORTAL_NOTHING);
      *ret = g_strdup ("");
      return MC_PORTAL_ABSENT;
    }
  if (g_ascii_isdigit (**row))
    return read_number (row, prose, ret_time, ret);
  return read_prose (row, ret);
}
