/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-http.h"

G_BEGIN_DECLS

/* A scan on its way to a real server. */

#define TEST_SCAN_SIZE (3 * 1024 * 1024 + 17)
#define TEST_SCAN_FIRST (1024 * 1024)

/** TestScan: a scan of random bytes, and a dossier of office A that names it. */
typedef struct
{
  TestServer *server;
  TestDesk *desk;
  TestDesk *other; /* of office B */
  GBytes *bytes;
  char *sha256;
  char *path;
} TestScan;

/** test_scan_new: of @size bytes. */
TestScan test_scan_new (gsize size);
/** test_scan_new_on: @server is taken. */
TestScan test_scan_new_on (TestServer *server, gsize size);
void test_scan_clear (TestScan *scan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestScan, test_scan_clear)

/** test_scan_ask: a request of @desk with the headers of tus beside @headers (nullable). */
TestReply *test_scan_ask (TestScan *scan,
                          TestDesk *desk,
                          const char *method,
                          const char *path,
                          GBytes *body,
                          const char *const *headers);
/** test_scan_announce: Returns: the status */
guint test_scan_announce (TestScan *scan, TestDesk *desk, const char *sha256, gint64 size);
TestReply *test_scan_patch (TestScan *scan, const char *path, GBytes *bytes, gsize offset);
TestReply *test_scan_patch_part (TestScan *scan, gsize from, gsize to);
/** test_scan_offset: -1 where the server knows nothing of it. */
gint64 test_scan_offset (TestScan *scan);
/** test_scan_upload: announced and sent whole. */
void test_scan_upload (TestScan *scan);
/** test_scan_torn: a connection over which @desk has announced all of the scan and sent its first
 * bytes. */
GSocketConnection *test_scan_torn (TestScan *scan, TestDesk *desk, gsize sent);
/** test_scan_took: waits until the server has written so many bytes of the scan. */
void test_scan_took (TestScan *scan, gint64 bytes);

G_END_DECLS
