/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tus 1.0 asks beside the bytes: versions, checksums, expiry, termination. */
#include "mc-conform.h"

#include <sodium.h>
#include <string.h>

#define SIZE 300

/* An upload of its own: the bytes are new in each run. */
typedef struct
{
  guint8 bytes[SIZE];
  char *sha256;
  char *path;
} Upload;

static void
upload_init (Upload *upload)
{
  randombytes_buf (upload->bytes, SIZE);
  upload->sha256 = mc_sha256 (upload->bytes, SIZE);
  upload->path = g_strconcat ("/v1/blobs/", upload->sha256, NULL);
}

static void
upload_clear (Upload *upload)
{
  g_free (upload->sha256);
  g_free (upload->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

static McSeen *
begin (McConform *conform, const Upload *upload)
{
  const char *const headers[] = {
    "Tus-Resumable", "1.0.0", "Upload-Length", G_STRINGIFY (SIZE), "MC-Blob", upload->sha256, NULL
  };

  return mc_ask (conform, conform->front, "POST", "/v1/blobs", NULL, headers);
}

static McSeen *
ask (McConform *conform, const McCaller *caller, const char *method, const Upload *upload)
{
  const char *const headers[] = { "Tus-Resumable", "1.0.0", NULL };

  return mc_ask (conform, caller, method, upload->path, NULL, headers);
}

/* @checksum: (nullable) */
static McSeen *
patch (McConform *conform, const Upload *upload, const char *checksum, gsize from, gsize to)
{
  g_autofree char *at = g_strdup_printf ("%" G_GSIZE_FORMAT, from);
  const char *const headers[] = {
    "Tus-Resumable", "1.0.0", "Upload-Offset", at, checksum != NULL ? "Upload-Checksum" : NULL,
    checksum,        NULL,
  };
  g_autoptr (GBytes) part = g_bytes_new (upload->bytes + from, to - from);

  return mc_ask (conform, conform->front, "PATCH", upload->path, part, headers);
}

static void
try_version (McConform *conform)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (McSeen) options = mc_ask (conform, NULL, "OPTIONS", "/v1/blobs", NULL, NULL);
  g_autoptr (McSeen) none = NULL;
  g_autofree char *text = NULL;
  const char *extensions = mc_seen_header (options, "Tus-Extension");
  const char *headers[] = { "Upload-Length", G_STRINGIFY (SIZE), "MC-Blob", NULL, NULL };

  upload_init (&upload);
  headers[3] = upload.sha256;
  none = mc_ask (conform, conform->front, "POST", "/v1/blobs", NULL, headers);
  text = mc_seen_text (none);
  mc_expect (conform,
             options->status == SOUP_STATUS_NO_CONTENT &&
                 g_strcmp0 (mc_seen_header (options, "Tus-Version"), "1.0.0") == 0 &&
                 extensions != NULL && strstr (extensions, "creation") != NULL &&
                 strstr (extensions, "checksum") != NULL &&
                 mc_seen_number (options, "Tus-Max-Size") > 0,
             "tus.options",
             "OPTIONS /v1/blobs: %u, Tus-Extension: %s",
             options->status,
             extensions != NULL ? extensions : "none");
  mc_expect (conform,
             mc_seen_is (none, SOUP_STATUS_PRECONDITION_FAILED, "tus") &&
                 g_strcmp0 (mc_seen_header (none, "Tus-Version"), "1.0.0") == 0,
             "tus.version",
             "POST /v1/blobs without Tus-Resumable: %s",
             text);
}

static char *
sum_of (const guint8 *bytes, gsize length)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  g_autofree char *text = NULL;

  crypto_hash_sha256 (digest, bytes, length);
  text = g_base64_encode (digest, sizeof digest);
  return g_strconcat ("sha256 ", text, NULL);
}

