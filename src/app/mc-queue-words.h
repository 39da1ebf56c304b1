/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-dossier.h"

G_BEGIN_DECLS

/* The queues of the sidebar in words. Static. */

/** mc_queue_name: "Chờ ký duyệt". */
const char *mc_queue_name (McQueue queue);
/** mc_queue_digit: its digit for ever, or 0. */
guint mc_queue_digit (McQueue queue);
/** mc_queue_empty: something kind and useful to say where there is nothing. */
const char *mc_queue_empty (McQueue queue);

G_END_DECLS
