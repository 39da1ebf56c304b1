/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-server.h"
#include "test-desk.h"
#include <gio/gio.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/** TestServer: the real motcua-server on a port of its own, on the folder of a TestProvince. */
typedef struct
{
  TestProvince *test;   /* open in this process too, as the administrator's commands are */
  GSubprocess *process; /* NULL: it runs in this one */
  McServer *local;
  SoupSession *session;
  char *url;
  guint16 port;
} TestServer;

TestServer *test_server_new (void);
/** test_server_new_local: one in this process, which goes by the clock of the TestProvince. */
TestServer *test_server_new_local (void);
/** test_server_until: lets the local server run until @done says so, for at most twenty seconds. */
void test_server_until (gboolean (*done) (gpointer data), gpointer data);
void test_server_start (TestServer *server);
/** test_server_stop: SIGTERM; asserts that it ends cleanly (under ASan: that nothing leaked). */
void test_server_stop (TestServer *server);
/** test_server_kill: as a power cut. */
void test_server_kill (TestServer *server);
/** test_server_free: stops it first. */
void test_server_free (TestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
/** test_server_descriptors: how many the server has open. */
guint test_server_descriptors (TestServer *server);
/** test_server_settles: waits until it has at most @most open; asserts that it comes to that. */
void test_server_settles (TestServer *server, guint most);

/** TestReply: the body unpacked. */
typedef struct
{
  guint status;
  GBytes *body;
  SoupMessageHeaders *headers;
} TestReply;

void test_reply_free (TestReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestReply, test_reply_free)
/** test_reply_word: the "error" of a reply of ours, or NULL. Returns: (transfer full) */
char *test_reply_word (const TestReply *reply);
const char *test_reply_header (const TestReply *reply, const char *name);

/** test_message: a request signed by @desk (nullable). @headers: (nullable): name, value, …, NULL
 */
SoupMessage *test_message (TestServer *server,
                           TestDesk *desk,
                           const char *method,
                           const char *path,
                           GBytes *body,
                           const char *const *headers);
TestReply *test_send (TestServer *server, SoupMessage *message);
TestReply *test_request (TestServer *server,
                         TestDesk *desk,
                         const char *method,
                         const char *path,
                         GBytes *body,
                         const char *const *headers);

/** test_sync_body: what a sync request carries. @op: (nullable) */
GBytes *test_sync_body (TestDesk *desk, const McOp *op, gint64 wait);
/** test_sync: one round trip over HTTP. @op: (nullable) */
McSyncAnswer *test_sync (TestServer *server, TestDesk *desk, const McOp *op);
/** test_push_http: pushes over HTTP and asserts the ruling. */
void test_push_http (TestServer *server, TestDesk *desk, const McOp *op, const char *ruling);

/** test_raw: connects and writes @text, signed or not; what follows is the caller's. */
GSocketConnection *test_raw (TestServer *server, const char *text, gsize length);
/** test_raw_head: the head of a request signed by @desk over @body, announcing @length bytes.
 * Returns: (transfer full) */
char *test_raw_head (TestDesk *desk,
                     const char *method,
                     const char *path,
                     GBytes *body,
                     gsize length,
                     const char *more);
/** test_raw_status: reads the answer's status; 0 where the server closed without one. */
guint test_raw_status (GSocketConnection *connection);

G_END_DECLS
