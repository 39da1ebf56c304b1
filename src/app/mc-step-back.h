/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-context.h"
#include "mc-dossier.h"

G_BEGIN_DECLS

/** McStepBack: what takes back a step of one dossier. */
typedef struct
{
  char *dossier;
  char *step;
  char *assignee; /* (nullable) */
  char *note;     /* (nullable) */
} McStepBack;
void mc_step_back_free (McStepBack *back);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (McStepBack, mc_step_back_free)

/**
 * mc_step_back:
 * @before: the dossier as it was when the step was taken
 * Returns: (transfer full) (nullable): %NULL where the workflow has no way back (such a step is
 * asked for first), or it is not this person's
 */
McStepBack *mc_step_back (McContext *context, const McRow *before, const char *step);

/** mc_step_back_act: takes them back. @backs: (transfer full) (element-type McStepBack); the finish
 * is mc_act_finish() */
void mc_step_back_act (McContext *context,
                       GPtrArray *backs,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/** mc_step_backs: an empty list of them. Returns: (transfer full) */
GPtrArray *mc_step_backs (void);

G_END_DECLS
