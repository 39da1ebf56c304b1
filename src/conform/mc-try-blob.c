/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scans. */
#include "mc-conform.h"

#include "mc-op.h"
#include <sodium.h>
#include <string.h>

#define SIZE 400001
#define FIRST 100000
#define BROKEN_TRIES 100
#define BROKEN_LOOK_US (50 * 1000)

static char *
path_of (const char *sha256)
{
  return g_strconcat ("/v1/blobs/", sha256, NULL);
}

static McSeen *
announce (McConform *conform, const McCaller *caller, const char *sha256, gint64 size)
{
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  const char *const headers[] = { "Tus-Resumable", "1.0.0", "Upload-Length", length, "MC-Blob",
                                  sha256,          NULL };

  return mc_ask (conform, caller, "POST", "/v1/blobs", NULL, headers);
}

static McSeen *
head (McConform *conform, const char *sha256)
{
  g_autofree char *path = path_of (sha256);
  const char *const headers[] = { "Tus-Resumable", "1.0.0", NULL };

  return mc_ask (conform, conform->front, "HEAD", path, NULL, headers);
}

static McSeen *
patch (McConform *conform, const char *sha256, GBytes *bytes, gsize from, gsize to, gint64 offset)
{
  g_autofree char *path = path_of (sha256);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  const char *const headers[] = { "Tus-Resumable", "1.0.0", "Upload-Offset", at, NULL };
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, from, to - from);

  return mc_ask (conform, conform->front, "PATCH", path, part, headers);
}

/* The line breaks in the middle of a chunk; returns what the server has kept. */
static gint64
break_line (McConform *conform, const char *sha256, GBytes *bytes, gint64 offset)
{
  g_autofree char *path = path_of (sha256);
  g_autofree char *more =
      g_strdup_printf ("Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
                       "Upload-Offset: %" G_GINT64_FORMAT "\r\n",
                       offset);
  g_autoptr (GBytes) part =
      g_bytes_new_from_bytes (bytes, (gsize)offset, (SIZE - (gsize)offset) / 2);
  gint64 kept = offset;

  mc_ask_torn (conform, conform->front, "PATCH", path, part, SIZE - offset, more, FALSE);
  for (guint i = 0; kept == offset && i < BROKEN_TRIES; i++)
    {
      g_autoptr (McSeen) seen = head (conform, sha256);

      kept = mc_seen_number (seen, "Upload-Offset");
      if (kept == offset)
        g_usleep (BROKEN_LOOK_US);
    }
  return kept;
}

/* The rest, once the broken request has let go of it. */
static McSeen *
resume (McConform *conform, const char *sha256, GBytes *bytes)
{
  McSeen *seen = NULL;

  for (guint i = 0; i < BROKEN_TRIES; i++)
    {
      g_autoptr (McSeen) now = head (conform, sha256);
      gint64 offset = MAX (mc_seen_number (now, "Upload-Offset"), 0);

      g_clear_pointer (&seen, mc_seen_free);
      seen = patch (conform, sha256, bytes, (gsize)offset, SIZE, offset);
      if (seen->status != SOUP_STATUS_SERVICE_UNAVAILABLE && seen->status != SOUP_STATUS_CONFLICT)
        return seen;
      g_usleep (BROKEN_LOOK_US);
    }
  return seen;
}

