/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed: the same for all of an office, nothing of another's, and a way back from a restore. */
#include "mc-conform.h"

#include "mc-op.h"
#include <string.h>

static gboolean
same (const McFeedEntry *one, const McFeedEntry *two)
{
  return one->n == two->n && g_str_equal (one->kind, two->kind) &&
         g_str_equal (one->ruling, two->ruling) && g_str_equal (one->receipt, two->receipt) &&
         g_str_equal (one->line, two->line);
}

static void
look_at_both (McConform *conform)
{
  guint count = MIN (conform->front->feed->len, conform->back->feed->len);

  mc_expect (conform,
             conform->front->feed->len == conform->back->feed->len,
             "feed.same",
             "one desk reads %u entries, another %u",
             conform->front->feed->len,
             conform->back->feed->len);
  for (guint i = 0; i < count; i++)
    if (!mc_expect (conform,
                    same (conform->front->feed->pdata[i], conform->back->feed->pdata[i]),
                    "feed.same",
                    "two desks of one office read different entries %u",
                    i + 1))
      return;
}

/* Read once more from the beginning, an entry is what it was. */
static void
look_again (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McSyncRequest) request = mc_sync_request_of (front, NULL);
  g_autoptr (McSyncAnswer) answer = NULL;

  request->cursor = (McCursor){ 0 };
  request->limit = 2000;
  answer = mc_sync_once (conform, front, request, NULL);
  for (guint i = 0; answer != NULL && i < MIN (answer->entries->len, front->feed->len); i++)
    {
      const McFeedEntry *now = answer->entries->pdata[i];
      const McFeedEntry *before = front->feed->pdata[i];

      if (!mc_expect (conform,
                      g_str_equal (now->receipt, before->receipt),
                      "receipt.stable",
                      "entry %u: %s, before %s",
                      i + 1,
                      now->receipt,
                      before->receipt))
        return;
    }
}

static void
try_limit (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McSyncRequest) request = mc_sync_request_of (front, NULL);
  g_autoptr (McSyncAnswer) answer = NULL;

  request->cursor = (McCursor){ 0 };
  request->limit = 2;
  answer = mc_sync_once (conform, front, request, NULL);
  if (answer == NULL)
    return;
  mc_expect (conform,
             answer->entries->len >= 1 && answer->entries->len <= 2,
             "sync.limit",
             "asked for two entries, got %u",
             answer->entries->len);
  mc_expect (conform,
             answer->head >= front->cursor.n && answer->cursor.n == answer->entries->len,
             "sync.envelope",
             "after %u entries the cursor is %d and the head %d",
             answer->entries->len,
             (int)answer->cursor.n,
             (int)answer->head);
  mc_expect (conform,
             ABS (answer->time_ms - conform->time_ms) < 10 * 60 * 1000,
             "time.true",
             "hello said %" G_GINT64_FORMAT ", sync says %" G_GINT64_FORMAT,
             conform->time_ms,
             answer->time_ms);
}

void
mc_try_feed (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  g_autoptr (McOp) refused = mc_caller_op (front,
                                           conform->other_clerk,
                                           dossier->on,
                                           MC_VERB_NOTE,
                                           json_pack ("{s:s}", "text", "thử"),
                                           mc_base ("note", dossier->id),
                                           NULL);
  g_autofree char *word = mc_push_word (conform, front, dossier);
  g_autofree char *no = mc_push_word (conform, front, refused);
  const McFeedEntry *entry;
  g_autofree char *with = NULL;
  g_autofree char *again = NULL;

  mc_pull (conform, conform->back);
  mc_expect (conform,
             mc_times (conform->back, dossier->id) == 1 &&
                 mc_times (conform->back, refused->id) == 1,
             "feed.told",
             "an op said to be %s is %u times in the feed, one said to be %s %u times",
             word,
             mc_times (conform->back, dossier->id),
             no,
             mc_times (conform->back, refused->id));
  look_at_both (conform);
  look_again (conform);
  try_limit (conform);
  entry = mc_entry (front, dossier->id);
  if (entry == NULL)
    return;
  with = mc_pushed_write (dossier->line, entry->receipt, NULL);
  again = mc_push_line (conform, front, with, dossier->id);
  mc_expect (conform,
             g_str_equal (again, entry->ruling),
             "op.once",
             "brought with its receipt: %s, before %s",
             again,
             entry->ruling);
}

static gboolean
is_point (const McCaller *caller, const McCursor *point)
{
  return point->n >= 1 && point->n <= caller->hashes->len &&
         g_str_equal (caller->hashes->pdata[point->n - 1], point->hash);
}

