/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-db.h"
#include "mc-judge.h"

G_BEGIN_DECLS

/*
 * The op log and the state of every record, as both a desk and the province keep them: the tables
 * `op` and `record` of ledger.sql, which the build puts first into migration 1 of each owner.
 * Every function works inside the transaction of its caller.
 */

/** mc_ledger_has: whether the op is held. */
gboolean mc_ledger_has (McDb *db, const char *op_id);
/** mc_ledger_op: Returns: (transfer full) (nullable) */
McOp *mc_ledger_op (McDb *db, const char *op_id);
/** mc_ledger_ruling: Returns: (transfer full) (nullable): the ruling kept for an op, as text */
char *mc_ledger_ruling (McDb *db, const char *op_id);
/** mc_ledger_ops: every op held on a record, in the order they were taken. Returns: (transfer full)
 * (element-type McOp) */
GPtrArray *mc_ledger_ops (McDb *db, const char *record_id, GError **error);
/** mc_ledger_record: the state; an empty record where nothing is known of it. Returns: (transfer
 * full) (nullable) */
McRecord *mc_ledger_record (McDb *db, const char *record_id, GError **error);

/**
 * mc_ledger_take:
 * Judges @op on its record and keeps op, ruling and new state. An op that is held already takes no
 * second effect: the ruling kept is returned.
 * @refusal: (nullable): a reason for which it is refused without being judged (right, office, …)
 * @forced: (nullable): see mc_judge()
 * @ret_record: (optional): the record as it is now
 * Returns: (transfer full): the ruling, or %NULL where the database failed
 */
McRuling *mc_ledger_take (McDb *db,
                          const McOp *op,
                          const char *refusal,
                          const McRuling *forced,
                          McJudgeFlags flags,
                          McRecord **ret_record,
                          GError **error);

/**
 * McReplay: one op in the order in which a record is rebuilt.
 */
typedef struct
{
  McOp *op;         /* borrowed */
  McRuling *forced; /* borrowed; NULL: judged here */
  McJudgeFlags flags;
} McReplay;

/**
 * mc_ledger_rebuild:
 * Judges a record anew from nothing, in the order given, and keeps the new rulings and state.
 */
McRecord *mc_ledger_rebuild (McDb *db,
                             const char *record_id,
                             const McReplay *replay,
                             guint length,
                             GError **error);

/** mc_ledger_replay: the same without keeping anything; for checks. Returns: (transfer full) */
McRecord *mc_ledger_replay (const char *record_id,
                            const McReplay *replay,
                            guint length,
                            GPtrArray **ret_rulings);

/** mc_record_dump: the state of a record as kept in the table. Returns: (transfer full) */
char *mc_record_dump (McRecord *record);
McRecord *mc_record_load (const char *id, const char *creator, const char *dump);

G_END_DECLS
