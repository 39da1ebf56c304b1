/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/** McScansRule: when a desk moves scans by itself; nothing is held where nobody asked for it. */
typedef struct
{
  gboolean paused;
  gboolean not_metered; /* not over a line that is paid by what it carries */
  gboolean after_hours; /* only while the office does not work */
} McScansRule;

/** McScansHeld: why no scan is moved now. */
typedef enum
{
  MC_SCANS_GO,
  MC_SCANS_PAUSED,
  MC_SCANS_METERED,
  MC_SCANS_HOURS,
} McScansHeld;

McScansRule mc_store_scans_rule (McStore *store);
gboolean mc_store_set_scans_rule (McStore *store, const McScansRule *rule, GError **error);
/** mc_store_scans_held: @metered: whether the line is one that is paid by what it carries. */
McScansHeld mc_store_scans_held (McStore *store, gboolean metered);

/** mc_store_want_scan: somebody looks at a scan that is not here: it comes next, whatever the rule
 * is. Until the next one is wanted, or the program ends. */
void mc_store_want_scan (McStore *store, const char *sha256);
/** mc_store_awaited_scan: the wanted one, where it was asked for and the province did not have it.
 * Returns: (transfer full) (nullable): sha256 */
char *mc_store_awaited_scan (McStore *store);
/** mc_store_scan_came: the province has it now: it need not wait for its turn. */
void mc_store_scan_came (McStore *store, const char *sha256);

G_END_DECLS
