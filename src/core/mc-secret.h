/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** mc_secret_verifier: Argon2id (libsodium, interactive limits: 64 MiB, which an old PC has).
 * Returns: (transfer full) */
char *mc_secret_verifier (const char *secret);
/** mc_secret_matches: takes as long as the verifier asks for: never on the thread of the window. */
gboolean mc_secret_matches (const char *verifier, const char *secret);
/** mc_secret_acceptable: a PIN of at least six digits, not all equal nor a run, or a passphrase of
 * at least eight characters. */
gboolean mc_secret_acceptable (const char *secret);
/** mc_secret_strong: a passphrase that may open a profile by itself, on a disk in a thief's hands:
 * at least twelve characters, of them at least six different, and not only digits. Three words are.
 */
gboolean mc_secret_strong (const char *secret);
/** mc_secret_delay_ms: how long after the @fails-th wrong secret in a row the next try must wait.
 */
gint64 mc_secret_delay_ms (guint fails);

G_END_DECLS
