/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/**
 * McPromise:
 * When a result is promised. The law gives a time; an office may promise less, and then both are
 * kept. What is only proposed of the calendar moves nothing; it is told beside.
 */
typedef struct
{
  char *due;      /* local text */
  char *law;      /* (nullable): what the law gives, where the office promises less */
  char *supposed; /* (nullable): what it would be if all that is proposed were confirmed */
  char *proposed; /* (nullable): the name of the first day that makes the difference */
} McPromise;
void mc_promise_free (McPromise *promise);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McPromise, mc_promise_free)

/** mc_store_promise: for what is received @now. Returns: (transfer full) (nullable): %NULL where
 * the case has no sourced time */
McPromise *mc_store_promise (McStore *store, const McCase *the_case, GDateTime *now);

/** mc_store_due: the same without what is only proposed, which is for whoever chooses and costs
 * more than all the rest. Returns: (transfer full) (nullable) */
McPromise *mc_store_due (McStore *store, const McCase *the_case, GDateTime *now);

/**
 * mc_store_resume:
 * The promise of a dossier whose time stood still since its last step.
 * @ret_raw: (optional): "2026-05-02", the last day before it moved off a day off, where it differs
 *   and counts days of the calendar
 * Returns: (transfer full) (nullable): local text; %NULL where nothing is promised
 */
char *mc_store_resume (McStore *store, McRecord *record, gint64 now_ms, char **ret_raw);

G_END_DECLS
