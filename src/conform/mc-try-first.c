/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a new desk is told ahead of its feed. A province that does not know of it is not tried. */
#include "mc-conform.h"

#include "mc-op.h"
#include <string.h>

#define LIMIT 5
#define PAGES_MAX 10000

/* The next page of it; %NULL where there is none. */
static McSyncAnswer *
ask (McConform *conform, const McFirst *first)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_of (conform->front, NULL);

  request->cursor = (McCursor){ 0 };
  request->limit = LIMIT;
  mc_first_copy (first, &request->first);
  return mc_sync_once (conform, conform->front, request, NULL);
}

static void
look_at_lines (McConform *conform, const McSyncAnswer *answer, const char *id, guint *times)
{
  const GPtrArray *feed = conform->front->feed;

  mc_expect (conform,
             answer->entries->len == 0,
             "first.said",
             "%u entries of the feed before all was said",
             answer->entries->len);
  for (guint i = 0; i < answer->said->len; i++)
    {
      const McFeedEntry *said = answer->said->pdata[i];
      const McFeedEntry *entry =
          said->n >= 1 && said->n <= feed->len ? feed->pdata[said->n - 1] : NULL;
      g_autoptr (McOp) op = mc_op_parse (said->line, -1, NULL);

      mc_expect (conform,
                 entry != NULL && g_str_equal (entry->line, said->line) &&
                     g_str_equal (entry->ruling, said->ruling) &&
                     g_str_equal (entry->receipt, said->receipt),
                 "first.said",
                 "a line numbered %d is not that entry of the feed",
                 (int)said->n);
      *times += op != NULL && g_str_equal (op->id, id) ? 1 : 0;
    }
}

/* Until it says no more where to go on; @first is then the point from which news come. */
static gboolean
read_all (McConform *conform, McFirst *first, const char *id, guint *times)
{
  for (guint i = 0; i < PAGES_MAX; i++)
    {
      g_autoptr (McSyncAnswer) answer = ask (conform, first);

      if (answer == NULL || !answer->first.on)
        return FALSE;
      look_at_lines (conform, answer, id, times);
      mc_first_copy (&answer->first, first);
      if (first->after == NULL)
        return TRUE;
    }
  return FALSE;
}

void
mc_try_first (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) open = mc_caller_receive (conform, front);
  g_autofree char *word = mc_push_word (conform, front, open);
  g_auto (McFirst) first = { .on = TRUE };
  g_autoptr (McOp) late = NULL;
  g_autoptr (McSyncAnswer) news = NULL;
  guint times = 0, told = 0;

  first.after = g_strdup ("");
  if (!read_all (conform, &first, open->id, &times))
    return;
  mc_expect (conform,
             times == 1,
             "first.open",
             "a dossier just received (%s) is said %u times",
             word,
             times);
  late = mc_caller_receive (conform, front);
  g_free (word);
  word = mc_push_word (conform, front, late);
  news = ask (conform, &first);
  for (guint i = 0; news != NULL && i < news->said->len; i++)
    told += strstr (((McFeedEntry *)news->said->pdata[i])->line, late->id) != NULL ? 1 : 0;
  mc_expect (conform,
             told == 1,
             "first.news",
             "what came after it (%s) is said %u times",
             word,
             told);
}
