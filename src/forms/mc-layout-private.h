/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-layout.h"

G_BEGIN_DECLS

/** McBlockKind: what a block of a layout is. It is told by the first of these words that it has. */
typedef enum
{
  MC_BLOCK_FIELD,
  MC_BLOCK_PAIR,
  MC_BLOCK_HEADING,
  MC_BLOCK_LIST,
  MC_BLOCK_TEXT,
  MC_BLOCK_SMALL,
  MC_BLOCK_TABLE,
  MC_N_BLOCKS,
} McBlockKind;

/** mc_layout_kind: of a block; %MC_N_BLOCKS for none that is known. */
McBlockKind mc_layout_kind (const json_t *block);
/** mc_layout_word: the word that a kind is told by. */
const char *mc_layout_word (McBlockKind kind);
/** mc_layout_json: a layout as it was read. Borrowed. */
const json_t *mc_layout_json (const McLayout *layout);

G_END_DECLS
