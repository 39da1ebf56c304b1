/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-judge.h"
#include "mc-keys.h"
#include "mc-wire.h"
#include <libsoup/soup.h>

G_BEGIN_DECLS

/*
 * motcua-conform: asks a province's server what data/protocol/specification.md says that it must
 * do, as its desks would, and says which of the named rules it breaks.
 */

/** McRule: one rule that can be tried from outside. Static. */
typedef struct
{
  const char *name; /* as in the specification */
  const char *says;
} McRule;
/** mc_rules: every rule, in the order of the specification. */
const McRule *mc_rules (guint *ret_count);

typedef struct _McCaller McCaller;

/** McConform: one run. */
typedef struct
{
  char *url;
  SoupSession *session;
  GPtrArray *codes;    /* char*: enrolment codes */
  GHashTable *results; /* rule → McResult */
  char *province;      /* its key, as hello says it */
  gint64 time_ms;      /* as hello says it */
  McCaller *front;     /* two desks of one office */
  McCaller *back;
  McCaller *other; /* one of another */
  /* What the feed says that there is in the office of `front`. */
  char *procedure;
  char *clerk;
  char *officer; /* (nullable) */
  char *leader;  /* (nullable) */
  char *other_clerk;
} McConform;

McConform *mc_conform_new (const char *url);
void mc_conform_free (McConform *conform);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McConform, mc_conform_free)
/** mc_conform_run: tries everything that can be tried. @codes: two of one office, one of another.
 * Errors: #MC_ERROR_NETWORK where nobody answers. */
gboolean mc_conform_run (McConform *conform, const char *const *codes, GError **error);
/** mc_conform_report: prints one line a rule. Returns: how many are broken; @ret_untried: how many
 * were not tried */
guint mc_conform_report (McConform *conform, guint *ret_untried);

/** mc_expect: one look at @rule, which must be one of mc_rules(); @format: what was seen, kept
 * where it does not hold. Returns: @holds */
