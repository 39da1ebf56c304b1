/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-op.h"

G_BEGIN_DECLS

/* Files of an older version, as its own programs left them (tests/fixtures/<version>/). */

/** MC_FIXTURE_MS: a moment just after the files of version 1 were made. */
#define MC_FIXTURE_MS G_GINT64_CONSTANT (1795320400000)
/** MC_FIXTURE_2_MS: the same of version 2. */
#define MC_FIXTURE_2_MS G_GINT64_CONSTANT (1795337600000)
#define MC_FIXTURE_DEVICE "01a2016f-3772-7701-95c9-06b402be3355"
#define MC_FIXTURE_CODE "H05.032.07"

/** mc_fixture_desk: a copy of the profile in a new folder, ready to open. Returns: (transfer full)
 */
char *mc_fixture_desk (const char *version);
/** mc_fixture_province: a copy of the province, with its keys. Returns: (transfer full) */
char *mc_fixture_province (const char *version);
/** mc_fixture_ops: op lines, at least one of each verb, parents first. Returns: (transfer full)
 * (element-type utf8) */
GPtrArray *mc_fixture_ops (const char *version);
/** mc_fixture_signer: the public key of "device" or "province", which signed the ops. */
void mc_fixture_signer (const char *version, const char *who, McPublicKey *ret_key);

G_END_DECLS
