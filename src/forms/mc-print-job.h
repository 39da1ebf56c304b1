/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mc-form.h"

G_BEGIN_DECLS

/** MC_JOB_NEWEST: the paper that the last step of a dossier made, or its receipt. */
#define MC_JOB_NEWEST "newest"

/** MC_JOB_PRINTED: before the id of a printing's op: that paper as it was then; mc_job_print()
 * prints it as a copy. */
#define MC_JOB_PRINTED "printed@"

/** McJobFlags: how papers leave the desk. */
typedef enum
{
  MC_JOB_FILE = 0,
  MC_JOB_ON_PAPER = 1 << 0,
  MC_JOB_ELECTRONIC = 1 << 1, /* to be signed digitally */
} McJobFlags;

/**
 * mc_job_preview:
 * What mc_job_print() would print now, in one form.
 * @dossiers: ids, %NULL-terminated
 * @name: as for mc_form_make(); MC_JOB_NEWEST: of each its own; "handover": one list of all of them
 * Returns: (transfer full): or %NULL with #MC_ERROR_NOT_FOUND
 */
McForm *mc_job_preview (McStore *store,
                        const char *const *dossiers,
                        const char *name,
                        McJobFlags flags,
                        GError **error);

/**
 * mc_job_print:
 * The same, and says in each dossier that it is printed: numbers are given. The form is to be
 * printed then, or written as a file, and not again. On the worker's thread.
 * @ret_mark: (optional) (transfer full) (nullable): for mc_desk_printed(), once the printer has it
 * Errors: #MC_ERROR_REFUSED where nobody is signed in who may
 */
McForm *mc_job_print (McDesk *desk,
                      const char *const *dossiers,
                      const char *name,
                      McJobFlags flags,
                      char **ret_mark,
                      GError **error);

G_END_DECLS
