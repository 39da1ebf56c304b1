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

/** mc_desk_refused_op: Returns: (transfer full): an op that was refused; else
 * #MC_ERROR_NOT_FOUND */
McOp *mc_desk_refused_op (McStore *store, const char *id, GError **error);
/** mc_desk_refused_with: whether a change of this kind was refused for want of @refused. */
gboolean mc_desk_refused_with (McStore *store, const McOp *refused, const char *verb);
/** mc_desk_resend_within: mc_desk_resend() in the caller's transaction. @body: (nullable) */
gboolean mc_desk_resend_within (McDesk *desk, const McOp *refused, json_t *body, GError **error);

G_END_DECLS
