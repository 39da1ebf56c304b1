/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-judge.h"

G_BEGIN_DECLS

/** LLVMFuzzerTestOneInput: the one entry point of a target; libFuzzer and fuzz-driver.c call it. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/** McFuzzRecord: a small record and the ops taken for it, as a desk or the province has them. */
typedef struct
{
  McRecord *record;    /* %NULL until the first op */
  GHashTable *ops;     /* id → McOp */
  GHashTable *refused; /* ids, a set */
} McFuzzRecord;

McFuzzRecord *mc_fuzz_record_new (void);
void mc_fuzz_record_free (McFuzzRecord *fuzz);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFuzzRecord, mc_fuzz_record_free)

/**
 * mc_fuzz_take:
 * Whatever the bytes are: reads the line as whoever gets it does, has it judged where it is an op
 * of the record, and asserts what must hold of every op and every ruling.
 * @ruling: (nullable): the province's, which a desk follows whatever the op's body is
 */
void mc_fuzz_take (McFuzzRecord *fuzz, const char *line, gsize length, const McRuling *ruling);

G_END_DECLS
