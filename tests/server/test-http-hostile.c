/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What nobody means who means well: every route and header of the scans' road with what does not
 * belong there. Each gets the answer that it deserves, and the server is as well as before.
 */
#include "test-scan.h"

#include "mc-province-blob.h"
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#define SIZE 100000
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* Where nothing is said of it, a request is signed, of tus 1.0, and its body is one byte. */
typedef struct
{
  const char *method;
  const char *path; /* "%s": the scan */
  const char *header;
  const char *value;
  guint status;
} Row;

static const Row rows[] = {
  /* Paths that are no scan's. */
  { "HEAD", "/v1/blobs/", NULL, NULL, 404 },
  { "HEAD", "/v1/blobs/abc", NULL, NULL, 404 },
  { "HEAD", "/v1/blobs/%s0", NULL, NULL, 404 },
  { "HEAD", "/v1/blobs/%s/", NULL, NULL, 404 },
  { "HEAD", "/v1/blobs/" ZEROS, NULL, NULL, 404 },
  { "GET", "/v1/blobs/../keys/province.key", NULL, NULL, 404 },
  { "GET", "/v1/blobs/%2e%2e/%2e%2e/keys/province.key", NULL, NULL, 404 },
  { "PATCH", "/v1/blobs/..%2f..%2f..%2fserver.sqlite", "Upload-Offset", "0", 400 },
  { "PATCH", "/v1/blobs/", "Upload-Offset", "0", 404 },
  { "DELETE", "/v1/blobs", NULL, NULL, 404 },
  /* Signed is what is meant: the path without its dots. */
  { "DELETE", "/v1/blobs/../blobs/%s", NULL, NULL, 401 },
  { "POST", "/v1/blobs/%s", NULL, NULL, 404 },
  { "PUT", "/v1/blobs/%s", NULL, NULL, 404 },
  { "MKCOL", "/v1/blobs", NULL, NULL, 404 },
  { "PATCH", "/v1/blobs", "Upload-Offset", "0", 404 },
  /* Sizes that lie, and names. */
  { "POST", "/v1/blobs", "Upload-Length", "0", 400 },
  { "POST", "/v1/blobs", "Upload-Length", "-5", 400 },
  { "POST", "/v1/blobs", "Upload-Length", "+5", 400 },
  { "POST", "/v1/blobs", "Upload-Length", "5 5", 400 },
  { "POST", "/v1/blobs", "Upload-Length", "1073741825", 413 },
  { "POST", "/v1/blobs", "Upload-Length", "9223372036854775807", 413 },
  { "POST", "/v1/blobs", "Upload-Length", "9223372036854775808", 400 },
  { "POST", "/v1/blobs", "Upload-Length", "99999999999999999999999999999", 400 },
  { "POST", "/v1/blobs", "MC-Blob", "", 400 },
  { "POST", "/v1/blobs", "MC-Blob", "../../../../etc/passwd", 400 },
  { "POST", "/v1/blobs", "MC-Blob", "ABCDEF" ZEROS, 400 },
  { "POST", "/v1/blobs", "Upload-Metadata", ",,,, , sha256", 400 },
  { "POST", "/v1/blobs", "Upload-Metadata", "sha256 AAAA,sha256 AAAA", 400 },
  { "POST", "/v1/blobs", "Upload-Concat", "partial", 400 },
  /* Offsets that lie. */
  { "PATCH", "/v1/blobs/%s", "Upload-Offset", "1", 409 },
  { "PATCH", "/v1/blobs/%s", "Upload-Offset", "100000", 409 },
  { "PATCH", "/v1/blobs/%s", "Upload-Offset", "9223372036854775807", 409 },
  { "PATCH", "/v1/blobs/%s", "Upload-Offset", "0,0", 400 },
  { "PATCH", "/v1/blobs/%s", NULL, NULL, 400 },
  { "PATCH", "/v1/blobs/%s", "Upload-Checksum", "sha256 ====", 400 },
  { "PATCH", "/v1/blobs/%s", "Upload-Checksum", "crc32 AAAA", 400 },
  /* Who signs for one thing and sends another. */
  { "PATCH", "/v1/blobs/%s", "X-HTTP-Method-Override", "DELETE", 401 },
  { "GET", "/v1/blobs/%s", "X-HTTP-Method-Override", "DELETE", 401 },
  { "GET", "/v1/blobs/%s", "X-HTTP-Method-Override", "get", 404 },
  { "HEAD", "/v1/blobs/%s", "MC-Sign", "AAAA", 401 },
  { "HEAD", "/v1/blobs/%s", "MC-Device", "nobody", 401 },
  { "DELETE", "/v1/blobs/%s", "MC-Sign", "", 401 },
  { "PATCH", "/v1/blobs/%s", "MC-Sign", "x", 401 },
  { "HEAD", "/v1/blobs/%s", "Tus-Resumable", "1.0", 412 },
  { "PATCH", "/v1/blobs/%s", "Tus-Resumable", "", 412 },
  { "DELETE", "/v1/blobs/%s", "Tus-Resumable", "1.0.0, 1.0.0", 412 },
  /* It is not whole: nothing of it is read. */
  { "GET", "/v1/blobs/%s", "Range", "bytes=0-10", 404 },
};

