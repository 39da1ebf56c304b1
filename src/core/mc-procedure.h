/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-link.h"

G_BEGIN_DECLS

/** McPart: one required paper of a procedure. */
typedef struct
{
  char *id;
  char *name;
  char *form; /* electronic, paper, present; NULL: not known */
  char *file; /* name of the form to fill, or NULL */
  char *note; /* or NULL */
  gboolean required;
  gint originals;
  gint copies;
} McPart;

/** McCase: a case of a procedure: its time and fee, and the channels it is open to. */
typedef struct
{
  char *id;
  char *name;
  gboolean direct, online, post;
  gboolean has_term;
  McTerm term; /* the law's */
  gboolean has_promise;
  McTerm promise;         /* the shorter one that the offices promise */
  char *promise_source;   /* the decision that cut it, or NULL */
  char *fee_kind;         /* none, fixed, per_page, council, unknown */
  gint64 fee;             /* đồng; for per_page: of pages 1 and 2 */
  gint64 fee_from_page_3; /* per_page only */
  gint64 fee_cap;         /* per_page: the most for one copy; 0: none */
  char *law_fee_kind;     /* NULL: the fee is the law's */
  gint64 law_fee;
  char *fee_source; /* the decision that set it, or NULL */
  char *fee_note;
  char *note;       /* what the portal says of it, or NULL */
  char *valid_from; /* ISO date or NULL: a fee halved until the end of the year is a case of its own
                     */
  char *valid_to;
} McCase;

/** McLocal: what a province or an office sets beside the law for a case. */
typedef struct
{
  char *case_id; /* NULL: every case */
  gboolean has_term;
  McTerm term;
  char *fee_kind; /* NULL: the fee is as it is */
  gint64 fee;
  char *source; /* the decision that says so */
  char *valid_from;
  char *valid_to;
} McLocal;

/** McLegal: a text of law. */
typedef struct
{
  char *name;
  char *number;
} McLegal;

/** McUnread: what a crawl of the portal said and nobody understood, or understood out of a fault.
 */
typedef struct
{
  char *field;
  char *text;
  gboolean guessed;
} McUnread;

/** McProcedure: an entry of the catalogue. Immutable, reference counted. */
typedef struct
{
  char *code;
  char *name;
  char *full_name; /* where `name` is shortened, or NULL */
  char *field;
  char *version;    /* of the catalogue it came with */
  char *valid_from; /* ISO date or NULL */
  char *valid_to;
  char *office; /* record id of the office that it is for alone, or NULL */
  char *result_code;
  char *result_name;
  GStrv results_also; /* names of other outcomes */
  char *decision;     /* that published it, or NULL */
  char *conditions;   /* or NULL */
  char *note;         /* or NULL */
  char *url;          /* its page at the national portal, or NULL */
  GPtrArray *parts;   /* McPart */
  GPtrArray *cases;   /* McCase; at least one */
  GPtrArray *local;   /* McLocal */
  GPtrArray *links;   /* McLink: what an interlinked one is made of; else empty */
  GPtrArray *legal;   /* McLegal */
  GPtrArray *unread;  /* McUnread */
  GStrv synonyms;     /* everyday names */
  GStrv unsourced;    /* fields that nobody has checked */
  GStrv sources;
  json_t *workflow;        /* (nullable): its own, see mc_workflow_of() */
  GPtrArray *declarations; /* McDeclaration: its own, see mc_declaration_of() */
  gint ref_count;
} McProcedure;

/** mc_procedure_parse: one entry of data/catalogue's format. Returns: (transfer full): or %NULL,
 * #MC_ERROR_FORMAT. */
McProcedure *mc_procedure_parse (json_t *json, GError **error);
McProcedure *mc_procedure_ref (McProcedure *procedure);
void mc_procedure_unref (McProcedure *procedure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McProcedure, mc_procedure_unref)
/** mc_procedure_hold_cases: leaves the cases that hold on @today (ISO date), all of them where none
 * does, each with the time and the fee that are set beside the law. Before it is shared. */
void mc_procedure_hold_cases (McProcedure *procedure, const char *today);
/** mc_procedure_holds: whether it is in force on @today (ISO date). */
gboolean mc_procedure_holds (const McProcedure *procedure, const char *today);
/** mc_procedure_precedes: whether @one is taken before @other where both hold: an office's own
 * before the province's, the later version before the earlier. Both have one code. */
gboolean mc_procedure_precedes (const McProcedure *one, const McProcedure *other);
/** mc_procedure_case: the case for @channel named @id, or the first open to @channel. Borrowed. */
const McCase *mc_procedure_case (const McProcedure *procedure, const char *id, const char *channel);
const McPart *mc_procedure_part (const McProcedure *procedure, const char *id);
/** mc_procedure_doubts: whether nobody has checked @field ("time", "fee", "parts", …). */
gboolean mc_procedure_doubts (const McProcedure *procedure, const char *field);

G_END_DECLS
