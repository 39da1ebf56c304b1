/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"
#include "mc-store-private.h"

G_BEGIN_DECLS

struct _McDesk
{
  McStore *store;
  McStaff *staff;
};

/** mc_desk_may: somebody is signed in and may say @verb; else #MC_ERROR_REFUSED. */
gboolean mc_desk_may (McDesk *desk, const char *verb, GError **error);
gboolean mc_desk_refuse (GError **error, const char *reason);

G_END_DECLS
