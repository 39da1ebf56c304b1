/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-keys.h"
#include "mc-listener.h"
#include "mc-province-blob.h"
#include "mc-server.h"
#include "mc-turns.h"
#include <gcrypt.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _McServer
{
  McProvince *province;
  SoupServer *soup;
  McListener *listener;
  GPtrArray *holds; /* McHold: requests that wait for news */
  guint holds_due;  /* how many of them there is news for */
  McTurns *turns;   /* requests that bring much and wait for their turn */
  gpointer comer;   /* the one whose turn it is, between two parts of it */
  guint turn;       /* idle source of the next turn */
  guint turn_late;  /* the same, where the others are never done */
  guint turn_ms;    /* how long the last one took */
  gboolean turn_is_news;
  gsize bytes;         /* of sync bodies that are coming or waiting */
  GHashTable *uploads; /* sha256 → McUpload: scans coming in */
  GHashTable *sums;    /* sha256 → McRunningSum: of scans of which a piece has come */
  guint checks;        /* scans being checked on other threads */
  GHashTable *guesses; /* peer → McGuesses: wrong codes */
  guint tick;
  gint64 chores_at; /* ms of the clock that never goes back */
  guint stop_tick;
  gint64 stop_until;
  McServerStopped stopped;
  gpointer stopped_data;
};

/* mc-server.c */

/** _mc_server_tick: what is done every second. */
void _mc_server_tick (McServer *server);

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
/** _mc_http_read_sync: what the body says, unpacked; %NULL where it is no request. */
McSyncRequest *_mc_http_read_sync (SoupServerMessage *msg, GBytes *body);
void _mc_http_answer (SoupServerMessage *msg, const McSyncAnswer *answer);
/** _mc_http_sync_again: answers a request that had to wait, by what has become of the desk @id and
 * its feed meanwhile, and lets the message go on. */
void _mc_http_sync_again (McServer *server,
                          SoupServerMessage *msg,
                          const char *id,
                          const McSyncRequest *request);

/** _mc_http_say_scan: where the scan that @request waits for is here, @answer says so. */
void _mc_http_say_scan (McServer *server,
                        const McDevice *device,
                        const McSyncRequest *request,
                        McSyncAnswer *answer);

/* mc-http-turn.c */

/** _mc_turn_queue: where requests wait. Returns: (transfer full) */
McTurns *_mc_turn_queue (void);
/** _mc_turn_forget: the one whose turn it is is not answered. */
void _mc_turn_forget (McServer *server);
/** _mc_turn_has: whether a desk of the office has its turn: there is more news to come. */
gboolean _mc_turn_has (McServer *server, const char *office);
/** _mc_turn_soon: something waits that takes long. */
void _mc_turn_soon (McServer *server);
/** _mc_turn_wait: makes a request that brings or reads much wait for its turn, or turns it away.
 * Returns: %FALSE where it is small: it is to be answered at once */
gboolean _mc_turn_wait (McServer *server,
                        SoupServerMessage *msg,
                        const McDevice *device,
                        const McSyncRequest *request,
                        GBytes *body);
/** _mc_turn_busy: answers that there is no room, and when to come again. */
void _mc_turn_busy (McServer *server, SoupServerMessage *msg);
/** _mc_turn_room: whether it is worth reading a body of that length, -1 where it is not said. */
gboolean _mc_turn_room (McServer *server, goffset length);
/** _mc_turn_came: a piece of its body came. Returns: whether there is room for it */
gboolean _mc_turn_came (McServer *server, SoupServerMessage *msg);
/** _mc_turn_let_go: its body is kept no longer. */
void _mc_turn_let_go (SoupServerMessage *msg, McServer *server);
/** _mc_turn_gone: its client has gone. */
void _mc_turn_gone (McServer *server, GSocketAddress *remote);
/** _mc_turn_stop: turns everybody away. */
void _mc_turn_stop (McServer *server);

/* mc-http-hold.c */

/** _mc_hold: keeps the request until its office's feed grows or its time is over. Takes @request.
 */
void
_mc_hold (McServer *server, SoupServerMessage *msg, const McDevice *device, McSyncRequest *request);
/** _mc_hold_wake: the feed of @office grew; %NULL: of any. */
void _mc_hold_wake (McServer *server, const char *office);
/** _mc_hold_release: answers some of those that there is news for. Returns: whether it did */
gboolean _mc_hold_release (McServer *server);
/** _mc_hold_scan: a scan has come: who waits for it is answered. */
void _mc_hold_scan (McServer *server, const char *sha256);
/** _mc_hold_gone: its client has gone. */
void _mc_hold_gone (McServer *server, GSocketAddress *remote);
/** _mc_hold_free: forgets it without an answer. */
void _mc_hold_free (gpointer hold);

/* mc-http-tus.c: what tus says in headers */

/** _mc_method: the method that is meant: of a scan X-HTTP-Method-Override says it, and MC-Sign is
 * over that one. Borrowed */
