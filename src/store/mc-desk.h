/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"
#include "mc-moved.h"
#include "mc-promise.h"

G_BEGIN_DECLS

/**
 * McDesk:
 * What the people at this desk do. Every act appends ops and changes the projections in one
 * transaction: when it returns, it is on the disk.
 */
typedef struct _McDesk McDesk;

/** mc_desk_new: @store is borrowed. */
McDesk *mc_desk_new (McStore *store);
void mc_desk_free (McDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McDesk, mc_desk_free)
McStore *mc_desk_store (McDesk *desk);

/**
 * mc_desk_enter:
 * @login works at this desk from now on. Who they are was proven where the profile was opened.
 * @told: (nullable): what the province has just said of the person: is kept, for a desk that has
 * not heard of its office's people yet Errors: #MC_ERROR_REFUSED "left" (works here no more),
 * #MC_ERROR_NOT_FOUND
 */
gboolean mc_desk_enter (McDesk *desk, const char *login, const McStaff *told, GError **error);
void mc_desk_sign_out (McDesk *desk);
/** mc_desk_keep_session: for motcuactl, which is another process at each verb. The window never
 * does it: who closes it is signed out. */
gboolean mc_desk_keep_session (McDesk *desk, GError **error);
/** mc_desk_resume: takes up the staff member whose session was kept. */
gboolean mc_desk_resume (McDesk *desk, GError **error);
/** mc_desk_staff: who is signed in, or %NULL. Borrowed. */
const McStaff *mc_desk_staff (McDesk *desk);

/** mc_desk_clock_doubt: whether today's date must be confirmed before the first receipt (design §4
 * "Time"). */
gboolean mc_desk_clock_doubt (McDesk *desk);
/** mc_desk_confirm_date: the clerk says what day it is ("2026-11-21"). */
gboolean mc_desk_confirm_date (McDesk *desk, const char *date, GError **error);

/** McReceived: what a reception gives at once. */
typedef struct
{
  char *id;
  char *code;
  char *due;       /* local text, or NULL where the procedure has no sourced time */
  GPtrArray *more; /* (nullable): McReceived of what stands on the same receipt */
} McReceived;
void mc_received_free (McReceived *received);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McReceived, mc_received_free)

/**
 * mc_desk_receive:
 * @reception: {"procedure", "case"?, "applicant": {"name","id","dob","sex","address"}, "contact":
 *   {"phone","email","pickup"}, "subject", "channel", "parts": {id:
 * {"originals","copies","document"?}}?, "fee"?, "fee_taken"?: {"amount","method","receipt"?},
 * "draft"?, "due"?: the local text that a person promises where the catalogue has no time that was
 * checked, "more"?: what the same applicant hands in with it, on one receipt: [{"procedure",
 * "case", "subject", "channel", "parts", "fee", "fee_taken", "due"}], "declarations"?: {id: {blank:
 * text}}, see mc-declared.h}; all but procedure and applicant.name optional. A document is what
 * mc_desk_import() gave. "draft" names the draft that this ends, in the same transaction. "instead"
 * names a refused reception that this one corrects: record, code and time are that one's, and a fee
 * refused with it is not taken again. Errors: #MC_ERROR_FORMAT (the message names the member),
 * #MC_ERROR_NOT_FOUND (procedure), #MC_ERROR_REFUSED (no right), #MC_ERROR_CLOCK.
 */
McReceived *mc_desk_receive (McDesk *desk, json_t *reception, GError **error);
/** mc_desk_receive_all: many in one transaction; for scripts. (element-type McReceived) */
GPtrArray *mc_desk_receive_all (McDesk *desk, GPtrArray *receptions, GError **error);
/** mc_desk_promise: what would be promised now for this procedure and case. Returns: (transfer
 * full) (nullable) */
McPromise *mc_desk_promise (McDesk *desk, const McProcedure *procedure, const McCase *the_case);

