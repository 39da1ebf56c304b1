/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks, what a request is, and how much of it is taken. */
#include "mc-conform.h"

#include "mc-id.h"
#include "mc-op.h"
#include "mc-unlock.h"
#include <string.h>

#define BLOB_MAX (G_GINT64_CONSTANT (1024) * 1024 * 1024)

static GBytes *
empty_sync (const McCaller *caller)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_of (caller, NULL);

  request->limit = 0;
  return mc_sync_request_write (request);
}

/* Signed by @caller, but with other headers. */
static void
look (McConform *conform,
      const McCaller *caller,
      const char *const *headers,
      const char *word,
      const char *what)
{
  g_autoptr (GBytes) body = empty_sync (conform->front);
  g_autoptr (McSeen) seen = mc_ask (conform, caller, "POST", "/v1/sync", body, headers);
  g_autofree char *text = mc_seen_text (seen);

  mc_expect (conform,
             mc_seen_is (seen, SOUP_STATUS_UNAUTHORIZED, word),
             g_str_equal (word, "device") ? "request.device" : "request.signature",
             "%s: %s",
             what,
             text);
}

static char *
signature_of (const McCaller *caller, const char *path, GBytes *body)
{
  g_autofree char *text = mc_wire_sign_text ("POST", path, body);

  return mc_keys_sign (&caller->secret, text, strlen (text));
}

void
mc_try_request (McConform *conform)
{
  g_autoptr (GBytes) body = empty_sync (conform->front);
  g_autoptr (GBytes) other = g_bytes_new_static ("{}", 2);
  g_autofree char *of_path = signature_of (conform->front, "/v1/enrol", body);
  g_autofree char *of_body = signature_of (conform->front, "/v1/sync", other);
  g_autofree char *of_other = signature_of (conform->other, "/v1/sync", body);
  g_autofree char *nobody = mc_id_new (conform->time_ms);
  const char *const path_headers[] = { MC_HEADER_SIGN, of_path, NULL };
  const char *const body_headers[] = { MC_HEADER_SIGN, of_body, NULL };
  const char *const other_headers[] = { MC_HEADER_SIGN, of_other, NULL };
  const char *const tus_headers[] = { "Tus-Resumable", "1.0.0", NULL };
  const char *const nobody_headers[] = { MC_HEADER_DEVICE, nobody, NULL };
  g_autoptr (McSeen) blob = NULL;

  look (conform, NULL, NULL, "device", "a sync that nobody signed");
  look (conform, conform->front, nobody_headers, "device", "an unknown device");
  look (conform, conform->front, path_headers, "signature", "signed for another path");
  look (conform, conform->front, body_headers, "signature", "signed over another body");
  look (conform, conform->front, other_headers, "signature", "signed by another device");
  blob = mc_ask (conform, NULL, "POST", "/v1/blobs", NULL, tus_headers);
  mc_expect (conform,
             mc_seen_is (blob, SOUP_STATUS_UNAUTHORIZED, "device"),
             "request.device",
             "POST /v1/blobs that nobody signed: %u",
             blob->status);
}

/* Sealed with @to's key instead of the province's, or with it. */
static McSeen *
ask_unlock (McConform *conform, const McPublicKey *to)
{
  McUnlockKey key;
  McUnlockAsk ask = { .login = (char *)"motcua-conform", .code = (char *)"AAAAA-AAAAA" };
  const char *const headers[] = { "Content-Type", "application/json", NULL };
  g_autoptr (GBytes) body = NULL;

  mc_unlock_key_make (&key);
  ask.device = conform->front->id;
  memcpy (ask.to, key.public, sizeof ask.to);
  body = mc_unlock_ask_write (&ask, to);
  mc_unlock_key_wipe (&key);
  return mc_ask (conform, NULL, "POST", "/v1/unlock", body, headers);
}

