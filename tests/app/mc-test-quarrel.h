/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-support.h"

G_BEGIN_DECLS

/* What two people do to one dossier without seeing each other, and work that the province refuses:
 * made by the desk's own acts, before a window has the profile. Trần Văn An works here. */

/** mc_test_quarrel: a new dossier with one conflict of @kind. Returns: (transfer full): its id */
char *mc_test_quarrel (McTestOffice *office, McConflictKind kind);
/** mc_test_refuse: everything that waits is refused for @reason. */
void mc_test_refuse (McTestOffice *office, const char *reason);
/** mc_test_neighbour: there is another office, called "Xã Bên Cạnh". Returns: (transfer full): its
 * id */
char *mc_test_neighbour (McTestOffice *office);
/** mc_test_overturn: a change that was accepted is refused for @reason since the province was
 * restored. */
void mc_test_overturn (McTestOffice *office, const char *reason);

G_END_DECLS
