/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tus 1.0 asks of a server beside resuming: https://tus.io/protocols/resumable-upload */
#include "test-scan.h"

#include "mc-province-blob.h"
#include "mc-province-scans.h"
#include <string.h>

#define SIZE 100000
#define HALF 50000

static char *
base64_of (const char *text)
{
  return g_base64_encode ((const guchar *)text, strlen (text));
}

/* "sha256 …" or "sha1 …" of a piece of the scan, as Upload-Checksum says it. */
static char *
checksum_of (TestScan *scan, GChecksumType type, gsize from, gsize to)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (scan->bytes, from, to - from);
  g_autoptr (GChecksum) sum = g_checksum_new (type);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *base64 = NULL;

  g_checksum_update (sum, g_bytes_get_data (part, NULL), (gssize)g_bytes_get_size (part));
  g_checksum_get_digest (sum, digest, &length);
  base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("%s %s", type == G_CHECKSUM_SHA1 ? "sha1" : "sha256", base64);
}

static TestReply *
patch_with (TestScan *scan, gsize from, gsize to, const char *name, const char *value)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (scan->bytes, from, to - from);
  g_autofree char *at = g_strdup_printf ("%" G_GSIZE_FORMAT, from);
  const char *const headers[] = { "Upload-Offset", at, name, value, NULL };

  return test_scan_ask (scan, scan->desk, "PATCH", scan->path, part, headers);
}

static void
assert_said (TestReply *reply, guint status, const char *word)
{
  g_autofree char *said = test_reply_word (reply);

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (said, ==, word);
  g_assert_cmpstr (test_reply_header (reply, "Tus-Resumable"), ==, "1.0.0");
}

/* What it can do is told to anybody: nobody signs for it. */
static void
test_options (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  const char *const paths[] = { "/v1/blobs", scan.path };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (TestReply) reply =
          test_request (scan.server, NULL, "OPTIONS", paths[i], NULL, NULL);

      g_assert_cmpuint (reply->status, ==, 204);
      g_assert_cmpstr (test_reply_header (reply, "Tus-Resumable"), ==, "1.0.0");
      g_assert_cmpstr (test_reply_header (reply, "Tus-Version"), ==, "1.0.0");
      g_assert_cmpstr (test_reply_header (reply, "Tus-Max-Size"), ==, "1073741824");
      g_assert_cmpstr (test_reply_header (reply, "Tus-Checksum-Algorithm"), ==, "sha256,sha1");
      g_assert_cmpstr (test_reply_header (reply, "Tus-Extension"),
                       ==,
                       "creation,checksum,expiration,termination");
    }
}

static void
test_version (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  static const char *const methods[] = { "POST", "PATCH", "DELETE", "HEAD" };
  const char *const other[] = { "Tus-Resumable", "0.2.2", NULL };
  g_autoptr (TestReply) old = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char *path = i == 0 ? "/v1/blobs" : scan.path;
      g_autoptr (TestReply) differs =
          test_scan_ask (&scan, scan.desk, methods[i], path, NULL, other);
      g_autoptr (TestReply) silent =
          test_request (scan.server, scan.desk, methods[i], path, NULL, NULL);

      g_assert_cmpuint (differs->status, ==, 412);
      g_assert_cmpstr (test_reply_header (differs, "Tus-Version"), ==, "1.0.0");
      /* The first desks asked how far a scan is without a word of tus. */
      g_assert_cmpuint (silent->status, ==, g_str_equal (methods[i], "HEAD") ? 200 : 412);
    }
  g_assert_cmpint (test_scan_offset (&scan), ==, 0);
}

/* What the first desks send, header by header. */
static void
test_first_desks (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *length = g_strdup_printf ("%d", SIZE);
  const char *const headers[] = { "Tus-Resumable", "1.0.0", "Upload-Length", length, "MC-Blob",
                                  scan.sha256,     NULL };
  g_autoptr (TestReply) created =
      test_request (scan.server, scan.desk, "POST", "/v1/blobs", NULL, headers);
  g_autoptr (TestReply) all = test_scan_patch_part (&scan, 0, SIZE);
  g_autoptr (TestReply) asked =
      test_request (scan.server, scan.desk, "HEAD", scan.path, NULL, NULL);

  g_assert_cmpuint (created->status, ==, 201);
  g_assert_cmpuint (all->status, ==, 204);
  g_assert_cmpuint (asked->status, ==, 200);
  g_assert_cmpstr (test_reply_header (asked, "Upload-Offset"), ==, length);
}