void
mc_try_cursor (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  const char *const lines[] = { dossier->line, NULL };
  g_autoptr (McSyncRequest) request = mc_sync_request_of (front, lines);
  g_autoptr (McSyncAnswer) answer = NULL;

  g_strlcpy (request->cursor.hash, "00000000000000000000000000000000", sizeof request->cursor.hash);
  answer = mc_sync_once (conform, front, request, NULL);
  if (answer == NULL)
    return;
  mc_expect (conform,
             answer->reset && answer->points->len > 0 && answer->entries->len == 0 &&
                 answer->answers->len == 0,
             "cursor.reset",
             "a wrong hash: %s, %u points, %u rulings, %u entries",
             answer->reset ? "points" : "no points",
             answer->points->len,
             answer->answers->len,
             answer->entries->len);
  mc_pull (conform, conform->back);
  mc_expect (conform,
             mc_times (conform->back, dossier->id) == 0,
             "cursor.untouched",
             "an op sent with a cursor of another feed is in the feed");
  if (mc_times (conform->back, dossier->id) > 0)
    mc_pull (conform, front);
  for (guint i = 0; answer->reset && i < answer->points->len; i++)
    {
      const McCursor *point = &g_array_index (answer->points, McCursor, i);

      mc_expect (conform,
                 is_point (front, point) &&
                     (i == 0 || point->n < g_array_index (answer->points, McCursor, i - 1).n),
                 "cursor.points",
                 "point %u is [%d,\"%s\"]",
                 i,
                 (int)point->n,
                 point->hash);
    }
}

static McOp *
transfer (McConform *conform, const McOp *dossier, const char *office)
{
  return mc_caller_op (conform->front,
                       conform->clerk,
                       dossier->on,
                       MC_VERB_TRANSFER,
                       json_pack ("{s:[s]}", "offices", office),
                       mc_base ("offices", dossier->id),
                       NULL);
}

/* What the feed of @caller says of a record from entry @from on: "op", "gone", one after another.
 */
static char *
told (const McCaller *caller, const char *record, guint from)
{
  GString *text = g_string_new (NULL);

  for (guint i = from; i < caller->feed->len; i++)
    {
      const McFeedEntry *entry = caller->feed->pdata[i];
      g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

      if (g_str_equal (entry->kind, "gone") && g_str_equal (entry->line, record))
        g_string_append (text, "gone ");
      else if (op != NULL && g_str_equal (op->on, record))
        g_string_append_printf (text, "%s ", op->verb);
    }
  return g_string_free (text, FALSE);
}

static void
hand_over (McConform *conform, const McOp *dossier)
{
  McCaller *front = conform->front;
  McCaller *other = conform->other;
  guint before = front->feed->len;
  guint before_there = other->feed->len;
  g_autoptr (McOp) moved = transfer (conform, dossier, other->office);
  g_autofree char *word = mc_push_word (conform, front, moved);
  g_autofree char *past = NULL;
  g_autofree char *gone = told (front, dossier->on, before);
  const McFeedEntry *here, *there;

  mc_pull (conform, other);
  past = told (other, dossier->on, before_there);
  mc_expect (conform,
             g_str_equal (past, "dossier.receive dossier.set dossier.transfer "),
             "sight.past",
             "handed over (%s), the other office is told: %s",
             word,
             past);
  mc_expect (conform,
             g_str_equal (gone, "dossier.transfer gone "),
             "sight.gone",
             "handed over (%s), the first office is told: %s",
             word,
             gone);
  here = mc_entry (front, dossier->id);
  there = mc_entry (other, dossier->id);
  if (here != NULL && there != NULL)
    mc_expect (conform,
               g_str_equal (here->receipt, there->receipt),
               "receipt.stable",
               "%s in one feed, %s in another",
               here->receipt,
               there->receipt);
}

void
mc_try_office (McConform *conform)
{
  McCaller *front = conform->front;
  McCaller *other = conform->other;
  g_autoptr (McOp) dossier = mc_caller_receive (conform, front);
  g_autoptr (McOp) change = mc_caller_op (front,
                                          conform->clerk,
                                          dossier->on,
                                          MC_VERB_SET,
                                          json_pack ("{s:{s:s}}", "groups", "subject", "đơn"),
                                          mc_base ("subject", dossier->id),
                                          NULL);
  g_autoptr (McOp) foreign = mc_caller_op (other,
                                           conform->other_clerk,
                                           dossier->on,
                                           MC_VERB_SET,
                                           json_pack ("{s:{s:s}}", "groups", "subject", "khác"),
                                           mc_base ("subject", dossier->id),
                                           NULL);
  const char *const lines[] = { dossier->line, change->line, NULL };
  g_autoptr (McSyncAnswer) sent = mc_push (conform, front, lines);
  g_autofree char *word = NULL;
  const McFeedEntry *entry;

  mc_pull (conform, other);
  mc_expect (conform,
             mc_times (other, dossier->id) == 0 && mc_times (other, change->id) == 0,
             "office.read",
             "the feed of office %s has a dossier of %s",
             other->office,
             front->office);
  word = mc_push_word (conform, other, foreign);
  mc_pull (conform, front);
  entry = mc_entry (front, foreign->id);
  mc_expect (conform,
             g_str_equal (word, "\"refused:office\"") &&
                 (entry == NULL || g_str_equal (entry->ruling, word)),
             "right.office",
             "a change by another office: %s, in the feed of whose it is %s",
             word,
             entry != NULL ? entry->ruling : "nothing");
  if (sent != NULL)
    hand_over (conform, dossier);
}
