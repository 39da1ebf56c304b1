/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-op.h"

G_BEGIN_DECLS

/*
 * A record is a set of named groups: the unit that is merged, contested and shown to the person.
 *
 * - case: code, procedure, its title and version, office, channel, time received, the version of
 *   the calendar, the term of the promise ("term", see mc_term_json()), and what the law gives
 * where less is promised ("law"). Of an interlinked procedure "linked": its children, each {"id",
 * "code", "procedure", "title", "body"}; of a child "parent": {"id", "code", "title", "body"}.
 * Written once, by receive, so that a dossier keeps what its procedure was then.
 * - applicant: name, id, dob, sex, address, and whose case it is: see mc-applicant.h
 * - contact: phone, email
 * - subject: what is asked for, in words (a JSON string)
 * - status: {"state", "assignee", "due"}: must change together; from version 3 on also "raw" (the
 * last day before it moved off a day off), "calendar" (the version that the promise was last looked
 * at with) and "apology" (when the letter was sent)
 * - fee: {"due"} as received, {"taken", "method", "at"} when taken: an act
 * - part:<id>: {"ticked", "originals", "copies", "document": {"sha256", "name", "size", "pages"},
 *   "also": [documents kept beside it]}
 * - form:<f>: a field of an electronic form
 * - note: append-only
 * - offices: ids of the offices that handle the dossier, sorted; never written: the one that
 *   received it
 * - twin:<id>: another dossier of the same resident for the same matter: {"code", "office"}, and
 *   "answer" ("same", "other") once a person has looked
 * - office, staff, procedure, calendar: the one group of an administrative record
 * - papers:<what>: of an office's record, said by itself: how its papers look. Each is a group, so
 * that two leaders change different papers: "papers:set" (a text), "papers:head" and "papers:01" …
 * (texts), "papers:layout.<kind>" and "papers:declaration.<id>" (objects); null: as usual
 * - preparation: {"office", "procedure", "case", "channel", "name", "consent", "until",
 *   "declarations", "due", "fee": as a draft has them}: what a
 *   helper prepared, beside applicant, contact, subject and parts as of a dossier; "name" is the
 *   helper's, and from the day "until" on (ISO date) nobody is shown it any more
 * - ended: {"how", "dossier", "code"}: how a preparation ended
 */
#define MC_GROUP_OFFICE "office"
#define MC_GROUP_CASE "case"
#define MC_GROUP_APPLICANT "applicant"
#define MC_GROUP_CONTACT "contact"
#define MC_GROUP_SUBJECT "subject"
#define MC_GROUP_STATUS "status"
#define MC_GROUP_FEE "fee"
#define MC_GROUP_NOTE "note"
#define MC_GROUP_OFFICES "offices"
#define MC_GROUP_PROCEDURE "procedure"
#define MC_GROUP_PREPARATION "preparation"
#define MC_GROUP_ENDED "ended"
#define MC_GROUP_TWIN_PREFIX "twin:"
#define MC_GROUP_PART_PREFIX "part:"
#define MC_GROUP_FORM_PREFIX "form:"
#define MC_GROUP_PAPERS_PREFIX "papers:"

/** mc_group_valid: a name of the shapes above, at most 80 bytes. */
gboolean mc_group_valid (const char *group);
/** mc_group_append_only: lists that never conflict. */
gboolean mc_group_append_only (const char *group);

/** mc_status_keys: the members of a status beside its state, %NULL-terminated. Static. */
const char *const *mc_status_keys (void);
/** mc_status_is_new: whether @value has a member that version 1 did not know. */
gboolean mc_status_is_new (const json_t *value);

/** McWrite: one group that an op writes. */
typedef struct
{
  char *group;
  json_t *value;
  char *text;   /* of the value, as mc_json_text() writes it */
  gboolean act; /* something done in the world: two are two, even when equal */
} McWrite;
void mc_write_free (McWrite *write);

/**
 * mc_write_new: Returns: (transfer full): of a valid group; @value is taken
 */
McWrite *mc_write_new (const char *group, json_t *value, gboolean act);

/**
 * mc_op_writes:
 * What @op writes, in a fixed order. Empty for a verb this version does not know. Made once for an
 * op that was parsed or signed: nobody alters what is returned.
 * Returns: (transfer full) (element-type McWrite)
 */
GPtrArray *mc_op_writes (const McOp *op);

G_END_DECLS