static void
try_checksum (McConform *conform)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *right = NULL;
  g_autofree char *wrong = NULL;
  g_autoptr (McSeen) first = NULL;
  g_autoptr (McSeen) bad = NULL;
  g_autoptr (McSeen) kept = NULL;
  g_autoptr (McSeen) odd = NULL;
  g_autoptr (McSeen) good = NULL;

  upload_init (&upload);
  right = sum_of (upload.bytes, 100);
  wrong = sum_of (upload.bytes, 99);
  first = begin (conform, &upload);
  bad = patch (conform, &upload, wrong, 0, 100);
  kept = ask (conform, conform->front, "HEAD", &upload);
  odd = patch (conform, &upload, "crc99 AAAA", 0, 100);
  good = patch (conform, &upload, right, 0, 100);
  mc_expect (conform,
             mc_seen_is (bad, 460, "checksum") && mc_seen_number (kept, "Upload-Offset") == 0,
             "tus.checksum",
             "a piece with another checksum: %u, then the offset is %d",
             bad->status,
             (int)mc_seen_number (kept, "Upload-Offset"));
  mc_expect (conform,
             mc_seen_is (odd, SOUP_STATUS_BAD_REQUEST, "algorithm"),
             "tus.checksum",
             "an algorithm that there is not: %u",
             odd->status);
  mc_expect (conform,
             good->status == SOUP_STATUS_NO_CONTENT &&
                 mc_seen_number (good, "Upload-Offset") == 100,
             "tus.checksum",
             "a piece with its checksum: %u, offset %d",
             good->status,
             (int)mc_seen_number (good, "Upload-Offset"));
  mc_expect (conform,
             mc_seen_header (first, "Upload-Expires") != NULL &&
                 mc_seen_header (kept, "Upload-Expires") != NULL,
             "tus.expires",
             "nothing says until when a half-finished scan is kept");
}

static void
try_type (McConform *conform)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (McSeen) first = NULL;
  g_autoptr (McSeen) seen = NULL;
  g_autofree char *text = NULL;
  const char *const headers[] = { "Tus-Resumable", "1.0.0", "Upload-Offset", "0", NULL };

  upload_init (&upload);
  first = begin (conform, &upload);
  seen = mc_ask (conform, conform->front, "PATCH", upload.path, NULL, headers);
  text = mc_seen_text (seen);
  mc_expect (conform,
             mc_seen_is (seen, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "type"),
             "tus.type",
             "PATCH without a type: %s",
             text);
}

static void
try_metadata (McConform *conform)
{
  g_auto (Upload) upload = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *metadata = NULL;
  g_autoptr (McSeen) seen = NULL;
  const char *headers[] = {
    "Tus-Resumable", "1.0.0", "Upload-Length", G_STRINGIFY (SIZE), "Upload-Metadata", NULL, NULL
  };

  upload_init (&upload);
  name = g_base64_encode ((const guint8 *)upload.sha256, strlen (upload.sha256));
  metadata = g_strdup_printf ("filename dA==, sha256 %s", name);
  headers[5] = metadata;
  seen = mc_ask (conform, conform->front, "POST", "/v1/blobs", NULL, headers);
  mc_expect (conform,
             seen->status == SOUP_STATUS_CREATED && mc_seen_header (seen, "Location") != NULL &&
                 g_str_has_suffix (mc_seen_header (seen, "Location"), upload.path),
             "tus.metadata",
             "POST /v1/blobs with sha256 in Upload-Metadata: %u, Location %s",
             seen->status,
             mc_seen_header (seen, "Location") != NULL ? mc_seen_header (seen, "Location")
                                                       : "none");
}

static void
try_delete (McConform *conform)
{
  g_auto (Upload) upload = { 0 };
  g_autoptr (McSeen) first = NULL;
  g_autoptr (McSeen) foreign = NULL;
  g_autoptr (McSeen) dropped = NULL;
  g_autoptr (McSeen) after = NULL;
  g_autoptr (McSeen) again = NULL;
  g_autoptr (McSeen) whole = NULL;
  g_autoptr (McSeen) late = NULL;
  g_autofree char *late_text = NULL;

  upload_init (&upload);
  first = begin (conform, &upload);
  foreign = ask (conform, conform->other, "DELETE", &upload);
  dropped = ask (conform, conform->back, "DELETE", &upload);
  after = ask (conform, conform->front, "HEAD", &upload);
  again = begin (conform, &upload);
  whole = patch (conform, &upload, NULL, 0, SIZE);
  late = ask (conform, conform->front, "DELETE", &upload);
  late_text = mc_seen_text (late);
  mc_expect (conform,
             mc_seen_is (foreign, SOUP_STATUS_FORBIDDEN, "office") &&
                 dropped->status == SOUP_STATUS_NO_CONTENT &&
                 after->status == SOUP_STATUS_NOT_FOUND,
             "tus.delete",
             "a half-finished scan: by another office %u, by its own %u, then HEAD %u",
             foreign->status,
             dropped->status,
             after->status);
  mc_expect (conform,
             mc_seen_is (late, SOUP_STATUS_FORBIDDEN, "whole"),
             "tus.delete",
             "a whole scan: %s",
             late_text);
}

void
mc_try_tus (McConform *conform)
{
  try_version (conform);
  try_checksum (conform);
  try_type (conform);
  try_metadata (conform);
  try_delete (conform);
}