static char *
replace_scan (const char *path, const char *sha256)
{
  g_auto (GStrv) parts = g_strsplit (path, "%s", 2);

  return g_strjoinv (sha256, parts);
}

/* The head of a request as it stands on the wire; libsoup's client would tidy it up. */
static char *
raw_head (TestScan *scan, const Row *row, const char *path)
{
  g_autoptr (GString) more = g_string_new (NULL);
  const char *const defaults[] = { "Tus-Resumable",
                                   "1.0.0",
                                   "Content-Type",
                                   "application/offset+octet-stream" };

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i += 2)
    if (g_strcmp0 (row->header, defaults[i]) != 0)
      g_string_append_printf (more, "%s: %s\r\n", defaults[i], defaults[i + 1]);
  if (g_str_equal (row->method, "POST") && g_strcmp0 (row->header, "Upload-Length") != 0)
    g_string_append (more, "Upload-Length: 100000\r\n");
  if (g_str_equal (row->method, "POST") && g_strcmp0 (row->header, "Upload-Length") == 0)
    g_string_append (more, "MC-Blob: " ZEROS "\r\n");
  if (g_strcmp0 (row->header, "Upload-Checksum") == 0)
    g_string_append (more, "Upload-Offset: 0\r\n");
  if (row->header != NULL)
    g_string_append_printf (more, "%s: %s\r\n", row->header, row->value);
  return test_raw_head (scan->desk, row->method, path, NULL, 0, more->str);
}

/* Of two headers of one name the server takes the last, which is the row's. */
static guint
try_row (TestScan *scan, const Row *row)
{
  g_autofree char *path = replace_scan (row->path, scan->sha256);
  g_autofree char *head = raw_head (scan, row, path);
  g_autoptr (GSocketConnection) connection = test_raw (scan->server, head, strlen (head));

  return test_raw_status (connection);
}

static void
test_rows (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  guint wrong = 0;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint status = try_row (&scan, &rows[i]);

      wrong += status != rows[i].status;
      if (status != rows[i].status)
        g_test_message ("%s %s, %s: %s: %u, not %u",
                        rows[i].method,
                        rows[i].path,
                        rows[i].header,
                        rows[i].value,
                        status,
                        rows[i].status);
    }
  g_assert_cmpuint (wrong, ==, 0);
  /* None of it did anything. */
  g_assert_cmpint (test_scan_offset (&scan), ==, 0);
  g_assert_cmpint (test_number (scan.server->test, "SELECT count(*) FROM blob"), ==, 1);
  test_scan_upload (&scan);
  test_sound (scan.server->test);
}

/* More bytes than were announced, of a body that does not say how many it has. */
static void
test_endless (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  g_autofree char *signed_head = test_raw_head (scan.desk,
                                                "PATCH",
                                                scan.path,
                                                NULL,
                                                0,
                                                "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                                                "Content-Type: application/offset+octet-stream\r\n"
                                                "Transfer-Encoding: chunked\r\n");
  g_auto (GStrv) parts = g_strsplit (signed_head, "Content-Length: 0\r\n", 2);
  g_autofree char *head = g_strjoinv ("", parts);
  g_autofree char *block = g_strnfill (65536, 'x');
  g_autofree char *chunk = g_strdup_printf ("10000\r\n%s\r\n", block);
  g_autoptr (GSocketConnection) connection = NULL;
  guint sent = 0;

  g_assert_cmpuint (test_scan_announce (&scan, scan.desk, scan.sha256, SIZE), ==, 201);
  connection = test_raw (scan.server, head, strlen (head));
  /* 16 MiB are read for nothing, then it is closed; what the kernel holds comes on top. */
  while (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                    chunk,
                                    strlen (chunk),
                                    NULL,
                                    NULL,
                                    NULL))
    g_assert_cmpuint (sent++, <, 1000);
  /* What fitted was kept; that it was none of the scan is found when it is whole. */
  g_assert_cmpint (test_scan_offset (&scan), <=, SIZE);
}

/* Reset before the server has come to accept them. */
static void
test_reset_early (void)
{
  g_auto (TestScan) scan = test_scan_new (SIZE);
  const struct linger at_once = { 1, 0 };
  g_autoptr (TestReply) hello = NULL;

  g_subprocess_send_signal (scan.server->process, SIGSTOP);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GSocketConnection) connection = test_raw (scan.server, "GET", 3);
      int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));

      g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==, 0);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  g_subprocess_send_signal (scan.server->process, SIGCONT);
  hello = test_request (scan.server, NULL, "GET", "/v1/hello", NULL, NULL);
  g_assert_cmpuint (hello->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mc_keys_init ();
  g_test_add_func ("/server/hostile/rows", test_rows);
  g_test_add_func ("/server/hostile/endless", test_endless);
  g_test_add_func ("/server/hostile/reset-early", test_reset_early);
  return g_test_run ();
}
