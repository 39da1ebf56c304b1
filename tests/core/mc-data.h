/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

/** mc_data_json: a file of the source tree, e.g. "data/calendar/vietnam.json". Returns: (transfer
 * full) */
json_t *mc_data_json (const char *path);
/** mc_data_text: a text file of the source tree. Returns: (transfer full) */
char *mc_data_text (const char *path);
/**
 * mc_data_portal:
 * The lines of a real portal dump, which lies beside the source tree and not in it
 * (../shared/real/procedures.jsonl.gz, or $MOTCUA_REAL). Returns: (transfer full) (nullable): %NULL
 * where there is none
 */
GStrv mc_data_portal (void);