void
mc_try_unlock (McConform *conform)
{
  g_autoptr (McSeen) torn = mc_ask_json (conform, NULL, "/v1/unlock", json_object ());
  g_autoptr (McSeen) sealed = ask_unlock (conform, &conform->other->public);
  g_autoptr (McSeen) wrong = NULL;
  g_autofree char *torn_text = mc_seen_text (torn);
  g_autofree char *sealed_text = mc_seen_text (sealed);
  g_autofree char *wrong_text = NULL;
  McPublicKey province;

  mc_expect (conform,
             mc_seen_is (torn, SOUP_STATUS_BAD_REQUEST, "format"),
             "unlock.format",
             "POST /v1/unlock {}: %s",
             torn_text);
  mc_expect (conform,
             mc_seen_is (sealed, SOUP_STATUS_FORBIDDEN, "sealed"),
             "unlock.sealed",
             "sealed to another key: %s",
             sealed_text);
  if (conform->province == NULL ||
      !mc_base64_decode (conform->province, province.bytes, sizeof province.bytes))
    return;
  wrong = ask_unlock (conform, &province);
  wrong_text = mc_seen_text (wrong);
  mc_expect (conform,
             mc_seen_is (wrong, SOUP_STATUS_FORBIDDEN, "code"),
             "unlock.code",
             "a wrong activation code: %s",
             wrong_text);
}

static void
try_torn (McConform *conform)
{
  McCaller *front = conform->front;
  g_autoptr (McOp) first = mc_caller_receive (conform, front);
  g_autoptr (McOp) second = mc_caller_receive (conform, front);
  const char *const lines[] = { first->line, second->line, NULL };
  g_autoptr (McSyncRequest) request = mc_sync_request_of (front, lines);
  g_autoptr (GBytes) whole = mc_sync_request_write (request);
  gsize size = g_bytes_get_size (whole);
  gsize half = size - strlen (second->line) - 1;
  g_autoptr (GBytes) missing = g_bytes_new_from_bytes (whole, 0, half);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, size - 20);
  GBytes *const bodies[] = { missing, cut };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (McSeen) seen = mc_ask (conform, front, "POST", "/v1/sync", bodies[i], NULL);
      g_autofree char *text = mc_seen_text (seen);

      mc_expect (conform,
                 mc_seen_is (seen, SOUP_STATUS_BAD_REQUEST, "format"),
                 "sync.torn",
                 "%s: %s",
                 i == 0 ? "one of two lines missing" : "the last line cut",
                 text);
    }
  mc_pull (conform, front);
  mc_expect (conform,
             mc_times (front, first->id) == 0,
             "sync.torn",
             "an op of a torn request is in the feed");
}

static void
try_many (McConform *conform)
{
  g_autoptr (McSyncRequest) request = mc_sync_request_of (conform->front, NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (McSeen) seen = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < MC_WIRE_OPS_MAX + 1; i++)
    g_ptr_array_add (request->lines, g_strdup ("nothing"));
  body = mc_sync_request_write (request);
  seen = mc_ask (conform, conform->front, "POST", "/v1/sync", body, NULL);
  text = mc_seen_text (seen);
  mc_expect (conform,
             mc_seen_is (seen, SOUP_STATUS_BAD_REQUEST, "format"),
             "sync.ops",
             "1,001 lines: %s",
             text);
}

void
mc_try_limit (McConform *conform)
{
  g_autofree char *zeros = g_malloc0 (70000);
  g_autoptr (GBytes) large = g_bytes_new_static (zeros, 70000);
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, BLOB_MAX + 1);
  g_autofree char *name = mc_sha256 (zeros, 70000);
  const char *const headers[] = {
    "Tus-Resumable", "1.0.0", "Upload-Length", length, "MC-Blob", name, NULL
  };
  g_autoptr (McSeen) body = mc_ask (conform, NULL, "POST", "/v1/enrol", large, NULL);
  g_autoptr (McSeen) blob = mc_ask (conform, conform->front, "POST", "/v1/blobs", NULL, headers);
  g_autofree char *body_text = mc_seen_text (body);
  g_autofree char *blob_text = mc_seen_text (blob);
  guint status = mc_ask_torn (conform,
                              conform->front,
                              "POST",
                              "/v1/sync",
                              NULL,
                              MC_WIRE_MAX + 1,
                              "Expect: 100-continue\r\n",
                              TRUE);

  mc_expect (conform, status == 413, "limit.sync", "64 MiB and a byte: %u", status);
  mc_expect (conform, body->status == 413, "limit.body", "70,000 bytes to enrol: %s", body_text);
  mc_expect (conform, blob->status == 413, "limit.blob", "1 GiB and a byte: %s", blob_text);
  try_torn (conform);
  try_many (conform);
}
