/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-store.h"

G_BEGIN_DECLS

/**
 * McMoved:
 * A dossier whose promise would be another by the calendar as it is now. The one on paper stays
 * until a person has said which of the two holds.
 */
typedef struct
{
  char *dossier;
  char *code;
  char *applicant;
  char *title;
  char *due;   /* what is promised: local text */
  char *moved; /* what it would be: local text */
} McMoved;
void mc_moved_free (McMoved *moved);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McMoved, mc_moved_free)

/** mc_store_moved: open dossiers that nobody has answered for, soonest promise first. Reads them
 * all: for the worker. Returns: (transfer full) (element-type McMoved) */
GPtrArray *mc_store_moved (McStore *store, GError **error);

/** mc_store_note_moved: keeps which those are, for the count; once a calendar has changed. Inside
 * the caller's transaction. */
gboolean mc_store_note_moved (McStore *store, GError **error);
/** mc_store_moved_count: how many of those that were noted are not answered. */
guint mc_store_moved_count (McStore *store);

/** mc_store_due_now: the promise of a dossier by the calendar as it is now, counted anew from the
 * reception through every pause. Returns: (transfer full) (nullable): local text; %NULL where it is
 * not by a term */
char *mc_store_due_now (McStore *store, McRecord *record);

G_END_DECLS
