/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-lexicon.h"
#include "mc-procedure.h"

G_BEGIN_DECLS

/**
 * McFinder:
 * Finds procedures by what a resident says: without diacritics, with a wrong letter, with everyday
 * words. Its index is made once; it is used by one thread at a time.
 */
typedef struct _McFinder McFinder;

/**
 * McFound: what was found.
 * @procedures: McProcedure, best first; empty where nothing fits; borrowed from the finder
 * @family: (nullable): the first of @procedures are of these, which are easily confused; borrowed
 * @members: how many of the first are members of @family
 */
typedef struct
{
  GPtrArray *procedures;
  const McFamily *family;
  guint members;
} McFound;

/**
 * mc_finder_new:
 * @procedures: McProcedure; a reference is kept
 * @lexicon: (transfer full) (nullable): how people speak
 */
McFinder *mc_finder_new (GPtrArray *procedures, McLexicon *lexicon);
void mc_finder_free (McFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFinder, mc_finder_free)

/**
 * mc_finder_find:
 * The procedures that @query may mean, at most @most. The last word may be unfinished. Only digits
 * are the digits of a code. Returns: (transfer full): never %NULL
 */
McFound *mc_finder_find (McFinder *finder, const char *query, guint most);
void mc_found_free (McFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McFound, mc_found_free)

G_END_DECLS
