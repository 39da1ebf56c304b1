/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"

G_BEGIN_DECLS

/*
 * An office's own version of a procedure: what its leader adds or corrects, beside what the
 * province has published. It is taken before the province's, at every desk of that office and
 * nowhere else.
 */

/** McOwnEntry: an entry as somebody edits it. */
typedef struct
{
  json_t *entry;       /* in the format of data/catalogue */
  gboolean own;        /* it is the office's own already */
  json_t *seen;        /* (nullable): the ops behind it, which an edit names */
  GPtrArray *others;   /* McOwnOther: what colleagues said without seeing each other */
  McProcedure *common; /* (nullable): what the province has published, beside the own one */
  gboolean newer;      /* that came after the own one */
} McOwnEntry;
/** McOwnOther: a version that does not stand, because another one was there first. */
typedef struct
{
  char *by; /* full name */
  gint64 at_ms;
  json_t *entry;
} McOwnOther;
void mc_own_entry_free (McOwnEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McOwnEntry, mc_own_entry_free)

/** mc_store_own_entry: the entry of @code that holds today. Returns: (transfer full) (nullable):
 * %NULL where the catalogue has none */
McOwnEntry *mc_store_own_entry (McStore *store, const char *code);

/**
 * mc_desk_own:
 * From now on the office receives by @entry. Another "valid_from" makes another version beside the
 * one that stands.
 * @seen: (nullable): of the McOwnEntry that was on the screen
 * @draft: (nullable): the draft that this ends
 * Errors: #MC_ERROR_REFUSED (no right), #MC_ERROR_FORMAT
 */
gboolean mc_desk_own (McDesk *desk, json_t *entry, json_t *seen, const char *draft, GError **error);

G_END_DECLS
