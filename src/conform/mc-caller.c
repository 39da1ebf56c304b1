/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mc-conform.h"

#include "mc-clock.h"
#include "mc-id.h"
#include "mc-op.h"
#include <sodium.h>
#include <string.h>

/* A page has at least one entry: more pages than this and it goes nowhere. */
#define PAGES_MAX 10000

McCaller *
mc_caller_new (const char *seed)
{
  McCaller *caller = g_new0 (McCaller, 1);
  guint8 digest[crypto_hash_sha256_BYTES];

  G_STATIC_ASSERT (sizeof digest == crypto_sign_SEEDBYTES);
  crypto_hash_sha256 (digest, (const guint8 *)seed, strlen (seed));
  crypto_sign_seed_keypair (caller->public.bytes, caller->secret.bytes, digest);
  caller->feed = g_ptr_array_new_with_free_func ((GDestroyNotify)mc_feed_entry_free);
  caller->hashes = g_ptr_array_new_with_free_func (g_free);
  return caller;
}

void
mc_caller_free (McCaller *caller)
{
  if (caller == NULL)
    return;
  g_ptr_array_unref (caller->feed);
  g_ptr_array_unref (caller->hashes);
  g_free (caller->id);
  g_free (caller->office);
  g_free (caller->slot);
  g_free (caller->certificate);
  mc_secret_key_wipe (&caller->secret);
  g_free (caller);
}

McSeen *
mc_caller_enrol (McConform *conform, McCaller *caller, json_t *json, const McCaller *signer)
{
  g_autofree char *key = mc_base64_encode (caller->public.bytes, MC_KEY_PUBLIC_BYTES);
  g_autoptr (json_t) answer = NULL;
  McSeen *seen;

  json_object_set_new (json, "key", json_string (key));
  seen = mc_ask_json (conform, signer, "/v1/enrol", json);
  answer = mc_seen_json (seen);
  if (seen->status != SOUP_STATUS_OK || !mc_id_valid (mc_json_string (answer, "device")) ||
      !mc_id_valid (mc_json_string (answer, "office")) ||
      mc_json_string (answer, "certificate") == NULL)
    return seen;
  caller->id = g_strdup (mc_json_string (answer, "device"));
  caller->office = g_strdup (mc_json_string (answer, "office"));
  caller->slot = g_strdup (mc_json_string (answer, "slot"));
  caller->certificate = g_strdup (mc_json_string (answer, "certificate"));
  return seen;
}

McOp *
mc_caller_op (McCaller *caller,
              const char *by,
              const char *on,
              const char *verb,
              json_t *body,
              json_t *base,
              const char *read)
{
  gint64 now = mc_clock_wall (mc_clock_system ());
  g_autofree char *id = mc_id_new (now);
  McOpDraft draft = {
    .id = id,
    .device = caller->id,
    .n = ++caller->n,
    .at = caller->at = mc_stamp_next (caller->at, now),
    .by = by,
    .on = on,
    .verb = verb,
    .body = body,
    .base = base,
    .read = read,
  };
  McOp *op = mc_op_sign (&draft, &caller->secret);

  json_decref (body);
  json_decref (base);
  return op;
}

char *
mc_caller_line (const McCaller *caller, const char *json)
{
  g_autofree char *signature = mc_keys_sign (&caller->secret, json, strlen (json));

  return g_strconcat (signature, " ", json, NULL);
}

McOp *
mc_caller_receive (McConform *conform, McCaller *caller)
{
  g_autofree char *record = mc_id_new (mc_clock_wall (mc_clock_system ()));
  g_autofree char *code =
      g_strdup_printf ("CONFORM-%s%03d", caller->slot, (int)((caller->n + 1) % 100000));

  return mc_caller_op (caller,
                       caller == conform->other ? conform->other_clerk : conform->clerk,
                       record,
                       MC_VERB_RECEIVE,
                       json_pack ("{s:s,s:s,s:s,s:s,s:s,s:{s:s}}",
                                  "office",
                                  caller->office,
                                  "code",
                                  code,
                                  "procedure",
                                  conform->procedure,
                                  "channel",
                                  "direct",
                                  "received",
                                  "2026-11-21T08:10",
                                  "applicant",
                                  "name",
                                  "Nguyễn Thử"),
                       json_object (),
                       NULL);
}

