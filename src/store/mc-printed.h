/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"

G_BEGIN_DECLS

/*
 * A paper that was printed is a document of its dossier: an op says which one, under which number,
 * who printed it and when. What stood on it is not kept a second time: it is made of the same op
 * log again, of the ops that it names ("seen"). The op is a note with a member "printed" ({"paper",
 * "title", "number", "medium", "seen", "numbered"}), so that a program that does not know of it
 * shows a note in words. What is no dossier's (a register, a leaflet, a blank) is said in the same
 * way of the office ("paper.printed").
 */

/** McPrinted: one printing of a paper. */
typedef struct
{
  char *op;
  char *paper;       /* for mc_form_make() */
  char *title;       /* as the law calls it */
  char *number;      /* (nullable): "0421001" */
  json_t *seen;      /* (nullable): what stood on the screen then; see mc_store_look_back() */
  gboolean numbered; /* the register's number was known */
  gboolean on_paper; /* else it was saved as a file */
  char *by;          /* full name */
  gint64 at_ms;
} McPrinted;
void mc_printed_free (McPrinted *printed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPrinted, mc_printed_free)

/** mc_dossier_printed: oldest first, also what the province refused: the paper is in the world.
 * Returns: (transfer full): (element-type McPrinted) */
GPtrArray *mc_dossier_printed (const McDossier *dossier);

/** mc_dossier_printed_by: that of the op @op. Returns: (transfer full) (nullable) */
McPrinted *mc_dossier_printed_by (const McDossier *dossier, const char *op);
/** mc_store_printed: the papers of this office that are no dossier's, newest first. Returns:
 * (transfer full) (element-type McPrinted) */
GPtrArray *mc_store_printed (McStore *store, guint limit);

/** McIssue: what a paper bears that is about to be printed. */
typedef struct
{
  char *number;        /* (nullable): left to the pen */
  gboolean fresh;      /* the number is given now, and was not before */
  gboolean again;      /* it was on paper before */
  gboolean electronic; /* to be signed digitally and not by pen */
  char *op;            /* (nullable): that says so, once it is printed */
} McIssue;
McIssue *mc_issue_new (const char *number, gboolean again);
void mc_issue_free (McIssue *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McIssue, mc_issue_free)

/** McPrinting: one paper of a job. Everything is borrowed. */
typedef struct
{
  const char *const *dossiers; /* ids of those that it is about, %NULL-terminated, at least one */
  const char *paper;           /* which one of them: "receipt", "02@OP" */
  const char *kind; /* (nullable): whose row of numbers it is in: "02"; %NULL: it has none */
  const char *title;
  gboolean on_paper;
} McPrinting;

/** mc_store_issue: what @printing would bear if it were printed now, after @ahead others of its
 * kind that have no number yet: the preview. Returns: (transfer full) */
McIssue *mc_store_issue (McStore *store, const McPrinting *printing, guint ahead);

/**
 * mc_desk_print:
 * Says of each dossier that the papers are printed now, and gives a number to those that have none:
 * the device's slot, which nobody else in the province has, then its count of the year. In one
 * transaction, before anything goes to the printer: a number that was printed is never given again.
 * Until mc_desk_printed() what goes on paper is unsure: see mc_store_unsure().
 * Returns: (transfer full): (element-type McIssue): of each in order; or %NULL with
 *   #MC_ERROR_REFUSED
 */
GPtrArray *mc_desk_print (McDesk *desk, const McPrinting *all, guint length, GError **error);

/** McUnsure: a job that was said to be printed, its numbers taken, and of which nobody knows
 * whether it came out of the printer: the program ended meanwhile. */
typedef struct
{
  char *mark;
  GStrv dossiers;
  char *name;  /* to print it again: as for mc_job_print() */
  char *title; /* of its first paper */
  GStrv numbers;
  gint64 at_ms;
} McUnsure;
void mc_unsure_free (McUnsure *unsure);
/** mc_store_unsure: oldest first. Returns: (transfer full) (element-type McUnsure) */
GPtrArray *mc_store_unsure (McStore *store);
/** mc_desk_printed: the printer has it, or a person was told that it has not. @mark: of an
 * #McUnsure: the op of its first paper */
gboolean mc_desk_printed (McDesk *desk, const char *mark, GError **error);

/** mc_desk_print_other: says that a paper of no dossier is printed now, or saved. @paper:
 * "register", "leaflet", "declaration:ct01", …; Errors: #MC_ERROR_REFUSED */
gboolean mc_desk_print_other (McDesk *desk,
                              const char *paper,
                              const char *title,
                              gboolean on_paper,
                              GError **error);

G_END_DECLS
