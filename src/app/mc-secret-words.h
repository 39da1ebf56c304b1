/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mc_secret_rule: what may be chosen at this machine, and why. Static. */
const char *mc_secret_rule (gboolean pin_enough);
/** mc_secret_refusal: why a new secret was not taken. Returns: (transfer full) */
char *mc_secret_refusal (const GError *error);

/** mc_secret_chip_waits: that the machine's chip takes no PIN for a while, and what to do. */
const char *mc_secret_chip_waits (void);

G_END_DECLS
