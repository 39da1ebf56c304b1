/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-json.h"

/** mc_data_json: a file of the source tree, e.g. "data/calendar/vietnam.json". Returns: (transfer
 * full) */
json_t *mc_data_json (const char *path);
