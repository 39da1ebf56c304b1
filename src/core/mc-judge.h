/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-record.h"

G_BEGIN_DECLS

/** McVerdict: what the judge decided of one group of an op. */
typedef enum
{
  MC_VERDICT_APPLIED,   /* it stands */
  MC_VERDICT_MERGED,    /* equal to what stands, and no act: a second tip */
  MC_VERDICT_CONTESTED, /* what stands stays; kept whole as a tip */
  MC_VERDICT_REFUSED,   /* kept and shown, blocks nothing */
} McVerdict;

const char *mc_verdict_name (McVerdict verdict);
gboolean mc_verdict_parse (const char *name, McVerdict *ret_verdict);

/** McRuling: the judge's word on a whole op: one verdict per group, or refused with a reason. */
typedef struct
{
  gboolean refused;
  char *reason; /* machine word of the reason: "right", "step", "office", "format", … NULL if not
                   refused */
  GPtrArray *groups; /* char*, owned: the groups written, in mc_op_writes() order */
  GArray *verdicts;  /* McVerdict, parallel to groups */
  json_t *outcome;   /* (nullable): group → [value, act], for readers too old for the op */
} McRuling;

McRuling *mc_ruling_new (void);
McRuling *mc_ruling_refuse (const char *reason);
void mc_ruling_free (McRuling *ruling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McRuling, mc_ruling_free)
gboolean mc_ruling_equal (const McRuling *a, const McRuling *b);
/** mc_ruling_worst: refused, else contested if any group is, else merged if all are, else applied.
 */
McVerdict mc_ruling_worst (const McRuling *ruling);
/** mc_ruling_tell: adds the outcome of @op, where a reader may be too old for it. */
void mc_ruling_tell (McRuling *ruling, const McOp *op);
/** mc_ruling_text: compact JSON: `"refused:reason"`, or `{"contact":"applied"}`; Returns: (transfer
 * full) */
char *mc_ruling_text (const McRuling *ruling);
McRuling *mc_ruling_parse (const char *text, GError **error);

/**
 * McOpFind:
 * Gives the judge an earlier op of the same record by id.
 * @ret_refused: set to whether that op was refused
 * Returns: (transfer none) (nullable)
 */
typedef const McOp *(*McOpFind) (const char *id, gboolean *ret_refused, gpointer data);

typedef enum
{
  MC_JUDGE_PLAIN = 0,
  MC_JUDGE_ALONE = 1 << 0, /* a parent is missing everywhere: never applied, never refused for its
                              step */
  MC_JUDGE_ADMITTED = 1 << 1, /* a receipt says so: its step is not checked a second time */
} McJudgeFlags;

/**
 * mc_judge:
 * The judge: one pure function, linked into server, client and simulator. Alters @record as @op
 * says and returns the verdicts. The rules are design.md §4 "Verdict".
 * @find: looks up earlier ops of the record (a refused op in a base counts as what it was built on;
 *   a step is checked against what the ops it names wrote)
 * @forced: (nullable): the server's ruling, where a replica must follow it: a refused op then stays
 *   refused, steps are not checked a second time, and of an op of a newer version the outcome in it
 *   is taken
 *
 * Whether the author had the right is not asked here: that is the province's.
 * Returns: (transfer full)
 */
McRuling *mc_judge (McRecord *record,
                    const McOp *op,
                    McOpFind find,
                    gpointer find_data,
                    const McRuling *forced,
                    McJudgeFlags flags);

/** mc_op_parents: every op id that @op names in its base. Returns: (transfer full) (element-type
 * utf8) */
GPtrArray *mc_op_parents (const McOp *op);

G_END_DECLS