static void
send_whole (McConform *conform, const char *sha256, GBytes *bytes)
{
  g_autoptr (McSeen) wrong = patch (conform, sha256, bytes, 10, 20, 10);
  g_autoptr (McSeen) first = patch (conform, sha256, bytes, 0, FIRST, 0);
  gint64 kept = break_line (conform, sha256, bytes, FIRST);
  g_autoptr (McSeen) rest = resume (conform, sha256, bytes);
  g_autoptr (McSeen) end = head (conform, sha256);
  g_autoptr (McSeen) twice = announce (conform, conform->other, sha256, SIZE);
  g_autofree char *wrong_text = mc_seen_text (wrong);
  g_autofree char *rest_text = mc_seen_text (rest);
  g_autofree char *twice_text = mc_seen_text (twice);

  mc_expect (conform,
             mc_seen_is (wrong, SOUP_STATUS_CONFLICT, "offset") &&
                 mc_seen_number (wrong, "Upload-Offset") == 0,
             "blob.offset",
             "a chunk at 10 where there is nothing: %s, offset %d",
             wrong_text,
             (int)mc_seen_number (wrong, "Upload-Offset"));
  mc_expect (conform,
             first->status == SOUP_STATUS_NO_CONTENT &&
                 mc_seen_number (first, "Upload-Offset") == FIRST,
             "blob.resume",
             "the first %d bytes: %u, offset %d",
             FIRST,
             first->status,
             (int)mc_seen_number (first, "Upload-Offset"));
  mc_expect (conform,
             kept > FIRST && kept < SIZE,
             "blob.broken",
             "the line broke at about %d, the offset is %d",
             FIRST + (SIZE - FIRST) / 2,
             (int)kept);
  mc_expect (conform,
             rest->status == SOUP_STATUS_NO_CONTENT &&
                 mc_seen_number (end, "Upload-Offset") == SIZE,
             "blob.resume",
             "the rest: %s, then the offset is %d of %d",
             rest_text,
             (int)mc_seen_number (end, "Upload-Offset"),
             SIZE);
  mc_expect (conform,
             twice->status == SOUP_STATUS_OK && mc_seen_number (twice, "Upload-Offset") == SIZE,
             "blob.dedupe",
             "announced by another desk: %s, offset %d of %d",
             twice_text,
             (int)mc_seen_number (twice, "Upload-Offset"),
             SIZE);
}

static GBytes *
random_bytes (gsize size, char **ret_sha256)
{
  guint8 *bytes = g_malloc (size);

  randombytes_buf (bytes, size);
  *ret_sha256 = mc_sha256 (bytes, size);
  return g_bytes_new_take (bytes, size);
}

static void
try_lies (McConform *conform)
{
  g_autofree char *sha256 = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = random_bytes (200, &sha256);
  g_autoptr (GBytes) other = random_bytes (200, &name);
  g_autoptr (McSeen) one = announce (conform, conform->front, sha256, 200);
  g_autoptr (McSeen) wrong = patch (conform, sha256, other, 0, 200, 0);
  g_autoptr (McSeen) after = head (conform, sha256);
  g_autoptr (McSeen) two = announce (conform, conform->front, name, 100);
  g_autoptr (McSeen) much = patch (conform, name, other, 0, 200, 0);
  g_autofree char *wrong_text = mc_seen_text (wrong);
  g_autofree char *much_text = mc_seen_text (much);

  mc_expect (conform,
             mc_seen_is (wrong, 460, "checksum") && after->status == SOUP_STATUS_NOT_FOUND,
             "blob.hash",
             "other bytes than announced: %s, then HEAD %u",
             wrong_text,
             after->status);
  mc_expect (conform,
             much->status == 413,
             "blob.overrun",
             "200 bytes where 100 were announced: %s",
             much_text);
}

void
mc_try_blob (McConform *conform)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) bytes = random_bytes (SIZE, &sha256);
  g_autoptr (McSeen) unknown = head (conform, sha256);
  g_autoptr (McSeen) first = announce (conform, conform->front, sha256, SIZE);
  g_autofree char *text = mc_seen_text (first);

  mc_expect (conform,
             unknown->status == SOUP_STATUS_NOT_FOUND,
             "blob.unknown",
             "HEAD of a scan that nobody announced: %u",
             unknown->status);
  if (mc_expect (conform,
                 first->status == SOUP_STATUS_CREATED &&
                     mc_seen_number (first, "Upload-Offset") == 0,
                 "blob.create",
                 "POST /v1/blobs: %s",
                 text))
    send_whole (conform, sha256, bytes);
  try_lies (conform);
}