const char *_mc_method (SoupServerMessage *msg);
/** _mc_tus_head: what every answer about a scan says. */
void _mc_tus_head (SoupServerMessage *msg);
/** _mc_tus_agreed: whether it is our version of tus; else 412 is answered. */
gboolean _mc_tus_agreed (SoupServerMessage *msg);
/** _mc_tus_blob: the scan that is announced: MC-Blob, or "sha256" of Upload-Metadata. Returns:
 * (transfer full): %NULL where none or two are named */
char *_mc_tus_blob (SoupServerMessage *msg);
/** _mc_tus_body: whether the body is said to be a piece of a scan; else 415 is answered. */
gboolean _mc_tus_body (SoupServerMessage *msg);
/** _mc_tus_state: says how far it is and, where it is not whole, until when it is kept. */
void _mc_tus_state (SoupServerMessage *msg, const McBlobState *state);
/** _mc_tus_location: says where the scan is. */
void _mc_tus_location (SoupServerMessage *msg, const char *sha256);

typedef enum
{
  MC_SUM_NONE,
  MC_SUM_SHA256,
  MC_SUM_SHA1,
} McSum;

/** McChunkSum: what Upload-Checksum says of one piece. */
typedef struct
{
  McSum sum;
  guint8 digest[32];
  gsize length;
} McChunkSum;
/** _mc_tus_checksum: MC_SUM_NONE where nothing is said; %FALSE with the answer given where it
 * cannot be read. */
gboolean _mc_tus_checksum (SoupServerMessage *msg, McChunkSum *ret_sum);

/* mc-chunk-sum.c */

/** _mc_sum_begin: gcry_md_close() it. */
gcry_md_hd_t _mc_sum_begin (McSum sum);
/** _mc_sum_file: adds the bytes of @fd from @from to before @to. %FALSE where they cannot be read.
 */
gboolean _mc_sum_file (gcry_md_hd_t running, int fd, gint64 from, gint64 to);
/** _mc_sum_is: ends it, and whether it is what was said. */
gboolean _mc_sum_is (gcry_md_hd_t running, const McChunkSum *said);

/* mc-http-blob.c, mc-http-blob-get.c */

#define MC_BLOBS "/v1/blobs"

/** _mc_is_blobs: whether the path is one of scans. */
gboolean _mc_is_blobs (const char *path);
/** _mc_blob_of: the scan that the path names, as it stands there. Borrowed (nullable) */
const char *_mc_blob_of (const char *path);
void _mc_http_blob_options (SoupServerMessage *msg);
void _mc_http_blob_begin (McServer *server, SoupServerMessage *msg, GBytes *body);
void _mc_http_blob_head (McServer *server, SoupServerMessage *msg, const char *sha256);
/** _mc_http_blob_state: answers how far the scan is. */
void _mc_http_blob_state (McServer *server, SoupServerMessage *msg, const char *sha256);
void _mc_http_blob_get (McServer *server, SoupServerMessage *msg, const char *sha256);
void _mc_http_blob_delete (McServer *server, SoupServerMessage *msg, const char *sha256);
/** _mc_http_blob_patch: before the body comes. */
void _mc_http_blob_patch (McServer *server, SoupServerMessage *msg, const char *sha256);

/* mc-upload.c */

/** _mc_upload_begin: takes the body of @msg into the part file from where @state says that it is;
 * answers when it is durable. */
void _mc_upload_begin (McServer *server,
                       SoupServerMessage *msg,
                       const char *sha256,
                       const char *device,
                       const McBlobState *state,
                       const McChunkSum *sum);

/** McYield: what becomes of a scan under way that somebody else wants to go on with. */
typedef enum
{
  MC_YIELD_NONE,   /* nothing is under way */
  MC_YIELD_ENDING, /* it gives way: what came is being made durable */
  MC_YIELD_LOCKED, /* another desk is sending it, and its bytes are coming */
} McYield;
/** _mc_upload_yield: @device asks. Its own older connection gives way (it is dead, or its client
 * has begun anew), and so does another desk's where nothing has come for ten seconds. */
McYield _mc_upload_yield (McServer *server, const char *sha256, const char *device);
/** _mc_upload_naming: whether the scan is whole, but a power cut might still take it. */
gboolean _mc_upload_naming (McServer *server, const char *sha256);
/** _mc_upload_crowded: whether so many scans are coming in that @device, which is sending another
 * one, is to send them one after the other. */
gboolean _mc_upload_crowded (McServer *server, const char *device);
/** _mc_upload_ask: @msg, which asks how far it is, is answered once what came is durable. The scan
 * is one that is MC_YIELD_ENDING. */
void _mc_upload_ask (McServer *server, const char *sha256, SoupServerMessage *msg);
void _mc_upload_free (gpointer upload);
/** _mc_running_sum_free: see McServer.sums. */
void _mc_running_sum_free (gpointer running);

G_END_DECLS
