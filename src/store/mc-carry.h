/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/*
 * Op lines outside the province's road: to a file, and from desk to desk. A line is one of a
 * request: mc_pushed_read(). Who signed another desk's line only the province can tell.
 */

/** mc_store_export_waiting: writes what the province has not judged into a file, durably, in the
 * order held; it can be carried to another desk. @ret_count: (optional) */
gboolean
mc_store_export_waiting (McStore *store, const char *path, guint *ret_count, GError **error);

/**
 * mc_store_carry_out:
 * Lines that this desk holds, with what the province said of them, in the order held.
 * @after: (inout): 0 for the first; where the next call goes on
 * @limit: how many at most
 * Returns: (transfer full) (element-type utf8): empty at the end
 */
GPtrArray *mc_store_carry_out (McStore *store, gint64 *after, guint limit, GError **error);

/** McCarried: what became of lines from a neighbour. */
typedef struct
{
  guint taken;
  guint known;
  guint bad; /* no op, too long, not NFC, or nothing a neighbour may bring (offices, staff,
                catalogue) */
} McCarried;

/** mc_store_carry_in: takes lines (element-type utf8) in one transaction: they are shown, and sent
 * with the next contact. A bad line is left out and counted. */
gboolean
mc_store_carry_in (McStore *store, GPtrArray *lines, McCarried *ret_carried, GError **error);
/** mc_store_carry_file: the same with a file of mc_store_export_waiting(); #MC_ERROR_FORMAT where
 * it is none or was cut short. */
gboolean
mc_store_carry_file (McStore *store, const char *path, McCarried *ret_carried, GError **error);

G_END_DECLS