/* The URL is the scan's hash, whichever header says it; two that differ are none. */
static void
test_creation (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *base64 = base64_of (scan.sha256);
  g_autofree char *metadata = g_strdup_printf ("filename YS5wZGY=, sha256 %s,more", base64);
  g_autofree char *wrong = g_strdup_printf ("sha256 %s", "AAAA");
  const char *const named[] = { "Upload-Length", "100000", "Upload-Metadata", metadata, NULL };
  const char *const unnamed[] = { "Upload-Length", "100000", NULL };
  const char *const torn[] = { "Upload-Length", "100000", "Upload-Metadata", wrong, NULL };
  const char *const both[] = { "Upload-Length",
                               "100000",
                               "Upload-Metadata",
                               metadata,
                               "MC-Blob",
                               "0000000000000000000000000000000000000000000000000000000000000000",
                               NULL };
  const char *const deferred[] = { "Upload-Defer-Length", "1", "Upload-Metadata", metadata, NULL };
  const char *const *const refused[] = { unnamed, torn, both, deferred };
  g_autoptr (TestReply) created =
      test_scan_ask (&scan, scan.desk, "POST", "/v1/blobs", NULL, named);

  g_assert_cmpuint (created->status, ==, 201);
  g_assert_cmpstr (test_reply_header (created, "Location"), ==, scan.path);
  g_assert_nonnull (test_reply_header (created, "Upload-Expires"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (TestReply) reply =
          test_scan_ask (&scan, scan.desk, "POST", "/v1/blobs", NULL, refused[i]);

      assert_said (reply, 400, "format");
    }
}

/* One that is whole is known by its hash: nobody sends it again, and it does not expire. */
static void
test_known_already (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  const char *const headers[] = { "MC-Blob", scan.sha256, "Upload-Length", "100000", NULL };
  g_autoptr (TestReply) again = NULL;
  g_autoptr (TestReply) head = NULL;
  g_autoptr (TestReply) more = NULL;

  test_scan_upload (&scan);
  again = test_scan_ask (&scan, scan.other, "POST", "/v1/blobs", NULL, headers);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (test_reply_header (again, "Upload-Offset"), ==, "100000");
  g_assert_cmpstr (test_reply_header (again, "Location"), ==, scan.path);
  g_assert_null (test_reply_header (again, "Upload-Expires"));
  head = test_scan_ask (&scan, scan.desk, "HEAD", scan.path, NULL, NULL);
  g_assert_cmpstr (test_reply_header (head, "Upload-Offset"), ==, "100000");
  g_assert_cmpstr (test_reply_header (head, "Upload-Length"), ==, "100000");
  g_assert_cmpstr (test_reply_header (head, "Cache-Control"), ==, "no-store");
  more = test_scan_patch_part (&scan, 0, 10);
  assert_said (more, 409, "offset");
  g_assert_cmpstr (test_reply_header (more, "Upload-Offset"), ==, "100000");
}

static void
test_patch_refused (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  const char *const plain[] = { "Upload-Offset", "0", "Tus-Resumable", "1.0.0", NULL };
  static const char *const offsets[] = { "-1", "x", "", "99999999999999999999", "0x10", "1e3" };
  g_autoptr (GBytes) byte = g_bytes_new_static ("a", 1);
  g_autoptr (TestReply) untyped = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  untyped = test_request (scan.server, scan.desk, "PATCH", scan.path, byte, plain);
  assert_said (untyped, 415, "type");
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      const char *const headers[] = { "Upload-Offset", offsets[i], NULL };
      g_autoptr (TestReply) reply =
          test_scan_ask (&scan, scan.desk, "PATCH", scan.path, byte, headers);

      assert_said (reply, 400, "format");
    }
  g_assert_cmpint (test_scan_offset (&scan), ==, 0);
}

static void
test_checksum (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *first = checksum_of (&scan, G_CHECKSUM_SHA256, 0, HALF);
  g_autofree char *second = checksum_of (&scan, G_CHECKSUM_SHA1, HALF, SIZE);
  g_autoptr (TestReply) good = NULL;
  g_autoptr (TestReply) bad = NULL;
  g_autoptr (TestReply) rest = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  good = patch_with (&scan, 0, HALF, "Upload-Checksum", first);
  g_assert_cmpuint (good->status, ==, 204);
  g_assert_cmpstr (test_reply_header (good, "Upload-Offset"), ==, "50000");
  g_assert_nonnull (test_reply_header (good, "Upload-Expires"));
  bad = patch_with (&scan, HALF, SIZE, "Upload-Checksum", first);
  assert_said (bad, 460, "checksum");
  /* Nothing of that piece, all of the one before. */
  g_assert_cmpint (test_scan_offset (&scan), ==, HALF);
  rest = patch_with (&scan, HALF, SIZE, "Upload-Checksum", second);
  g_assert_cmpuint (rest->status, ==, 204);
  g_assert_null (test_reply_header (rest, "Upload-Expires"));
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 200);
}