json_t *
mc_base (const char *group, const char *op)
{
  return json_pack ("{s:[s]}", group, op);
}

McSyncRequest *
mc_sync_request_of (const McCaller *caller, const char *const *lines)
{
  McSyncRequest *request = mc_sync_request_new ();

  request->cursor = caller->cursor;
  request->limit = MC_WIRE_LIMIT;
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_ptr_array_add (request->lines, g_strdup (lines[i]));
  return request;
}

McSyncAnswer *
mc_sync_once (McConform *conform,
              McCaller *caller,
              const McSyncRequest *request,
              const char *packed)
{
  g_autoptr (GBytes) plain = mc_sync_request_write (request);
  g_autoptr (GBytes) body = g_strcmp0 (packed, "gzip") == 0          ? mc_wire_pack (plain)
                            : g_strcmp0 (packed, MC_WIRE_SMALL) == 0 ? mc_wire_pack_small (plain)
                                                                     : g_bytes_ref (plain);
  const char *const headers[] = { "Content-Encoding", packed, NULL };
  g_autoptr (McSeen) seen =
      mc_ask (conform, caller, "POST", "/v1/sync", body, packed != NULL ? headers : NULL);
  g_autofree char *text = mc_seen_text (seen);
  McSyncAnswer *answer =
      seen->status == SOUP_STATUS_OK ? mc_sync_answer_read (seen->body, NULL) : NULL;

  if (packed != NULL)
    mc_expect (conform, answer != NULL, "sync.packed", "a body packed as %s: %s", packed, text);
  else
    mc_expect (conform, answer != NULL, "sync.envelope", "POST /v1/sync: %s", text);
  return answer;
}

/* The line of an op that was sent, where the entry has its id in its place. */
static const char *
line_of (const char *said, const char *const *lines)
{
  for (guint i = 0; strlen (said) == MC_ID_LENGTH && lines != NULL && lines[i] != NULL; i++)
    {
      g_autoptr (McOp) op = mc_op_parse (lines[i], (gssize)strcspn (lines[i], "\t"), NULL);

      if (op != NULL && g_str_equal (op->id, said))
        return lines[i];
    }
  return said;
}

gboolean
mc_follow (McConform *conform,
           McCaller *caller,
           const McSyncAnswer *answer,
           const char *const *lines)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < answer->entries->len; i++)
    {
      const McFeedEntry *said = answer->entries->pdata[i];
      McFeedEntry *entry = g_new0 (McFeedEntry, 1);
      const char *line = line_of (said->line, lines);
      char hash[33];

      entry->n = said->n;
      entry->kind = g_strdup (said->kind);
      entry->ruling = g_strdup (said->ruling);
      entry->receipt = g_strdup (said->receipt);
      entry->line = g_strndup (line, strcspn (line, "\t"));
      ok = mc_expect (conform,
                      entry->n == caller->cursor.n + 1,
                      "feed.order",
                      "entry %d after %d",
                      (int)entry->n,
                      (int)caller->cursor.n);
      mc_feed_hash (caller->cursor.hash, entry, hash);
      g_strlcpy (caller->cursor.hash, hash, sizeof hash);
      caller->cursor.n = entry->n;
      g_ptr_array_add (caller->feed, entry);
      g_ptr_array_add (caller->hashes, g_strdup (hash));
    }
  if (ok)
    mc_expect (conform,
               answer->cursor.n == caller->cursor.n &&
                   g_str_equal (answer->cursor.hash, caller->cursor.hash),
               "feed.hash",
               "at entry %d the answer says %s, its entries make %s",
               (int)caller->cursor.n,
               answer->cursor.hash,
               caller->cursor.hash);
  /* What the server says is what it will know again. */
  g_strlcpy (caller->cursor.hash, answer->cursor.hash, sizeof caller->cursor.hash);
  return ok;
}

