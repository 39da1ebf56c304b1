/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the province is, and who is taken in. */
#include "mc-conform.h"

#include "mc-clock.h"
#include "mc-id.h"
#include "mc-op.h"
#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

void
mc_try_hello (McConform *conform)
{
  g_autoptr (McSeen) seen = mc_ask (conform, NULL, "GET", "/v1/hello", NULL, NULL);
  g_autoptr (McSeen) nowhere = mc_ask (conform, NULL, "GET", "/v1/nowhere", NULL, NULL);
  g_autoptr (json_t) json = mc_seen_json (seen);
  g_autofree char *text = mc_seen_text (seen);
  g_autofree char *lost = mc_seen_text (nowhere);
  gint64 now = mc_clock_wall (mc_clock_system ());
  McPublicKey key;

  conform->province = g_strdup (mc_json_string (json, "province"));
  conform->time_ms = mc_json_int (json, "time", 0);
  mc_expect (conform,
             seen->status == SOUP_STATUS_OK && mc_json_int (json, "motcua", 0) == 1 &&
                 conform->province != NULL &&
                 mc_base64_decode (conform->province, key.bytes, sizeof key.bytes),
             "hello.envelope",
             "GET /v1/hello: %s without motcua, province and time",
             text);
  mc_expect (conform,
             ABS (conform->time_ms - now) < DAY_MS,
             "time.true",
             "hello says %" G_GINT64_FORMAT ", here it is %" G_GINT64_FORMAT " ms",
             conform->time_ms,
             now);
  mc_expect (conform,
             mc_seen_is (nowhere, SOUP_STATUS_NOT_FOUND, "path"),
             "error.path",
             "GET /v1/nowhere: %s",
             lost);
}

/* A code that was used in a run before is good again with the same key. */
static McCaller *
enrol (McConform *conform, const char *code)
{
  g_autofree char *seed = g_strconcat ("motcua-conform ", code, NULL);
  McCaller *caller = mc_caller_new (seed);
  g_autoptr (McSeen) seen =
      mc_caller_enrol (conform, caller, json_pack ("{s:s}", "code", code), NULL);
  g_autofree char *text = mc_seen_text (seen);
  g_autoptr (McCertificate) certificate = NULL;
  McPublicKey province = { 0 };

  if (caller->id == NULL)
    {
      mc_expect (conform, FALSE, "enrol.certificate", "the code %s: %s", code, text);
      mc_caller_free (caller);
      return NULL;
    }
  if (conform->province != NULL)
    mc_base64_decode (conform->province, province.bytes, sizeof province.bytes);
  certificate = mc_certificate_parse (caller->certificate, &province, NULL);
  mc_expect (conform,
             certificate != NULL && g_str_equal (certificate->device, caller->id) &&
                 g_str_equal (certificate->office, caller->office) &&
                 g_strcmp0 (certificate->slot, caller->slot) == 0 &&
                 memcmp (certificate->key.bytes, caller->public.bytes, MC_KEY_PUBLIC_BYTES) == 0,
             "enrol.certificate",
             "%s",
             certificate == NULL ? "not signed by the key of hello"
                                 : "of another device, office, slot or key than the answer says");
  return caller;
}

static void
try_again (McConform *conform, const McCaller *first, const char *code)
{
  g_autofree char *seed = g_strconcat ("motcua-conform ", code, NULL);
  McCaller *same = mc_caller_new (seed);
  McCaller *thief = mc_caller_new ("motcua-conform thief");
  McCaller *copy = mc_caller_new (first->id);
  g_autoptr (McSeen) again =
      mc_caller_enrol (conform, same, json_pack ("{s:s}", "code", code), NULL);
  g_autoptr (McSeen) twice =
      mc_caller_enrol (conform, thief, json_pack ("{s:s}", "code", code), NULL);
  g_autoptr (McSeen) anew = mc_caller_enrol (conform, copy, json_pack ("{s:b}", "again", 1), first);
  g_autofree char *again_text = mc_seen_text (again);
  g_autofree char *twice_text = mc_seen_text (twice);
  g_autofree char *anew_text = mc_seen_text (anew);

  mc_expect (conform,
             g_strcmp0 (same->id, first->id) == 0 && g_strcmp0 (same->slot, first->slot) == 0,
             "enrol.again",
             "the same code and key: %s, device %s after %s",
             again_text,
             same->id != NULL ? same->id : "none",
             first->id);
  mc_expect (conform,
             mc_seen_is (twice, SOUP_STATUS_FORBIDDEN, "code"),
             "enrol.once",
             "a spent code with another key: %s",
             twice_text);
  mc_expect (conform,
             copy->id != NULL && !g_str_equal (copy->id, first->id) &&
                 g_str_equal (copy->office, first->office),
             "enrol.copy",
             "{\"again\":true}: %s",
             anew_text);
  if (copy->id != NULL)
    mc_expect (conform,
               g_strcmp0 (copy->slot, first->slot) != 0,
               "enrol.slot",
               "a copied desk has the slot %s of the old one",
               first->slot);
  mc_caller_free (same);
  mc_caller_free (thief);
  mc_caller_free (copy);
}

