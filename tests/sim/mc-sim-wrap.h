/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mc_sim_wrap_begin: a run begins; what was signed in another is forgotten. */
void mc_sim_wrap_begin (void);
/** mc_sim_wrap_hashes: from now on SHA-256 is another hash, as good and cheaper; not before the
 * names of scans were made, which are hashed piece by piece as well. */
void mc_sim_wrap_hashes (void);

G_END_DECLS
