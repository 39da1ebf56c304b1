/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

G_BEGIN_DECLS

/*
 * One round trip between a desk and the province: POST /v1/sync, text, one thing a line.
 *
 *   request   {"motcua":1,"cursor":[n,"hash"],"ops":K,"limit":L,"wait":seconds,"left":R}
 *             (limit, wait and left only where they are not MC_WIRE_LIMIT, 0 and 0)
 *             K lines:  op line, or op line TAB receipt TAB reason (what the province said of it)
 *   answer    {"motcua":1,"time":ms,"rulings":K,"entries":M,"cursor":[n,"hash"],"head":N,
 *              "points":[[n,"hash"],…],"public":1}
 *             (points only where the cursor is not of this feed, head only where it is not the
 *             cursor's number, public only to a desk that is one: McDeskKind)
 *             K lines:  op id TAB ruling, as mc_ruling_text(), or {"missing":[ids]}
 *             M lines:  n TAB kind TAB ruling TAB receipt TAB op line
 *
 * A new desk sends "first":[n,"hash","after"] with its first request ([0,"",""]): the answer then
 * has "first":[n,"hash","after"] and "said":[S,"hash"], and S more lines of the same form: what the
 * feed has so far of what is needed at once (staff, catalogue, open dossiers), in pages, each with
 * its number in the feed. The desk holds these lines as what the province has said, outside its own
 * feed, which it reads behind. The hash beside S is what mc_feed_hash() comes to over these lines,
 * from "". `after` is where to go on, and is left out when all of it was said; [n,"hash"] is a
 * point of the feed, and from then on the S lines are those after that point, so that news come
 * before what is old. A province that does not know the member sends the feed alone; where that
 * point is not of its feed, it answers as to a cursor that is not.
 *
 * A desk on which somebody waits for a scan that the province did not have says "scan":"sha256";
 * the answer says it too once it is there, and a held request is answered then. A province that
 * does not know the member leaves it out.
 *
 * What is said of an op by an entry of the same answer needs no ruling beside it, and an entry of
 * an op that the request brought has the op's id for its line: its sender holds it.
 *
 * The envelope with its counts is what makes an answer ours: a 200 with anything else (a captive
 * portal), or with fewer lines than it counts (a line cut in half), is a failed contact.
 */
#define MC_WIRE_VERSION 1
#define MC_WIRE_MAX (64 * 1024 * 1024) /* bytes of a body, unpacked */
#define MC_WIRE_OPS_MAX 1000
#define MC_WIRE_LIMIT 1000 /* entries, where a request names no other limit */
#define MC_WIRE_ENTRIES_MAX 2000

/* Headers of every request by an enrolled device. */
#define MC_HEADER_DEVICE "MC-Device" /* its id */
#define MC_HEADER_SIGN "MC-Sign"     /* mc_wire_sign_text() signed with its key */
#define MC_HEADER_CERTIFICATE                                                                      \
  "MC-Certificate" /* its certificate, only after 401 {"error":"device"} */

/** McCursor: how far a desk has followed its office's feed. */
typedef struct
{
  gint64 n;      /* 0: nothing yet */
  char hash[33]; /* running hash up to n; "" for n == 0 */
} McCursor;

/** McFirst: how far a new desk is with what it needs at once. */
typedef struct
{
  gboolean on;    /* it is being asked for, or answered */
  McCursor point; /* all of it is held up to here; the lines after it are news */
  char *after;    /* (nullable): the next page of it begins after this; %NULL: there is no more */
} McFirst;
void mc_first_clear (McFirst *first);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McFirst, mc_first_clear)
/** mc_first_copy: @to is cleared before. */
void mc_first_copy (const McFirst *from, McFirst *to);

/** McFeedEntry: one numbered line of a feed. */
typedef struct
{
  gint64 n;
  char *kind;    /* "op", or "gone" */
  char *ruling;  /* mc_ruling_text() */
  char *receipt; /* base64url MAC over id, admitted or refused, reason */
  char *line;    /* the op line, or its id where the reader has just sent it; for "gone" the record
                    id */
} McFeedEntry;
void mc_feed_entry_free (McFeedEntry *entry);

