/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"

G_BEGIN_DECLS

/** MC_PREPARATION_DAYS: after so many days nobody is shown what was prepared and not received. */
#define MC_PREPARATION_DAYS 30

/**
 * mc_desk_prepare:
 * A helper leaves what was typed for a clerk of the office, wherever that one works: it is among
 * the drafts of every desk of the office. What was prepared before and is changed is replaced.
 * @draft: (nullable): the draft that this ends
 * @reception: as of mc_desk_receive(), with "prepared": {"consent": true}
 * Errors: #MC_ERROR_FORMAT (the message names the member), #MC_ERROR_REFUSED
 */
gboolean mc_desk_prepare (McDesk *desk, const char *draft, json_t *reception, GError **error);

/** mc_preparation_project: what was prepared as a draft of this desk; the word that it is done,
 * once it is. Inside the caller's transaction. */
gboolean mc_preparation_project (McStore *store, McRecord *record, GError **error);
/**
 * mc_preparation_received:
 * The dossier @id with @code was received out of what was prepared as @reception says. Inside the
 * caller's transaction.
 * Errors: #MC_ERROR_REFUSED "prepared": somebody received it before
 */
gboolean mc_preparation_received (McDesk *desk,
                                  const json_t *reception,
                                  const char *id,
                                  const char *code,
                                  GError **error);
/** mc_preparation_withdraw: nobody is to receive what lies in the draft @id; nothing where that was
 * not prepared, or is done. Inside the caller's transaction. */
gboolean mc_preparation_withdraw (McDesk *desk, const char *id, GError **error);
/** mc_preparation_forget: drops what nobody is to be shown any more. */
gboolean mc_preparation_forget (McStore *store, GError **error);
/** mc_preparation_shown: whether @reception of a draft is for @staff to see: to a helper their own
 * alone, and how those ended; to others what waits. */
gboolean mc_preparation_shown (McStore *store, const McStaff *staff, const json_t *reception);

G_END_DECLS
