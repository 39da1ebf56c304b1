/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-province-private.h"

G_BEGIN_DECLS

/** _mc_found: adds one difference. */
void _mc_found (GPtrArray *findings, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** _mc_check_each: calls @check for the first column of every row. %FALSE where the database fails.
 */
typedef gboolean (*McCheckOne) (McProvince *province,
                                const char *id,
                                GPtrArray *findings,
                                GError **error);
gboolean _mc_check_each (McProvince *province,
                         const char *sql,
                         McCheckOne check,
                         GPtrArray *findings,
                         GError **error);
/** _mc_check_empty: every row of the query is a difference; its first column names it. @what: what
 * is wrong with it */
gboolean _mc_check_empty (McProvince *province,
                          const char *what,
                          const char *sql,
                          GPtrArray *findings,
                          GError **error);

/** _mc_check_op: the columns and the signature of one op. */
gboolean _mc_check_op (McProvince *province, const char *id, GPtrArray *findings, GError **error);
/** _mc_check_admin: whether the row of an office, staff member or procedure says what its record
 * says. */
gboolean
_mc_check_admin (McProvince *province, const char *id, GPtrArray *findings, GError **error);
/** _mc_check_feed: the numbers, running hashes, rulings and receipts of one office's feed. */
gboolean
_mc_check_feed (McProvince *province, const char *office, GPtrArray *findings, GError **error);
/** _mc_check_told: whether everybody who must know of one administrative op was told, once. */
gboolean _mc_check_told (McProvince *province, const char *id, GPtrArray *findings, GError **error);
/** _mc_check_sight: whether each office sees a record, and was told of it, exactly as its ops say:
 * what came when, what was lost when. @replay: as mc_ledger_replay() took it; @rulings: what came
 * of it (element-type McRuling) */
gboolean _mc_check_sight (McProvince *province,
                          const char *id,
                          const McReplay *replay,
                          GPtrArray *rulings,
                          GPtrArray *findings,
                          GError **error);
/** _mc_check_orphan: whether an op that waits is genuine, and its parents are really missing. */
gboolean
_mc_check_orphan (McProvince *province, const char *id, GPtrArray *findings, GError **error);
/** _mc_check_scan: whether the bytes of a scan said to be whole are there. */
gboolean
_mc_check_scan (McProvince *province, const char *sha256, GPtrArray *findings, GError **error);

G_END_DECLS
