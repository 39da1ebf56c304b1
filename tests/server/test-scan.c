/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-scan.h"

#include "mc-province-blob.h"
#include <glib/gstdio.h>
#include <sodium.h>

#define BODY_TYPE "application/offset+octet-stream"

TestScan
test_scan_new (gsize size)
{
  return test_scan_new_on (test_server_new (), size);
}

TestScan
test_scan_new_on (TestServer *server, gsize size)
{
  TestScan scan = { 0 };
  char *bytes = g_malloc (size);
  g_autoptr (McOp) receive = NULL;
  g_autoptr (McOp) attach = NULL;

  scan.server = server;
  scan.desk = test_desk_enrol (scan.server->test, scan.server->test->office_a);
  scan.other = test_desk_enrol (scan.server->test, scan.server->test->office_b);
  randombytes_buf (bytes, size);
  scan.bytes = g_bytes_new_take (bytes, size);
  scan.sha256 = mc_sha256 (bytes, size);
  scan.path = g_strconcat ("/v1/blobs/", scan.sha256, NULL);
  receive = test_desk_receive (scan.desk, scan.server->test->clerk);
  attach =
      test_desk_attach (scan.desk, scan.server->test->clerk, receive, scan.sha256, (gint64)size);
  test_push_http (scan.server, scan.desk, receive, "\"applied\"");
  test_push_http (scan.server, scan.desk, attach, "\"applied\"");
  return scan;
}

void
test_scan_clear (TestScan *scan)
{
  test_server_free (scan->server);
  test_desk_free (scan->desk);
  test_desk_free (scan->other);
  g_bytes_unref (scan->bytes);
  g_free (scan->sha256);
  g_free (scan->path);
}

TestReply *
test_scan_ask (TestScan *scan,
               TestDesk *desk,
               const char *method,
               const char *path,
               GBytes *body,
               const char *const *headers)
{
  g_autoptr (SoupMessage) message = test_message (scan->server, desk, method, path, NULL, headers);
  SoupMessageHeaders *all = soup_message_get_request_headers (message);

  if (soup_message_headers_get_one (all, "Tus-Resumable") == NULL)
    soup_message_headers_replace (all, "Tus-Resumable", "1.0.0");
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, BODY_TYPE, body);
  return test_send (scan->server, message);
}

guint
test_scan_announce (TestScan *scan, TestDesk *desk, const char *sha256, gint64 size)
{
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  const char *const headers[] = { "MC-Blob", sha256, "Upload-Length", length, NULL };
  g_autoptr (TestReply) reply = test_scan_ask (scan, desk, "POST", "/v1/blobs", NULL, headers);

  return reply->status;
}

TestReply *
test_scan_patch (TestScan *scan, const char *path, GBytes *bytes, gsize offset)
{
  g_autofree char *at = g_strdup_printf ("%" G_GSIZE_FORMAT, offset);
  const char *const headers[] = { "Upload-Offset", at, NULL };

  return test_scan_ask (scan, scan->desk, "PATCH", path, bytes, headers);
}

TestReply *
test_scan_patch_part (TestScan *scan, gsize from, gsize to)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (scan->bytes, from, to - from);

  return test_scan_patch (scan, scan->path, part, from);
}

gint64
test_scan_offset (TestScan *scan)
{
  g_autoptr (TestReply) reply = test_scan_ask (scan, scan->desk, "HEAD", scan->path, NULL, NULL);

  if (reply->status == 404)
    return -1;
  g_assert_cmpuint (reply->status, ==, 200);
  return g_ascii_strtoll (test_reply_header (reply, "Upload-Offset"), NULL, 10);
}

void
test_scan_upload (TestScan *scan)
{
  gsize size = g_bytes_get_size (scan->bytes);
  g_autoptr (TestReply) reply = NULL;

  g_assert_cmpuint (test_scan_announce (scan, scan->desk, scan->sha256, (gint64)size), ==, 201);
  reply = test_scan_patch_part (scan, 0, size);
  g_assert_cmpuint (reply->status, ==, 204);
}

GSocketConnection *
test_scan_torn (TestScan *scan, TestDesk *desk, gsize sent)
{
  g_autofree char *head = test_raw_head (desk,
                                         "PATCH",
                                         scan->path,
                                         NULL,
                                         g_bytes_get_size (scan->bytes),
                                         "Upload-Offset: 0\r\nTus-Resumable: 1.0.0\r\n"
                                         "Content-Type: " BODY_TYPE "\r\n");
  g_autoptr (GString) half = g_string_new (head);

  g_string_append_len (half, g_bytes_get_data (scan->bytes, NULL), (gssize)sent);
  return test_raw (scan->server, half->str, half->len);
}

typedef struct
{
  char *part;
  gint64 bytes;
} Taken;

static gboolean
has_taken (gpointer data)
{
  const Taken *taken = data;
  GStatBuf info;

  return g_stat (taken->part, &info) == 0 && info.st_size >= taken->bytes;
}

void
test_scan_took (TestScan *scan, gint64 bytes)
{
  Taken taken = { mc_province_blob_part (scan->server->test->province, scan->sha256), bytes };

  test_server_until (has_taken, &taken);
  g_free (taken.part);
}
