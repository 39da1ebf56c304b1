/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How ops are taken: whole, once, parents first. */
#include "mc-conform.h"

#include "mc-id.h"
#include "mc-op.h"
#include <string.h>

/* An op with the members in no order, with white space and one that nobody knows. */
static void
try_verbatim (McConform *conform, const McOp *parent)
{
  McCaller *front = conform->front;
  g_autofree char *id = mc_id_new (conform->time_ms);
  g_autofree char *json = g_strdup_printf (
      "{ \"v\": 1, \"later\": [1, null], \"id\": \"%s\", \"do\": \"note.add\", \"dev\": \"%s\","
      " \"n\": %d, \"at\": %" G_GINT64_FORMAT ", \"by\": \"%s\", \"on\": \"%s\","
      " \"body\": {\"text\": \"th\\u1eed\"}, \"base\": {\"note\": [\"%s\"]} }",
      id,
      front->id,
      (int)++front->n,
      ++front->at,
      conform->clerk,
      parent->on,
      parent->id);
  g_autofree char *line = mc_caller_line (front, json);
  g_autofree char *word = mc_push_line (conform, front, line, id);
  const McFeedEntry *entry;

  mc_pull (conform, conform->back);
  entry = mc_entry (conform->back, id);
  mc_expect (conform,
             entry != NULL && g_str_equal (entry->line, line),
             "op.verbatim",
             "said %s; another desk reads %s",
             word,
             entry != NULL ? entry->line : "nothing");
}

static void
try_once (McConform *conform, const McOp *op)
{
  McCaller *front = conform->front;
  const char *const twice[] = { op->line, op->line, NULL };
  g_autofree char *before = g_strdup (mc_entry (front, op->id)->ruling);
  g_autofree char *again = mc_push_word (conform, front, op);
  g_autofree char *carried = mc_push_word (conform, conform->back, op);
  g_autoptr (McSyncAnswer) both = mc_push (conform, front, twice);

  mc_expect (conform,
             g_str_equal (again, before) && g_str_equal (carried, before),
             "op.once",
             "said %s, then %s, to another desk %s",
             before,
             again,
             carried);
  mc_expect (conform,
             both != NULL && mc_times (front, op->id) == 1,
             "op.once",
             "sent four times it is %u times in the feed",
             mc_times (front, op->id));
}

static void
try_forged (McConform *conform, const McOp *parent)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) op = mc_caller_op (front,
                                      conform->clerk,
                                      parent->on,
                                      MC_VERB_NOTE,
                                      json_pack ("{s:s}", "text", "abc"),
                                      mc_base ("note", parent->id),
                                      NULL);
  g_autofree char *forged = g_strdup (op->line);
  g_autofree char *word = NULL;

  memcpy (strstr (forged, "abc"), "xyz", 3);
  word = mc_push_line (conform, front, forged, op->id);
  mc_expect (conform,
             g_str_equal (word, "\"refused:signature\"") && mc_times (front, op->id) == 0,
             "op.signature",
             "a changed op: %s, %u times in the feed",
             word,
             mc_times (front, op->id));
  g_free (word);
  word = mc_push_word (conform, front, op);
  mc_expect (conform,
             g_str_equal (word, "\"applied\""),
             "op.signature",
             "the genuine one after it: %s",
             word);
}

static void
try_format (McConform *conform, const McOp *held)
{
  McCaller *front = conform->front;
  g_autofree char *filler = g_strnfill (MC_OP_LINE_MAX, 'x');
  g_autofree char *json = g_strdup_printf ("%s ", held->line + MC_SIGNATURE_TEXT + 1);
  g_autofree char *other = mc_caller_line (front, json);
  g_autofree char *garbage = mc_push_line (conform, front, "nothing", "-");
  g_autofree char *large = mc_push_line (conform, front, filler, "-");
  g_autofree char *bytes = mc_push_line (conform, front, other, held->id);

  mc_expect (conform,
             g_str_equal (garbage, "\"refused:format\""),
             "op.format",
             "a line that is no op: %s",
             garbage);
  mc_expect (conform,
             g_str_equal (large, "\"refused:format\""),
             "op.format",
             "a line of 256 KiB: %s",
             large);
  mc_expect (conform,
             g_str_equal (bytes, "\"refused:format\""),
             "op.format",
             "other bytes under the id of an op that is held: %s",
             bytes);
}

static void
try_body (McConform *conform)
{
  McCaller *front = conform->front;
  g_autofree char *record = mc_id_new (conform->time_ms);
  g_autoptr (McOp) op = mc_caller_op (front,
                                      conform->clerk,
                                      record,
                                      MC_VERB_RECEIVE,
                                      json_pack ("{s:s}", "office", front->office),
                                      json_object (),
                                      NULL);
  g_autofree char *word = mc_push_word (conform, front, op);

  mc_expect (conform,
             g_str_equal (word, "\"refused:format\"") && mc_times (front, op->id) == 1,
             "op.body",
             "a reception without applicant: %s, %u times in the feed",
             word,
             mc_times (front, op->id));
}

