/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mc_sim_wrap_begin: a run begins; what was signed in another is forgotten. */
void mc_sim_wrap_begin (void);

G_END_DECLS