gboolean
mc_pull (McConform *conform, McCaller *caller)
{
  for (guint page = 0; page < PAGES_MAX; page++)
    {
      g_autoptr (McSyncRequest) request = mc_sync_request_of (caller, NULL);
      g_autoptr (McSyncAnswer) answer = mc_sync_once (conform, caller, request, NULL);

      if (answer == NULL ||
          !mc_expect (conform,
                      !answer->reset,
                      "cursor.reset",
                      "the cursor that the server gave is none of its feed (%d)",
                      (int)caller->cursor.n) ||
          !mc_follow (conform, caller, answer, NULL))
        return FALSE;
      if (answer->cursor.n >= answer->head)
        return TRUE;
      if (!mc_expect (conform,
                      answer->entries->len > 0,
                      "sync.limit",
                      "a page without entries before the feed's end"))
        return FALSE;
    }
  return FALSE;
}

char *
mc_word_of (const McSyncAnswer *answer, const char *id)
{
  for (guint i = 0; answer != NULL && i < answer->answers->len; i++)
    {
      const McAnswer *one = answer->answers->pdata[i];
      g_autofree char *missing = NULL;

      if (!g_str_equal (one->op, id))
        continue;
      if (one->ruling != NULL)
        return g_strdup (one->ruling);
      missing = g_strjoinv (",", one->missing);
      return g_strdup_printf ("missing %s", missing);
    }
  for (guint i = 0; answer != NULL && i < answer->entries->len; i++)
    {
      const McFeedEntry *entry = answer->entries->pdata[i];

      if (g_str_equal (entry->line, id) || strstr (entry->line, id) != NULL)
        return g_strdup (entry->ruling);
    }
  return g_strdup ("nothing");
}

static void
look_at_words (McConform *conform, const McSyncAnswer *answer, const char *const *lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (McOp) op = mc_op_parse (lines[i], (gssize)strcspn (lines[i], "\t"), NULL);
      guint words = 0, whole = 0;

      for (guint k = 0; op != NULL && k < answer->answers->len; k++)
        words += g_str_equal (((McAnswer *)answer->answers->pdata[k])->op, op->id) ? 1 : 0;
      for (guint k = 0; op != NULL && k < answer->entries->len; k++)
        {
          const McFeedEntry *entry = answer->entries->pdata[k];

          words += g_str_equal (entry->line, op->id) ? 1 : 0;
          whole += g_str_equal (entry->line, op->line) ? 1 : 0;
        }
      if (op == NULL)
        continue;
      mc_expect (conform, words + whole > 0, "sync.word", "nothing was said of op %s", op->id);
      if (words + whole > 0)
        mc_expect (conform, whole == 0, "feed.brought", "op %s came back whole", op->id);
    }
}

McSyncAnswer *
mc_push (McConform *conform, McCaller *caller, const char *const *lines)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_of (caller, lines);
  McSyncAnswer *answer = mc_sync_once (conform, caller, request, NULL);

  if (answer == NULL)
    return NULL;
  look_at_words (conform, answer, lines);
  mc_follow (conform, caller, answer, lines);
  mc_pull (conform, caller);
  return answer;
}

char *
mc_push_line (McConform *conform, McCaller *caller, const char *line, const char *id)
{
  const char *const lines[] = { line, NULL };
  g_autoptr (McSyncAnswer) answer = mc_push (conform, caller, lines);

  return mc_word_of (answer, id);
}

char *
mc_push_word (McConform *conform, McCaller *caller, const McOp *op)
{
  return mc_push_line (conform, caller, op->line, op->id);
}

guint
mc_times (const McCaller *caller, const char *id)
{
  guint times = 0;

  for (guint i = 0; i < caller->feed->len; i++)
    {
      g_autoptr (McOp) op = mc_op_parse (((McFeedEntry *)caller->feed->pdata[i])->line, -1, NULL);

      times += op != NULL && g_str_equal (op->id, id) ? 1 : 0;
    }
  return times;
}

const McFeedEntry *
mc_entry (const McCaller *caller, const char *id)
{
  for (guint i = caller->feed->len; i-- > 0;)
    {
      const McFeedEntry *entry = caller->feed->pdata[i];
      g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

      if (op != NULL && g_str_equal (op->id, id))
        return entry;
    }
  return NULL;
}