static void
try_newer (McConform *conform, const McOp *parent)
{
  McCaller *front = conform->front;
  g_autofree char *id = mc_id_new (conform->time_ms);
  g_autofree char *json =
      g_strdup_printf ("{\"at\":%" G_GINT64_FORMAT ",\"base\":{\"note\":[\"%s\"]},\"body\":{},"
                       "\"by\":\"%s\",\"dev\":\"%s\",\"do\":\"dossier.later\",\"id\":\"%s\","
                       "\"n\":%d,\"on\":\"%s\",\"v\":99}",
                       ++front->at,
                       parent->id,
                       conform->clerk,
                       front->id,
                       id,
                       (int)++front->n,
                       parent->on);
  g_autofree char *line = mc_caller_line (front, json);
  g_autofree char *first = mc_push_line (conform, front, line, id);
  g_autofree char *second = mc_push_line (conform, front, line, id);

  mc_expect (conform,
             g_str_equal (first, "missing version") && g_str_equal (second, first) &&
                 mc_times (front, id) == 0,
             "op.newer",
             "an op of version 99: %s, then %s, %u times in the feed",
             first,
             second,
             mc_times (front, id));
}

static void
try_stranger (McConform *conform)
{
  McCaller *stranger = mc_caller_new ("motcua-conform stranger");
  g_autoptr (McOp) op = NULL;
  g_autofree char *word = NULL;

  stranger->id = mc_id_new (conform->time_ms);
  stranger->office = g_strdup (conform->front->office);
  stranger->slot = g_strdup ("0000");
  op = mc_caller_receive (conform, stranger);
  word = mc_push_word (conform, conform->front, op);
  mc_expect (conform,
             g_str_equal (word, "missing device") && mc_times (conform->front, op->id) == 0,
             "op.stranger",
             "an op of a device that nobody knows: %s",
             word);
  mc_caller_free (stranger);
}

static void
try_parents (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) parent = mc_caller_receive (conform, front);
  g_autoptr (McOp) child = mc_caller_op (front,
                                         conform->clerk,
                                         parent->on,
                                         MC_VERB_SET,
                                         json_pack ("{s:{s:s}}", "groups", "subject", "đơn"),
                                         mc_base ("subject", parent->id),
                                         NULL);
  const char *const lines[] = { child->line, NULL };
  g_autoptr (McSyncRequest) request = mc_sync_request_of (front, lines);
  g_autoptr (McSyncAnswer) answer = NULL;
  g_autofree char *expected = g_strdup_printf ("missing %s", parent->id);
  g_autofree char *word = NULL;
  g_autofree char *then = NULL;
  const McFeedEntry *first, *second;

  /* It holds the parent: whoever says that it holds nothing else is not waited for. */
  request->left = 1;
  answer = mc_sync_once (conform, front, request, NULL);
  word = mc_word_of (answer, child->id);
  if (answer != NULL)
    mc_follow (conform, front, answer, lines);
  mc_expect (conform,
             g_str_equal (word, expected) && mc_times (front, child->id) == 0,
             "parents.missing",
             "an op before its parent: %s",
             word);
  then = mc_push_word (conform, front, parent);
  mc_pull (conform, conform->back);
  first = mc_entry (conform->back, parent->id);
  second = mc_entry (conform->back, child->id);
  mc_expect (conform,
             first != NULL && second != NULL && first->n < second->n &&
                 g_str_equal (second->ruling, "\"applied\""),
             "parents.order",
             "the parent: %s, at %d; the child at %d: %s",
             then,
             first != NULL ? (int)first->n : 0,
             second != NULL ? (int)second->n : 0,
             second != NULL ? second->ruling : "not there");
}

void
mc_try_op (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) receive = mc_caller_receive (conform, front);
  g_autofree char *word = mc_push_word (conform, front, receive);
  g_autoptr (McOp) small = mc_caller_receive (conform, front);
  g_autoptr (McOp) zipped = mc_caller_receive (conform, front);
  const McOp *const packed[] = { small, zipped };
  const char *const how[] = { MC_WIRE_SMALL, "gzip" };

  if (!mc_expect (conform,
                  g_str_equal (word, "\"applied\"") && mc_entry (front, receive->id) != NULL,
                  "verdict.applied",
                  "a reception by %s under %s: %s",
                  conform->clerk,
                  conform->procedure,
                  word))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      const char *const lines[] = { packed[i]->line, NULL };
      g_autoptr (McSyncRequest) request = mc_sync_request_of (front, lines);
      g_autoptr (McSyncAnswer) answer = mc_sync_once (conform, front, request, how[i]);

      if (answer != NULL)
        mc_follow (conform, front, answer, lines);
    }
  try_verbatim (conform, receive);
  try_once (conform, receive);
  try_forged (conform, receive);
  try_format (conform, receive);
  try_body (conform);
  try_newer (conform, receive);
  try_stranger (conform);
  try_parents (conform);
}
