/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-door.h"

G_BEGIN_DECLS

/** bench_open: goes into @profile as motcuactl does, by MC_LOGIN and MC_SECRET; ends the program
 * where it may not. Returns: (transfer full): who came, with the key */
McArrival *bench_open (const char *profile);

G_END_DECLS
