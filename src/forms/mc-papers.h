/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-layout.h"
#include "mc-letterhead.h"
#include "mc-paper-style.h"

G_BEGIN_DECLS

/**
 * McPapers:
 * The papers of an office: which set of forms it uses, and what it changed of them (number, title,
 * head, notes, sheet, or the whole layout). Its leader says it to all its desks, each paper apart
 * (mc-office-papers.h); a file carries it to another office. Immutable.
 */
typedef struct _McPapers McPapers;

#define MC_PAPERS_SET "2025" /* of an office that has not chosen */
/* The forms by their numbers in the set of 2025; what the local ones are called. */
#define MC_KIND_RECEIPT "01"
#define MC_KIND_CONTROL "06"
#define MC_KIND_REGISTER "07"
#define MC_KIND_RETURN "return"
#define MC_KIND_HANDOVER "handover"
#define MC_KIND_GUIDANCE "guidance"
#define MC_KIND_FEE "fee"

/** mc_papers_parse: Every member is looked at. Returns: (transfer full): or %NULL with
 * #MC_ERROR_FORMAT, the message naming what is wrong */
McPapers *mc_papers_parse (const json_t *json, GError **error);
/** mc_papers_of: those of the desk's office. Returns: (transfer full) */
McPapers *mc_papers_of (McStore *store);
/** mc_papers_keep: from now on the office's papers look so; on the worker's thread. Only who leads
 * the office, or looks after it, may: #MC_ERROR_REFUSED. */
gboolean mc_papers_keep (McDesk *desk, const json_t *json, GError **error);
/**
 * mc_papers_change: the same of what @json says otherwise than @shown did, which was on the screen.
 * @bases, @ret_bases: see mc_desk_papers()
 */
gboolean mc_papers_change (McDesk *desk,
                           const json_t *shown,
                           const json_t *json,
                           const json_t *bases,
                           json_t **ret_bases,
                           GError **error);
/** mc_papers_put: @json with what a side of a conflict says of its group. */
void mc_papers_put (json_t *json, const char *group, json_t *value);
/** mc_papers_may_change: whether @role may. */
gboolean mc_papers_may_change (McRole role);
void mc_papers_free (McPapers *papers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPapers, mc_papers_free)

/** mc_papers_with_declaration: @papers (as mc_papers_json() gives them) and one declaration of the
 * office's own, in the place of the one with its id. Returns: (transfer full) */
json_t *mc_papers_with_declaration (const json_t *papers, const json_t *declaration);

/** mc_papers_json: what was changed, to be edited. Returns: (transfer full) */
json_t *mc_papers_json (const McPapers *papers);
const char *mc_papers_set (const McPapers *papers);
/** mc_papers_sets: ids of the sets that there are, and their titles. Static, %NULL-terminated. */
const char *const *mc_papers_sets (const char *const **ret_titles);
/** mc_papers_kinds: every form of the set, then the local papers. Static, %NULL-terminated. */
const char *const *mc_papers_kinds (const char *set);

/** mc_papers_has: whether the set has the form: that of 2018 has no 05. */
gboolean mc_papers_has (const McPapers *papers, const char *kind);
/** mc_papers_usual: what a form says where the office has changed nothing. @member: "form",
 * "title", "number". (nullable) Static. */
const char *mc_papers_usual (const char *set, const char *kind, const char *member);
/** mc_papers_title: as it is said in a list. Borrowed. */
const char *mc_papers_title (const McPapers *papers, const char *kind);
/** mc_papers_layout: the office's own, or the usual one; %NULL for the receipt and the register,
 * which are no layouts. Borrowed. */
const McLayout *mc_papers_layout (const McPapers *papers, const char *kind);
/** mc_papers_style: Returns: (transfer full) */
McPaperStyle *mc_papers_style (const McPapers *papers, const char *kind);
/** mc_papers_head: how the office stands on its papers. Returns: (transfer full) */
McLetterhead *mc_papers_head (const McPapers *papers, const char *office_name);

G_END_DECLS
