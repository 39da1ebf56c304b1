/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-finder.h"

G_BEGIN_DECLS

/**
 * McCatalogue: the procedures of today that whoever is signed in may receive, and how they are
 * found. Immutable, reference counted; made once and shared by the pages, because reading six
 * hundred takes longer than a frame.
 */
struct _McCatalogue
{
  GPtrArray *all; /* McProcedure */
  McFinder *finder;
  char *mark; /* mc_store_catalogue_mark() */
};

/** mc_catalogue_get: that of now. Returns: (transfer full) */
McCatalogue *mc_catalogue_get (McContext *context);
void mc_catalogue_unref (McCatalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McCatalogue, mc_catalogue_unref)
/** mc_catalogue_stale: whether what the context has is not that of now. */
gboolean mc_catalogue_stale (McContext *context);
/** mc_catalogue_work: reads it on the worker's thread. Returns: (transfer full): McCatalogue */
gpointer mc_catalogue_work (McDesk *desk, gpointer data, GError **error);
/** mc_catalogue_put: gives the context what was read so. Takes @catalogue. */
void mc_catalogue_put (McContext *context, McCatalogue *catalogue);

/** mc_catalogue_procedure: that with @code, or %NULL. Borrowed. */
McProcedure *mc_catalogue_procedure (const McCatalogue *catalogue, const char *code);

/**
 * mc_catalogue_detail:
 * The small line under the name of a procedure that was found: what tells it from those that it is
 * confused with, its code and its field. Returns: (transfer full)
 */
char *mc_catalogue_detail (const McFound *found, const McProcedure *procedure);

G_END_DECLS