/**
 * mc_desk_import:
 * Copies a PDF into the profile's scans, durably, and says what it is.
 * Errors: #MC_ERROR_FORMAT with a message word "not-pdf", "truncated", "encrypted", "empty";
 *   #MC_ERROR_FULL.
 * Returns: (transfer full): {"sha256","name","size","pages"}
 */
json_t *mc_desk_import (McDesk *desk, const char *path, GError **error);
/** mc_desk_import_open: the same of an open file, from its beginning. @name: what it is called */
json_t *mc_desk_import_open (McDesk *desk, int fd, const char *name, GError **error);
/** mc_store_blob_place: where the bytes of a document are, or would be, and what opens them; may be
 * opened on any thread. Returns: (transfer full) */
McBlobPlace *mc_store_blob_place (McStore *store, const char *sha256);
/** mc_store_blob_path: the file of it, whose name tells nothing. Returns: (transfer full) */
char *mc_store_blob_path (McStore *store, const char *sha256);
gboolean mc_store_blob_here (McStore *store, const char *sha256);

/** mc_desk_set: an edit of one group, naming what is on the screen now. Returns: %FALSE with
 * #MC_ERROR_REFUSED, _FORMAT, _NOT_FOUND */
gboolean
mc_desk_set (McDesk *desk, const char *dossier, const char *group, json_t *value, GError **error);
/**
 * mc_desk_set_seen: the same, naming @base (mc_record_base() of the record that was on the screen).
 */
gboolean mc_desk_set_seen (McDesk *desk,
                           const char *dossier,
                           const char *group,
                           json_t *value,
                           json_t *base,
                           GError **error);
/** McMove: a step and what it says. Everything is borrowed. */
typedef struct
{
  const char *step;
  const char *note;     /* (nullable): why; printed */
  const char *assignee; /* (nullable): assign: the staff member whose it is from now on */
  const char *due;      /* (nullable): postpone, reschedule: the new promise, local text */
  const char
      *calendar;     /* (nullable): reschedule: the version of the calendar it was looked at with */
  const char *again; /* (nullable): postpone for a second time: why once was not enough */
} McMove;
/** mc_desk_step: one movement in the workflow. @note: (nullable) */
gboolean mc_desk_step (McDesk *desk,
                       const char *dossier,
                       const char *step,
                       const char *note,
                       GError **error);
/**
 * mc_desk_move:
 * The same, with all that a step can say.
 * Errors: #MC_ERROR_FORMAT with a message word: "step", or what is lacking ("note", "assignee",
 * "due", "calendar", "again"); #MC_ERROR_REFUSED.
 */
gboolean mc_desk_move (McDesk *desk, const char *dossier, const McMove *move, GError **error);
/**
 * mc_desk_move_all:
 * Many dossiers by one step, in one transaction. Those that cannot take it are left as they are.
 * @dossiers: ids, %NULL-terminated
 * @ret_moved: how many took it
 */
gboolean mc_desk_move_all (McDesk *desk,
                           const char *const *dossiers,
                           const McMove *move,
                           guint *ret_moved,
                           GError **error);
/**
 * mc_desk_promise_anew:
 * Answers for dossiers whose promise the calendar would move: by the calendar, or as it was
 * promised. Either is said in an op; those that nothing moves are left alone. In one transaction.
 * @dossiers: ids, %NULL-terminated
 * @by_calendar: whether the calendar holds; else the promise on paper
 * @note: why, for the history and the new slip
 */
gboolean mc_desk_promise_anew (McDesk *desk,
                               const char *const *dossiers,
                               gboolean by_calendar,
                               const char *note,
                               guint *ret_answered,
                               GError **error);
/** mc_desk_attach: puts a document (as mc_desk_import() gave it) on a part. */
gboolean mc_desk_attach (McDesk *desk,
                         const char *dossier,
                         const char *part,
                         json_t *document,
                         GError **error);
