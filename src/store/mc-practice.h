/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/** mc_store_practice: whether this desk is one of an office for new staff: nothing that is done on
 * it is sent, and what it shows and prints is marked. */
gboolean mc_store_practice (McStore *store);
/** mc_store_set_practice: once a profile is for practice it is so for ever: what was made in it
 * must never be sent. */
gboolean mc_store_set_practice (McStore *store, GError **error);

G_END_DECLS
