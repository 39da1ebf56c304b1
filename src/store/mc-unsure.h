/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-printed.h"

G_BEGIN_DECLS

/** mc_unsure_add: what of @all (McPrinting, as many as @issues) goes on paper is unsure until
 * mc_desk_printed(). Inside the caller's transaction. */
gboolean mc_unsure_add (McStore *store, const McPrinting *all, GPtrArray *issues, GError **error);

G_END_DECLS