/* Which is which, the offices say. */
static void
place (McConform *conform, McCaller *caller)
{
  if (conform->front == NULL)
    conform->front = caller;
  else if (conform->back == NULL && g_str_equal (caller->office, conform->front->office))
    conform->back = caller;
  else if (conform->other == NULL && !g_str_equal (caller->office, conform->front->office))
    conform->other = caller;
  else
    mc_caller_free (caller);
}

/* Staff and procedures as the feed of @caller tells them. */
static void
read_admin (McConform *conform, McCaller *caller, const McOp *op)
{
  const char *role = mc_json_string (op->body, "role");
  const json_t *entry = json_object_get (op->body, "procedure");
  gboolean home = caller != conform->other;

  if (g_str_equal (op->verb, MC_VERB_STAFF) && mc_json_bool (op->body, "active", TRUE) &&
      g_strcmp0 (mc_json_string (op->body, "office"), caller->office) == 0)
    {
      char **place = g_strcmp0 (role, "clerk") == 0
                         ? (home ? &conform->clerk : &conform->other_clerk)
                     : home && g_strcmp0 (role, "officer") == 0 ? &conform->officer
                     : home && g_strcmp0 (role, "leader") == 0  ? &conform->leader
                                                                : NULL;

      if (place != NULL && *place == NULL)
        *place = g_strdup (op->on);
    }
  if (g_str_equal (op->verb, MC_VERB_PROCEDURE) && conform->procedure == NULL &&
      json_object_get (entry, "workflow") == NULL && json_object_get (entry, "linked") == NULL)
    conform->procedure = g_strdup (mc_json_string (entry, "code"));
}

/* What it was told, and how far its own ops have counted. */
static gboolean
read_feed (McConform *conform, McCaller *caller)
{
  if (!mc_pull (conform, caller))
    return FALSE;
  for (guint i = 0; i < caller->feed->len; i++)
    {
      const McFeedEntry *entry = caller->feed->pdata[i];
      g_autoptr (McOp) op = mc_op_parse (entry->line, -1, NULL);

      if (op == NULL || g_str_has_prefix (entry->ruling, "\"refused:"))
        continue;
      caller->at = MAX (caller->at, op->at);
      if (g_str_equal (op->device, caller->id))
        caller->n = MAX (caller->n, op->n);
      read_admin (conform, caller, op);
    }
  return TRUE;
}

static void
try_wrong_code (McConform *conform)
{
  McCaller *stranger = mc_caller_new ("motcua-conform stranger");
  g_autoptr (McSeen) seen = NULL;
  g_autofree char *text = NULL;

  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_clear_pointer (&seen, mc_seen_free);
      seen =
          mc_caller_enrol (conform, stranger, json_pack ("{s:s}", "code", "AAAA-AAAA-AAAA"), NULL);
      if (seen->status != 429 || attempt == 1)
        break;
      /* A run before has guessed from this address. */
      g_usleep ((gulong)CLAMP (mc_seen_number (seen, "Retry-After"), 1, 120) * G_USEC_PER_SEC);
    }
  mc_caller_free (stranger);
  text = mc_seen_text (seen);
  mc_expect (conform,
             mc_seen_is (seen, SOUP_STATUS_FORBIDDEN, "code"),
             "enrol.code",
             "a wrong code: %s",
             text);
}

gboolean
mc_try_enrol (McConform *conform)
{
  try_wrong_code (conform);
  for (guint i = 0; i < conform->codes->len; i++)
    {
      McCaller *caller = enrol (conform, conform->codes->pdata[i]);

      if (caller != NULL)
        place (conform, caller);
    }
  if (conform->front == NULL || conform->back == NULL || conform->other == NULL)
    return FALSE;
  try_again (conform, conform->front, conform->codes->pdata[0]);
  mc_expect (conform,
             g_strcmp0 (conform->front->slot, conform->back->slot) != 0 &&
                 g_strcmp0 (conform->front->slot, conform->other->slot) != 0,
             "enrol.slot",
             "two desks have the slot %s",
             conform->front->slot);
  return read_feed (conform, conform->front) && read_feed (conform, conform->back) &&
         read_feed (conform, conform->other) && conform->clerk != NULL &&
         conform->other_clerk != NULL && conform->procedure != NULL;
}

void
mc_try_guesses (McConform *conform)
{
  McCaller *guesser = mc_caller_new ("motcua-conform guesser");
  g_autofree char *text = NULL;
  gboolean slowed = FALSE;

  for (guint i = 0; !slowed && i < 24; i++)
    {
      g_autofree char *code = g_strdup_printf ("GGGG-GGGG-%04u", i);
      g_autoptr (McSeen) seen =
          mc_caller_enrol (conform, guesser, json_pack ("{s:s}", "code", code), NULL);

      slowed = seen->status == 429 && mc_seen_number (seen, "Retry-After") > 0;
      g_free (text);
      text = mc_seen_text (seen);
    }
  mc_expect (conform, slowed, "enrol.guesses", "after 24 wrong codes: %s", text);
  mc_caller_free (guesser);
}