static void
test_checksum_unread (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  static const char *const sums[] = {
    "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256", "sha256 ", "sha256 AAAA", "sha1 !!!!", "", "SHA256 x"
  };

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autoptr (TestReply) reply = patch_with (&scan, 0, HALF, "Upload-Checksum", sums[i]);

      assert_said (reply, 400, "algorithm");
    }
  g_assert_cmpint (test_scan_offset (&scan), ==, 0);
}

/* Half of a piece with a checksum cannot be checked; it is kept, as of any other. */
static void
test_checksum_torn (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *sum = checksum_of (&scan, G_CHECKSUM_SHA256, 1000, SIZE);
  g_autofree char *line = g_strdup_printf ("Upload-Checksum: %s\r\nTus-Resumable: 1.0.0\r\n"
                                           "Content-Type: application/offset+octet-stream\r\n"
                                           "Upload-Offset: 1000\r\n",
                                           sum);
  g_autofree char *head = test_raw_head (scan.desk, "PATCH", scan.path, NULL, SIZE - 1000, line);
  g_autoptr (GString) half = g_string_new (head);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (TestReply) first = NULL;
  g_autoptr (TestReply) rest = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  first = test_scan_patch_part (&scan, 0, 1000);
  g_assert_cmpuint (first->status, ==, 204);
  g_string_append_len (half, (const char *)g_bytes_get_data (scan.bytes, NULL) + 1000, HALF);
  connection = test_raw (scan.server, half->str, half->len);
  test_scan_took (&scan, 1000 + HALF);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_assert_cmpint (test_scan_offset (&scan), ==, 1000 + HALF);
  rest = test_scan_patch_part (&scan, 1000 + HALF, SIZE);
  g_assert_cmpuint (rest->status, ==, 204);
}

/* Who began it may end it, and nobody else; what is whole stays. */
static void
test_termination (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (TestDesk) colleague = test_desk_enrol (scan.server->test, scan.desk->office);
  g_autoptr (TestReply) part = NULL;
  g_autoptr (TestReply) foreign = NULL;
  g_autoptr (TestReply) ended = NULL;
  g_autoptr (TestReply) again = NULL;
  g_autoptr (TestReply) whole = NULL;
  g_autofree char *file = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  part = test_scan_patch_part (&scan, 0, HALF);
  g_assert_cmpuint (part->status, ==, 204);
  file = mc_province_blob_part (scan.server->test->province, scan.sha256);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  foreign = test_scan_ask (&scan, scan.other, "DELETE", scan.path, NULL, NULL);
  assert_said (foreign, 403, "office");
  ended = test_scan_ask (&scan, colleague, "DELETE", scan.path, NULL, NULL);
  g_assert_cmpuint (ended->status, ==, 204);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  again = test_scan_ask (&scan, scan.desk, "DELETE", scan.path, NULL, NULL);
  assert_said (again, 404, "blob");
  g_assert_cmpint (test_scan_offset (&scan), ==, -1);
  test_scan_upload (&scan);
  whole = test_scan_ask (&scan, scan.desk, "DELETE", scan.path, NULL, NULL);
  assert_said (whole, 403, "whole");
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
  test_sound (scan.server->test);
}

/* A proxy that knows no PATCH or DELETE: the method is said in a header, and signed. */
static void
test_method_override (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (scan.bytes, 0, HALF);
  static const struct
  {
    const char *method;
    guint status;
    gint64 offset;
  } steps[] = { { "PATCH", 204, HALF }, { "DELETE", 204, -1 } };

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *const headers[] = { "X-HTTP-Method-Override",
                                      steps[i].method,
                                      "Upload-Offset",
                                      "0",
                                      "Tus-Resumable",
                                      "1.0.0",
                                      NULL };
      g_autoptr (SoupMessage) message =
          test_message (scan.server, scan.desk, steps[i].method, scan.path, NULL, headers);
      g_autoptr (TestReply) reply = NULL;

      soup_message_set_method (message, "POST");
      if (i == 0)
        soup_message_set_request_body_from_bytes (message, "application/offset+octet-stream", part);
      reply = test_send (scan.server, message);
      g_assert_cmpuint (reply->status, ==, steps[i].status);
      g_assert_cmpint (test_scan_offset (&scan), ==, steps[i].offset);
    }
}

