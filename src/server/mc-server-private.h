/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-keys.h"
#include "mc-listener.h"
#include "mc-server.h"
#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _McServer
{
  McProvince *province;
  SoupServer *soup;
  McListener *listener;
  GPtrArray *holds;    /* McHold: requests that wait for news */
  guint release;       /* idle source that answers those that are due */
  GHashTable *uploads; /* sha256 → McUpload: scans coming in */
  guint checks;        /* scans being checked on other threads */
  GHashTable *guesses; /* peer → McGuesses: wrong codes */
  guint tick;
  guint stop_tick;
  gint64 stop_until;
  McServerStopped stopped;
  gpointer stopped_data;
};

/* mc-http-reply.c: what every handler says it with */

/** _mc_reply: answers with @json (taken), which gets our envelope. */
void _mc_reply (SoupServerMessage *msg, guint status, json_t *json);
/** _mc_reply_error: {"motcua":1,"error":@word} */
void _mc_reply_error (SoupServerMessage *msg, guint status, const char *word);
/** _mc_reply_failure: the province's own failure: 507 where the disk is full, else 503 with
 * Retry-After. */
void _mc_reply_failure (SoupServerMessage *msg, const GError *error);
/** _mc_header: of the request. Borrowed (nullable) */
const char *_mc_header (SoupServerMessage *msg, const char *name);
/** _mc_header_number: of the request; -1 where it is missing or no number. */
gint64 _mc_header_number (SoupServerMessage *msg, const char *name);
/** _mc_reply_offset: sets Upload-Offset and Upload-Length. */
void _mc_reply_offset (SoupServerMessage *msg, gint64 offset, gint64 size);

/* mc-http-device.c: who asks */

/** _mc_device: the device that signed the request, whose body as sent is @body; or %NULL with the
 * answer given. */
McDevice *_mc_device (McServer *server, SoupServerMessage *msg, GBytes *body);
/** _mc_device_claimed: whether it is worth reading a large body of this sender. */
gboolean _mc_device_claimed (McServer *server, SoupServerMessage *msg);

/* mc-http-enrol.c */
void _mc_http_hello (McServer *server, SoupServerMessage *msg);
void _mc_http_enrol (McServer *server, SoupServerMessage *msg, GBytes *body);

/** _mc_http_guess_allowed: whether this peer may try another code; else it is answered. */
gboolean _mc_http_guess_allowed (McServer *server, SoupServerMessage *msg);
/** _mc_http_guess_wrong: a code of this peer was wrong. */
void _mc_http_guess_wrong (McServer *server, SoupServerMessage *msg);

/* mc-http-unlock.c */
void _mc_http_unlock (McServer *server, SoupServerMessage *msg, GBytes *body);

/* mc-http-sync.c */
void _mc_http_sync (McServer *server, SoupServerMessage *msg, GBytes *body);
void _mc_http_answer (SoupServerMessage *msg, const McSyncAnswer *answer);

/* mc-http-hold.c */

/** _mc_hold: keeps the request until its office's feed grows or its time is over. Takes @request.
 */
void
_mc_hold (McServer *server, SoupServerMessage *msg, const McDevice *device, McSyncRequest *request);
/** _mc_hold_wake: the feed of @office grew; %NULL: of any. */
void _mc_hold_wake (McServer *server, const char *office);
/** _mc_hold_gone: its client has gone. */
void _mc_hold_gone (McServer *server, GSocketAddress *remote);
/** _mc_hold_free: forgets it without an answer. */
void _mc_hold_free (gpointer hold);

/* mc-http-blob.c, mc-http-blob-get.c */
void _mc_http_blob_begin (McServer *server, SoupServerMessage *msg, GBytes *body);
void _mc_http_blob_head (McServer *server, SoupServerMessage *msg, const char *sha256);
void _mc_http_blob_get (McServer *server, SoupServerMessage *msg, const char *sha256);
/** _mc_http_blob_patch: before the body comes. */
void _mc_http_blob_patch (McServer *server, SoupServerMessage *msg, const char *sha256);

/* mc-upload.c */

/** _mc_upload_begin: takes the body of @msg into the part file from @offset on; answers when it is
 * durable. */
void _mc_upload_begin (McServer *server,
                       SoupServerMessage *msg,
                       const char *sha256,
                       gint64 offset,
                       gint64 size);
/** _mc_upload_yield: another request goes on with this scan: what came is made durable. %FALSE
 * while it is being checked. */
gboolean _mc_upload_yield (McServer *server, const char *sha256);
void _mc_upload_free (gpointer upload);

G_END_DECLS