gboolean mc_desk_take_fee (McDesk *desk,
                           const char *dossier,
                           gint64 amount,
                           const char *method,
                           GError **error);
/** mc_desk_take_fee_for: the same, for which a receipt was written. @receipt: (nullable): its
 * series and number, as the pre-printed book has them */
gboolean mc_desk_take_fee_for (McDesk *desk,
                               const char *dossier,
                               gint64 amount,
                               const char *method,
                               const char *receipt,
                               GError **error);
gboolean mc_desk_note (McDesk *desk, const char *dossier, const char *text, GError **error);

/**
 * mc_desk_settle:
 * Ends a conflict: the op names every tip in @seen.
 * @conflict: "DOSSIER/GROUP"
 * @value: what stands from now on
 * @seen: (nullable): the op ids that were shown; %NULL: all there are
 */
gboolean mc_desk_settle (McDesk *desk,
                         const char *conflict,
                         json_t *value,
                         const char *const *seen,
                         GError **error);

/** McKept: one conflict and what ends it. Everything is borrowed. */
typedef struct
{
  const char *conflict;
  json_t *value;
  const char *const *seen; /* (nullable): the op ids that were shown */
} McKept;
/** mc_desk_settle_all: many at once, in one transaction: all or none. */
gboolean mc_desk_settle_all (McDesk *desk, const McKept *choices, guint length, GError **error);

/**
 * mc_desk_answer_twin:
 * Says of two dossiers of one resident for one matter, or with one printed code, what a person has
 * found. Both stay; the answer is written on each of them that is here.
 * @answer: "same" or "other"
 */
gboolean mc_desk_answer_twin (McDesk *desk,
                              const char *dossier,
                              const char *other,
                              const char *answer,
                              GError **error);

/**
 * mc_desk_transfer:
 * Hands a dossier over: from now on these offices handle it, and no others see it.
 * @offices: ids, %NULL-terminated, at least one; see mc_store_offices()
 * @why: (nullable)
 */
gboolean mc_desk_transfer (McDesk *desk,
                           const char *dossier,
                           const char *const *offices,
                           const char *why,
                           GError **error);

/**
 * mc_desk_resend:
 * Sends refused work again, as a new change by whoever is signed in, built on what stands now. A
 * refused reception keeps its record and its printed code, and what was refused for want of it (a
 * fee taken with it) is sent again with it.
 * @op: one of mc_store_refused()
 * @body: (nullable): the corrected body; %NULL: as it was
 * Errors: #MC_ERROR_NOT_FOUND, _FORMAT (the message names the member), _REFUSED (no right)
 */
gboolean mc_desk_resend (McDesk *desk, const char *op, json_t *body, GError **error);
/** mc_desk_set_aside: takes a refused change off the list of this desk; it stays in the history. */
gboolean mc_desk_set_aside (McDesk *desk, const char *op, GError **error);

/* Drafts: what was typed and not saved; local, no op. */
/** mc_desk_draft_put: keeps a reception as it is typed; @id %NULL makes a new one. Returns:
 * (transfer full): its id */
char *mc_desk_draft_put (McDesk *desk, const char *id, json_t *reception, GError **error);
/** mc_desk_reopen: the draft in which a refused reception is corrected as a whole; one and the same
 * for as long as it is there. Returns: (transfer full): its id. Errors: #MC_ERROR_NOT_FOUND */
char *mc_desk_reopen (McDesk *desk, const char *op, GError **error);
json_t *mc_desk_draft (McDesk *desk, const char *id, GError **error);
json_t *mc_store_draft (McStore *store, const char *id, GError **error);
/** mc_desk_drafts: newest first; to a helper only their own. Returns: (transfer full): array of
 * {"id","at","reception"} */
json_t *mc_desk_drafts (McDesk *desk, GError **error);
gboolean mc_desk_draft_drop (McDesk *desk, const char *id, GError **error);

G_END_DECLS
