/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-desk.h"

G_BEGIN_DECLS

/*
 * How the papers of this desk's office look, as its leader said it to all its desks: groups of the
 * office's own record ("papers:01"; see mc-group.h), by "papers.set". What the groups mean is the
 * forms' business.
 */

/** mc_store_papers: what stands. Returns: (transfer full) (nullable): an object by group without
 * those that say nothing; %NULL where nobody has said anything yet */
json_t *mc_store_papers (McStore *store);
/** mc_store_papers_before: what an older program kept on this desk alone, in the format of a
 * papers' file: it holds until a leader has said something. Returns: (transfer full) (nullable) */
json_t *mc_store_papers_before (McStore *store);
/** mc_store_papers_bases: by group that anybody wrote, what an edit of it names: every tip that
 * there is. Returns: (transfer full) */
json_t *mc_store_papers_bases (McStore *store);

/** McPapersSide: what one leader said of a group of which another, unseen, said something else. */
typedef struct
{
  char *group;
  char *by; /* full name */
  gint64 at_ms;
  json_t *value;
  gboolean stands;
} McPapersSide;
/** mc_store_papers_sides: of every group that is contested, those that stand first. Returns:
 * (transfer full) (element-type McPapersSide) */
GPtrArray *mc_store_papers_sides (McStore *store);

/**
 * mc_desk_papers:
 * From now on the office's papers look so, at each of its desks, in one transaction.
 * @groups: by group, what it says; null: as usual
 * @bases: (nullable): mc_store_papers_bases() of what was on the screen; %NULL: what stands now
 * @ret_bases: (optional) (transfer full): the same of what was said now
 * Errors: #MC_ERROR_REFUSED (no right), #MC_ERROR_NOT_FOUND (the office is not known yet),
 * #MC_ERROR_FORMAT (longer than an op may be)
 */
gboolean mc_desk_papers (McDesk *desk,
                         const json_t *groups,
                         const json_t *bases,
                         json_t **ret_bases,
                         GError **error);

/** mc_store_direct: whether this desk prints on its default printer without a dialog: a fact of the
 * desk, of whose printer it speaks. */
gboolean mc_store_direct (McStore *store);
gboolean mc_store_set_direct (McStore *store, gboolean direct, GError **error);

/** mc_papers_project: the declarations that the office adds are in its catalogue. */
gboolean mc_papers_project (McStore *store, McRecord *record, GError **error);

G_END_DECLS