/** McSyncRequest: lines, entries and strings are owned. */
typedef struct
{
  McCursor cursor;
  gint64 limit; /* entries wanted at most */
  gint64 wait;  /* seconds the server may hold the answer while there is nothing new; 0: none */
  gint64 left;  /* ops held that are neither in the feed up to the cursor nor in `lines` */
  McFirst first;
  char *scan;       /* (nullable): sha256 of one that somebody waits for */
  GPtrArray *lines; /* char*, see mc_pushed_read() */
} McSyncRequest;

/** McAnswer: what the server said of one pushed op. */
typedef struct
{
  char *op;
  char *ruling; /* or NULL where parents are missing */
  GStrv missing;
} McAnswer;

/** McDeskKind: what the province says of the desk that asks. */
typedef enum
{
  MC_DESK_OWN,          /* an office's own */
  MC_DESK_PUBLIC,       /* of an agent or a digital team: what is handed over does not stay on it */
  MC_DESK_PUBLIC_ALONE, /* the same, and its office has no desk of another kind */
} McDeskKind;

typedef struct
{
  gint64 time_ms;
  McDeskKind desk;
  McCursor cursor; /* after the last entry */
  gint64 head;     /* number of the feed's last entry */
  gboolean reset;  /* the cursor is not of this feed: nothing else is in the answer but `points` */
  GArray *points;  /* McCursor, newest first: where this feed was; with reset only */
  GPtrArray *answers; /* McAnswer* */
  GPtrArray *entries; /* McFeedEntry* */
  McFirst first;
  GPtrArray *said; /* McFeedEntry*: outside the page */
  char *scan;      /* (nullable): the request's, where the province has it whole for this office */
} McSyncAnswer;

McSyncRequest *mc_sync_request_new (void);
void mc_sync_request_free (McSyncRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSyncRequest, mc_sync_request_free)
McSyncAnswer *mc_sync_answer_new (void);
void mc_sync_answer_free (McSyncAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSyncAnswer, mc_sync_answer_free)

/** McPushed: one line of a request, taken apart. Strings are owned. */
typedef struct
{
  char *line;
  char *receipt; /* (nullable): the province's MAC over what it said of the op */
  char *reason;  /* (nullable): why it was refused; %NULL: it was admitted */
} McPushed;
void mc_pushed_clear (McPushed *pushed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (McPushed, mc_pushed_clear)
/** mc_pushed_read: never fails: whether the line is an op is for mc_op_parse() to say. */
void mc_pushed_read (const char *text, McPushed *ret_pushed);
/** mc_pushed_write: Returns: (transfer full). @receipt, @reason: (nullable) */
char *mc_pushed_write (const char *line, const char *receipt, const char *reason);

/** mc_sync_answer_put: adds what was said of @op: @ruling, or @missing (%NULL-terminated). */
void mc_sync_answer_put (McSyncAnswer *answer,
                         const char *op,
                         const char *ruling,
                         const char *const *missing);

GBytes *mc_sync_request_write (const McSyncRequest *request);
McSyncRequest *mc_sync_request_read (GBytes *bytes, GError **error);
GBytes *mc_sync_answer_write (const McSyncAnswer *answer);
/** mc_sync_answer_read: anything but a whole answer of ours is #MC_ERROR_NETWORK. */
McSyncAnswer *mc_sync_answer_read (GBytes *bytes, GError **error);

/** mc_feed_hash: the running hash after @entry. @ret_hash: 33 bytes. */
void mc_feed_hash (const char *before, const McFeedEntry *entry, char *ret_hash);

/** mc_wire_sign_text: what MC-Sign signs: method, path and the SHA-256 of the body as sent.
 * Returns: (transfer full) */
char *mc_wire_sign_text (const char *method, const char *path, GBytes *body);

/** MC_WIRE_SMALL: how a small request says that it is packed with mc_wire_pack_small(). */
#define MC_WIRE_SMALL "mc"
/** mc_wire_pack_small: for a request with an op or two: what nearly every request says is left out.
 */
GBytes *mc_wire_pack_small (GBytes *bytes);
/** mc_wire_unpack_small: as mc_wire_unpack(). */
GBytes *mc_wire_unpack_small (GBytes *bytes, gsize max, GError **error);
/** mc_wire_pack: gzip. */
GBytes *mc_wire_pack (GBytes *bytes);
/** mc_wire_unpack: at most @max bytes come out; a bomb or a torn body is #MC_ERROR_FORMAT. */
GBytes *mc_wire_unpack (GBytes *bytes, gsize max, GError **error);

G_END_DECLS