static McSeen *
get (McConform *conform, const McCaller *caller, const char *sha256, const char *range)
{
  g_autofree char *path = path_of (sha256);
  const char *const headers[] = { "Range", range, NULL };

  return mc_ask (conform, caller, "GET", path, NULL, range != NULL ? headers : NULL);
}

static McOp *
attach (McConform *conform, const McOp *dossier, const char *sha256)
{
  return mc_caller_op (conform->front,
                       conform->clerk,
                       dossier->on,
                       MC_VERB_ATTACH,
                       json_pack ("{s:s,s:b,s:{s:s,s:s,s:i,s:i}}",
                                  "part",
                                  "to-khai",
                                  "ticked",
                                  1,
                                  "document",
                                  "sha256",
                                  sha256,
                                  "name",
                                  "to-khai.pdf",
                                  "size",
                                  SIZE,
                                  "pages",
                                  1),
                       mc_base ("part:to-khai", dossier->id),
                       NULL);
}

static void
read_whole (McConform *conform, const char *sha256, GBytes *bytes)
{
  g_autofree char *beyond_at = g_strdup_printf ("bytes=%d-", SIZE);
  g_autoptr (McSeen) whole = get (conform, conform->back, sha256, NULL);
  g_autoptr (McSeen) tail = get (conform, conform->back, sha256, "bytes=300000-");
  g_autoptr (McSeen) middle = get (conform, conform->back, sha256, "bytes=10-19");
  g_autoptr (McSeen) beyond = get (conform, conform->back, sha256, beyond_at);
  g_autoptr (McSeen) foreign = get (conform, conform->other, sha256, NULL);
  g_autoptr (GBytes) end = g_bytes_new_from_bytes (bytes, 300000, SIZE - 300000);
  g_autoptr (GBytes) ten = g_bytes_new_from_bytes (bytes, 10, 10);
  g_autofree char *whole_text = mc_seen_text (whole);
  g_autofree char *foreign_text = mc_seen_text (foreign);

  mc_expect (conform,
             whole->status == SOUP_STATUS_OK && g_bytes_equal (whole->body, bytes),
             "blob.get",
             "GET: %s, %s",
             whole_text,
             whole->status == SOUP_STATUS_OK ? "other bytes" : "no bytes");
  mc_expect (conform,
             tail->status == SOUP_STATUS_PARTIAL_CONTENT && g_bytes_equal (tail->body, end) &&
                 middle->status == SOUP_STATUS_PARTIAL_CONTENT && g_bytes_equal (middle->body, ten),
             "blob.range",
             "bytes=300000- of %d: %u; bytes=10-19: %u; or other bytes",
             SIZE,
             tail->status,
             middle->status);
  mc_expect (conform,
             beyond->status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE,
             "blob.range",
             "%s of %d: %u",
             beyond_at,
             SIZE,
             beyond->status);
  mc_expect (conform,
             mc_seen_is (foreign, SOUP_STATUS_NOT_FOUND, "blob"),
             "blob.office",
             "by an office that sees no record that names it: %s",
             foreign_text);
}

void
mc_try_blob_get (McConform *conform)
{
  g_autofree char *sha256 = NULL;
  g_autoptr (GBytes) bytes = random_bytes (SIZE, &sha256);
  g_autoptr (McOp) dossier = mc_caller_receive (conform, conform->front);
  g_autoptr (McOp) named = attach (conform, dossier, sha256);
  const char *const lines[] = { dossier->line, named->line, NULL };
  g_autoptr (McSeen) first = announce (conform, conform->front, sha256, SIZE);
  g_autoptr (McSeen) sent = patch (conform, sha256, bytes, 0, SIZE, 0);
  g_autoptr (McSeen) unnamed = get (conform, conform->front, sha256, NULL);
  g_autoptr (McSyncAnswer) answer = NULL;

  mc_expect (conform,
             unnamed->status == SOUP_STATUS_NOT_FOUND,
             "blob.office",
             "before any record names it: %u",
             unnamed->status);
  answer = mc_push (conform, conform->front, lines);
  if (answer != NULL)
    read_whole (conform, sha256, bytes);
}
