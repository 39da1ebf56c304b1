/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-calendar.h"

G_BEGIN_DECLS

/** McPart: one required paper of a procedure. */
typedef struct
{
  char *id;
  char *name;
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
  McTerm promise; /* the shorter one that the offices promise */
  char *fee_kind; /* none, fixed, per_page, council, unknown */
  gint64 fee;     /* đồng; for per_page: of pages 1 and 2 */
  char *fee_note;
  char *valid_from; /* ISO date or NULL: a fee halved until the end of the year is a case of its own
                     */
  char *valid_to;
} McCase;

/** McProcedure: an entry of the catalogue. Immutable, reference counted. */
typedef struct
{
  char *code;
  char *name;
  char *field;
  char *version;    /* of the catalogue it came with */
  char *valid_from; /* ISO date or NULL */
  char *valid_to;
  char *result_code;
  char *result_name;
  GPtrArray *parts; /* McPart */
  GPtrArray *cases; /* McCase; at least one */
  GStrv synonyms;   /* everyday names */
  GStrv unsourced;
  json_t *workflow; /* (nullable): its own, see mc_workflow_of() */
  gint ref_count;
} McProcedure;

/** mc_procedure_parse: one entry of data/catalogue's format. Returns: (transfer full): or %NULL,
 * #MC_ERROR_FORMAT. */
McProcedure *mc_procedure_parse (json_t *json, GError **error);
McProcedure *mc_procedure_ref (McProcedure *procedure);
void mc_procedure_unref (McProcedure *procedure);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McProcedure, mc_procedure_unref)
/** mc_procedure_hold_cases: leaves the cases that hold on @today (ISO date); all of them where none
 * does. Before it is shared. */
void mc_procedure_hold_cases (McProcedure *procedure, const char *today);
/** mc_procedure_case: the case for @channel named @id, or the first open to @channel. Borrowed. */
const McCase *mc_procedure_case (const McProcedure *procedure, const char *id, const char *channel);
const McPart *mc_procedure_part (const McProcedure *procedure, const char *id);

G_END_DECLS
