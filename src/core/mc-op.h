/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"
#include "mc-keys.h"

G_BEGIN_DECLS

/** MC_OP_VERSION: the newest op format this program reads. It reads every older one, and writes
 * each op in the oldest that can say it, so that an older desk reads all it can. */
#define MC_OP_VERSION 5
/** MC_OP_LINE_MAX: bytes of the longest op line that anybody accepts. */
#define MC_OP_LINE_MAX (256 * 1024)

/**
 * McOp:
 * One signed, immutable change: the only way anything changes. Reference counted, never altered
 * after it was made. Line: base64url signature, one space, the JSON exactly as signed.
 */
typedef struct
{
  char *line;
  char *id;
  char *device;
  gint64 n;  /* 1, 2, 3… gapless per device; shows gaps and copies, is no identity */
  gint64 at; /* stamp: see mc_stamp_next() */
  char *by;  /* staff id */
  char *on;  /* record id */
  char *verb;
  json_t *body;
  json_t *base;  /* object: group → array of op ids that were on the author's screen */
  char *read;    /* deciding steps: hash of the tips relied on; else NULL */
  char *instead; /* the refused op that this one corrects; else NULL */
  gint64 version;
  GPtrArray *writes; /* (nullable): mc_op_writes(), once somebody asked */
  gint ref_count;
} McOp;

/** McOpDraft: what an op is made of, before it has a signature. Everything is borrowed. */
typedef struct
{
  const char *id;
  const char *device;
  gint64 n;
  gint64 at;
  const char *by;
  const char *on;
  const char *verb;
  json_t *body;
  json_t *base;
  const char *read;
  const char *instead;
} McOpDraft;

/** mc_op_sign: Returns: (transfer full): the op, its strings cleaned (NFC, trimmed) and signed. */
McOp *mc_op_sign (const McOpDraft *draft, const McSecretKey *key);
/**
 * mc_op_parse:
 * Reads a line without checking who signed it. Unknown members are kept in the line and ignored.
 * Returns: (transfer full): or %NULL with #MC_ERROR_FORMAT.
 */
McOp *mc_op_parse (const char *line, gssize length, GError **error);
/** mc_op_verify: whether @key signed the line. */
gboolean mc_op_verify (const McOp *op, const McPublicKey *key);
McOp *mc_op_ref (McOp *op);
void mc_op_unref (McOp *op);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McOp, mc_op_unref)

/* The verbs of version 1. An op with another verb is of a newer version: kept, not understood. */
#define MC_VERB_RECEIVE "dossier.receive"
#define MC_VERB_SET "dossier.set"
#define MC_VERB_STEP "dossier.step"
#define MC_VERB_ATTACH "part.attach"
#define MC_VERB_FEE "fee.take"
#define MC_VERB_NOTE "note.add"
#define MC_VERB_SETTLE "conflict.settle"
#define MC_VERB_OFFICE "office.set"
#define MC_VERB_STAFF "staff.set"
#define MC_VERB_PROCEDURE "procedure.set"
#define MC_VERB_CALENDAR "calendar.set"
/* The verbs of version 2. */
#define MC_VERB_TRANSFER "dossier.transfer"
#define MC_VERB_TWIN "dossier.twin"

/* The verbs of version 4. An office's own version of a procedure; what a helper prepares for a
 * clerk to receive, and how that ended: {"how": "received", "dossier", "code"}, "withdrawn",
 * "replaced". */
#define MC_VERB_OWN "procedure.own"
#define MC_VERB_PREPARE "preparation.make"
#define MC_VERB_END "preparation.end"

/* The verbs of version 5. On an office's own record: how its papers look: {"groups": {"papers:01":
 * …}}, null takes away what was said. */
#define MC_VERB_PAPERS "papers.set"
/* Also of version 5, on the same record: a paper that is no dossier's was printed: a note with
 * "printed"; see mc-printed.h. */
#define MC_VERB_PRINTED "paper.printed"

/** mc_verb_admin: whether it is about an administrative record: offices, staff, catalogue. */
gboolean mc_verb_admin (const char *verb);
/** mc_verb_of_office: whether an office says it of itself, on its own record. */
gboolean mc_verb_of_office (const char *verb);
/** mc_verb_province: whether only the province's own device may say it. */
gboolean mc_verb_province (const char *verb);
/** mc_verb_version: the oldest op format that has it; newer than any for one that is not known. */
gint64 mc_verb_version (const char *verb);
/** mc_op_version_for: the oldest op format that can say this: a step or a state of version 3, or
 * saying the state that a step ends in, makes it of version 3. */
gint64 mc_op_version_for (const char *verb, const json_t *body);
/** mc_op_readable: whether this program knows what the op says. */
gboolean mc_op_readable (const McOp *op);
/** mc_op_pretend: makes this thread read only ops up to @version, as an older program does: for the
 * simulator, in which desks of two versions work side by side. */
void mc_op_pretend (gint64 version);
/** mc_verb_creates: whether it makes the record it is on. */
gboolean mc_verb_creates (const char *verb);

/**
 * mc_op_check:
 * Whether the body has the shape that its verb asks for (types, lengths, NFC, known states), as
 * anybody can tell without knowing the record.
 * Returns: %FALSE with #MC_ERROR_FORMAT, the message naming the member.
 */
gboolean mc_op_check (const McOp *op, GError **error);

G_END_DECLS