/* The status of the other desk's try to send the first half. */
static guint
try_beside (TestScan *scan, GBytes *part)
{
  const char *const headers[] = { "Upload-Offset", "0", NULL };
  g_autoptr (TestReply) reply =
      test_scan_ask (scan, scan->other, "PATCH", scan->path, part, headers);

  if (reply->status == 423)
    g_assert_cmpstr (test_reply_header (reply, "Retry-After"), ==, "5");
  return reply->status;
}

/* Another desk sends the same scan meanwhile: it is told to wait, and then it is there. */
static void
test_second_desk (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  const char *bytes = g_bytes_get_data (scan.bytes, NULL);
  g_autoptr (GBytes) byte = g_bytes_new_from_bytes (scan.bytes, 0, 1);
  g_autoptr (GSocketConnection) first = NULL;
  g_autoptr (TestReply) ended = NULL;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  first = test_scan_torn (&scan, scan.desk, HALF);
  test_scan_took (&scan, HALF);
  g_assert_cmpuint (try_beside (&scan, byte), ==, 423);
  /* Nor may it say that the scan has another size, or end it. */
  g_assert_cmpuint (test_scan_announce (&scan, scan.other, scan.sha256, 7), ==, 423);
  ended = test_scan_ask (&scan, scan.other, "DELETE", scan.path, NULL, NULL);
  assert_said (ended, 403, "office");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (first)),
                             bytes + HALF,
                             SIZE - HALF,
                             NULL,
                             NULL,
                             NULL);
  g_assert_cmpuint (test_raw_status (first), ==, 204);
  g_assert_cmpuint (try_beside (&scan, byte), ==, 409);
  g_assert_cmpuint (test_scan_announce (&scan, scan.other, scan.sha256, SIZE), ==, 200);
}

static void
test_quota (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  TestProvince *test = scan.server->test;
  McScanLimits limits = { .half = 150000, .desk = 220000, .total = 250000, .days = 7 };
  const char *const headers[] = {
    "MC-Blob",
    "00000000000000000000000000000000000000000000000000000000000000aa",
    "Upload-Length",
    "100000",
    NULL
  };
  const char *const small[] = { "MC-Blob",
                                "00000000000000000000000000000000000000000000000000000000000000bb",
                                "Upload-Length",
                                "50001",
                                NULL };
  g_autoptr (TestReply) half = NULL;
  g_autoptr (TestReply) desk = NULL;
  g_autoptr (TestReply) total = NULL;
  g_autoptr (TestReply) part = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (mc_province_set_scan_limits (test->province, &limits, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  /* What it has begun may go on, announced again or not. */
  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  half = test_scan_ask (&scan, scan.desk, "POST", "/v1/blobs", NULL, headers);
  assert_said (half, 507, "quota");
  part = test_scan_patch_part (&scan, 0, SIZE);
  g_assert_cmpuint (part->status, ==, 204);
  g_clear_pointer (&half, test_reply_free);
  half = test_scan_ask (&scan, scan.desk, "POST", "/v1/blobs", NULL, headers);
  g_assert_cmpuint (half->status, ==, 201);
  desk = test_scan_ask (&scan, scan.desk, "POST", "/v1/blobs", NULL, small);
  assert_said (desk, 507, "quota");
  total = test_scan_ask (&scan, scan.other, "POST", "/v1/blobs", NULL, small);
  assert_said (total, 507, "quota");
  /* Nothing whole has gone, and there is room again where there is more of it. */
  g_assert_cmpint (test_scan_offset (&scan), ==, SIZE);
  limits.total = 0;
  g_assert_true (mc_province_set_scan_limits (test->province, &limits, &error));
  g_clear_pointer (&total, test_reply_free);
  total = test_scan_ask (&scan, scan.other, "POST", "/v1/blobs", NULL, small);
  g_assert_cmpuint (total->status, ==, 201);
  test_sound (test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/tus/options", test_options);
  g_test_add_func ("/server/tus/version", test_version);
  g_test_add_func ("/server/tus/first-desks", test_first_desks);
  g_test_add_func ("/server/tus/creation", test_creation);
  g_test_add_func ("/server/tus/known-already", test_known_already);
  g_test_add_func ("/server/tus/patch-refused", test_patch_refused);
  g_test_add_func ("/server/tus/checksum", test_checksum);
  g_test_add_func ("/server/tus/checksum-unread", test_checksum_unread);
  g_test_add_func ("/server/tus/checksum-torn", test_checksum_torn);
  g_test_add_func ("/server/tus/termination", test_termination);
  g_test_add_func ("/server/tus/method-override", test_method_override);
  g_test_add_func ("/server/tus/second-desk", test_second_desk);
  g_test_add_func ("/server/tus/quota", test_quota);
  return g_test_run ();
}