gboolean mc_expect (McConform *conform, gboolean holds, const char *rule, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* mc-seen.c: requests, and what comes back */

/** McSeen: an answer. */
typedef struct
{
  guint status; /* 0: none came */
  GBytes *body;
  SoupMessageHeaders *headers; /* (nullable) */
  char *word;                  /* (nullable): of an error of ours */
  char *problem;               /* (nullable): why none came */
} McSeen;
void mc_seen_free (McSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McSeen, mc_seen_free)
/** mc_seen_text: "403 code", "no answer: …": for a report. Returns: (transfer full) */
char *mc_seen_text (const McSeen *seen);
/** mc_seen_is: whether it is this status, and (where not %NULL) this word. */
gboolean mc_seen_is (const McSeen *seen, guint status, const char *word);
/** mc_seen_header: Borrowed (nullable) */
const char *mc_seen_header (const McSeen *seen, const char *name);
/** mc_seen_number: of a header; -1 where it is missing or none. */
gint64 mc_seen_number (const McSeen *seen, const char *name);
/** mc_seen_json: Returns: (transfer full) (nullable) */
json_t *mc_seen_json (const McSeen *seen);

/**
 * mc_ask:
 * @caller: (nullable): who signs; PATCH is signed without its body
 * @headers: (nullable): name, value, …, %NULL; they replace those that the signature made
 */
McSeen *mc_ask (McConform *conform,
                const McCaller *caller,
                const char *method,
                const char *path,
                GBytes *body,
                const char *const *headers);
/** mc_ask_json: unsigned where @caller is %NULL. @json is taken. */
McSeen *mc_ask_json (McConform *conform, const McCaller *caller, const char *path, json_t *json);
/** mc_ask_torn: announces @announced bytes and sends @body, then waits for the answer's status
 * (@wait) or breaks the line. Returns: the status, 0 where there was none */
guint mc_ask_torn (McConform *conform,
                   const McCaller *caller,
                   const char *method,
                   const char *path,
                   GBytes *body,
                   gint64 announced,
                   const char *more,
                   gboolean wait);

/* mc-caller.c: a desk that asks */

struct _McCaller
{
  char *id;
  char *office;
  char *slot;
  char *certificate;
  McPublicKey public;
  McSecretKey secret;
  gint64 n;
  gint64 at;
  McCursor cursor;
  GPtrArray *feed;   /* McFeedEntry, with whole lines; number 1 is the first */
  GPtrArray *hashes; /* char*: the running hash after each */
};

/** mc_caller_new: the same @seed gives the same keys, so that a code can be used again. */
McCaller *mc_caller_new (const char *seed);
void mc_caller_free (McCaller *caller);
/** mc_caller_enrol: Returns: what came; the caller is an enrolled one where it is a 200 of ours. */
McSeen *
mc_caller_enrol (McConform *conform, McCaller *caller, json_t *json, const McCaller *signer);
/** mc_caller_op: signs an op; @body and @base are taken. Returns: (transfer full) */
McOp *mc_caller_op (McCaller *caller,
                    const char *by,
                    const char *on,
                    const char *verb,
                    json_t *body,
                    json_t *base,
                    const char *read);
/** mc_caller_line: a line of hand-made JSON, signed. Returns: (transfer full) */
char *mc_caller_line (const McCaller *caller, const char *json);
/** mc_caller_receive: a new dossier. */
McOp *mc_caller_receive (McConform *conform, McCaller *caller);
/** mc_base: {group: [op]} */
json_t *mc_base (const char *group, const char *op);

/** mc_sync_request_of: from the caller's cursor. @lines: (nullable): %NULL-terminated */
McSyncRequest *mc_sync_request_of (const McCaller *caller, const char *const *lines);
/** mc_sync_once: one round trip. Returns: (transfer full) (nullable) */
McSyncAnswer *mc_sync_once (McConform *conform,
                            McCaller *caller,
                            const McSyncRequest *request,
                            const char *packed);
/** mc_follow: puts the page into the caller's feed, looking at its numbers and hashes. @lines:
 * (nullable): what was sent */
gboolean mc_follow (McConform *conform,
                    McCaller *caller,
                    const McSyncAnswer *answer,
                    const char *const *lines);
/** mc_pull: reads the feed to its end. */
gboolean mc_pull (McConform *conform, McCaller *caller);
/** mc_push: sends lines (%NULL-terminated), looks for a word on each op, follows the feed to its
 * end. Returns: (transfer full) (nullable) */
McSyncAnswer *mc_push (McConform *conform, McCaller *caller, const char *const *lines);
/** mc_push_word: of one line; its word, or what stands in its place. Returns: (transfer full) */
char *mc_push_word (McConform *conform, McCaller *caller, const McOp *op);
char *mc_push_line (McConform *conform, McCaller *caller, const char *line, const char *id);
/** mc_word_of: the ruling or {"missing":…} on @id; "nothing" where there is none. (transfer full)
 */
char *mc_word_of (const McSyncAnswer *answer, const char *id);
/** mc_times: how often an op (by id) stands in the caller's feed. */
guint mc_times (const McCaller *caller, const char *id);
/** mc_entry: the entry of an op. Borrowed (nullable) */
const McFeedEntry *mc_entry (const McCaller *caller, const char *id);

/* What is tried, in this order. */
void mc_try_hello (McConform *conform);
/** mc_try_enrol: %FALSE where there are no desks to go on with. */
gboolean mc_try_enrol (McConform *conform);
void mc_try_unlock (McConform *conform);
void mc_try_request (McConform *conform);
void mc_try_op (McConform *conform);
void mc_try_verdict (McConform *conform);
void mc_try_right (McConform *conform);
void mc_try_step (McConform *conform);
void mc_try_feed (McConform *conform);
void mc_try_cursor (McConform *conform);
void mc_try_first (McConform *conform);
void mc_try_office (McConform *conform);
void mc_try_hold (McConform *conform);
void mc_try_blob (McConform *conform);
void mc_try_blob_get (McConform *conform);
void mc_try_tus (McConform *conform);
void mc_try_limit (McConform *conform);
/** mc_try_guesses: the last, because it shuts this address out for a minute. */
void mc_try_guesses (McConform *conform);

G_END_DECLS
